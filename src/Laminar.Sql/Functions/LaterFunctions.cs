using System.Collections.Generic;

namespace Laminar.Sql.Functions;

/// <summary>Functions and aggregates of the language page that nothing executes yet: LAM1900 rather than "no such function".</summary>
internal static class LaterFunctions
{
    public static readonly HashSet<string> Scalar = new(Split("UNNEST"));

    public static readonly HashSet<string> Aggregate = new(Split(
        "ARRAY_AGG MAP_AGG TOPK"));

    public static readonly HashSet<string> Window = new(Split(
        "ROW_NUMBER RANK DENSE_RANK NTILE PERCENT_RANK CUME_DIST LAG LEAD NTH_VALUE"));

    private static IEnumerable<string> Split(string names) => names.Split(' ');
}
