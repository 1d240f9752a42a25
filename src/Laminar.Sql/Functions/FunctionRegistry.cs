using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Functions;

/// <summary>Every scalar function by its upper-case name. A family is a file; a new function is a line there and a method in <c>Laminar.Functions</c>.</summary>
internal static class FunctionRegistry
{
    private static readonly Dictionary<string, FunctionEntry> Entries = Build();

    public static IEnumerable<string> Names => Entries.Keys;

    public static FunctionEntry? Find(string name) => Entries.TryGetValue(name.ToUpperInvariant(), out FunctionEntry? entry) ? entry : null;

    private static Dictionary<string, FunctionEntry> Build()
    {
        var entries = new Dictionary<string, FunctionEntry>(StringComparer.Ordinal);
        IEnumerable<FunctionEntry>[] families =
        {
            MathFunctions.All, NumberFunctions.All, TextFunctions.All, RegexFunctions.All, EncodingFunctions.All, TimeFunctions.All, CalendarFunctions.All, TimeFormatFunctions.All, ClockFunctions.All, ConditionalFunctions.All, JsonFunctions.All, ArrayFunctions.All,
        };
        foreach (FunctionEntry entry in families.SelectMany(f => f))
        {
            entries.Add(entry.Name, entry);
        }

        return entries;
    }
}
