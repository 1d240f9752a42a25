using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Functions;

/// <summary>Names that the language has taken for itself, so that no function in C# can have them.</summary>
public static class FunctionNames
{
    private static readonly Dictionary<string, string> Taken = Build();

    /// <summary>What the language calls so (<c>the aggregate SUM</c>), ignoring case and underscores; null for a free name.</summary>
    public static string? TakenBy(string name) =>
        Taken.TryGetValue(SqlName.Fold(name), out string? by) ? by : Keywords.IsReserved(name.ToUpperInvariant()) ? "the word " + name.ToUpperInvariant() : null;

    private static Dictionary<string, string> Build()
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        void Take(string kind, IEnumerable<string> names)
        {
            foreach (string name in names)
            {
                taken[SqlName.Fold(name)] = kind + " " + name;
            }
        }

        Take("the expression", new[] { "CAST", "TRY_CAST", "EXTRACT", "ARRAY", "MAP", "ROW", "UNNEST", "GROUPING" });
        Take("the function", LaterFunctions.Scalar);
        Take("the window function", OverCall.Names);
        Take("the window", WindowCall.Names);
        Take("the function", FunctionRegistry.Names);
        Take("the aggregate", AggregateFunctions.Names);
        return taken;
    }
}
