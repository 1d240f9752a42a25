using System.Collections.Generic;

namespace Laminar.Sql.Functions;

/// <summary>Functions of the language page that nothing executes yet: LAM1900 rather than "no such function".</summary>
internal static class LaterFunctions
{
    public static readonly HashSet<string> Scalar = new(Split("UNNEST"));

    private static IEnumerable<string> Split(string names) => names.Split(' ');
}
