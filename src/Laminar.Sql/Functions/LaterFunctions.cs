using System.Collections.Generic;

namespace Laminar.Sql.Functions;

/// <summary>Functions of the language page that nothing executes yet: LAM1900 rather than "no such function".</summary>
internal static class LaterFunctions
{
    public static readonly HashSet<string> Scalar = new(Split("UNNEST"));

    public static readonly HashSet<string> Window = new(Split(
        "ROW_NUMBER RANK DENSE_RANK NTILE PERCENT_RANK CUME_DIST LAG LEAD NTH_VALUE"));

    private static IEnumerable<string> Split(string names) => names.Split(' ');
}
