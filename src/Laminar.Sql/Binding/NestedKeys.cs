using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>What rows are grouped and told apart by: values of one piece.</summary>
internal static class NestedKeys
{
    /// <summary>Whether a value of the type can be a key; reports it where it can't.</summary>
    public static bool CanBe(SqlType type, string clause, TextSpan span, DiagnosticBag diagnostics)
    {
        if (!type.HasEquality)
        {
            diagnostics.Report(SqlRules.ArgumentType, span, clause, type.ToString(), "values that can be equal; take one out of the JSON with ->>, or write CAST(... AS VARCHAR)");
            return false;
        }

        if (type.IsNested)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, span, $"{clause} of {type.Kind.ToString().ToUpperInvariant()} values");
            return false;
        }

        return true;
    }
}
