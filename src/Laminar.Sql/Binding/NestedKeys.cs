using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>What rows are grouped and told apart by: values that can be equal.</summary>
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

        return true;
    }

    /// <summary>Whether a value of the type can be a key of a MAP, which is no nested one; reports it where it can't.</summary>
    public static bool CanBeOfMap(SqlType type, string clause, TextSpan span, DiagnosticBag diagnostics)
    {
        if (type.IsNested)
        {
            diagnostics.Report(SqlRules.ArgumentType, span, clause, type.ToString(), "keys that aren't nested");
            return false;
        }

        return CanBe(type, clause, span, diagnostics);
    }
}
