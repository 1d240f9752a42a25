using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>Every aggregate by its upper-case name. A family is a file; a new aggregate is a line there.</summary>
public static class AggregateFunctions
{
    private static readonly Dictionary<string, AggregateFunction> Functions = Build();

    /// <summary>Synonyms too.</summary>
    public static IEnumerable<string> Names => Functions.Keys;

    /// <summary>By its name or a synonym, in any case; null when there is none.</summary>
    public static AggregateFunction? Find(string name) => Functions.TryGetValue(name.ToUpperInvariant(), out AggregateFunction? function) ? function : null;

    private static Dictionary<string, AggregateFunction> Build()
    {
        var functions = new Dictionary<string, AggregateFunction>(StringComparer.Ordinal);
        foreach (AggregateFunction function in CountFunctions.All.Concat(SumFunctions.All).Concat(ExtremeFunctions.All).Concat(EdgeFunctions.All)
            .Concat(BitFunctions.All).Concat(MomentFunctions.All).Concat(QuantileFunctions.All).Concat(ListFunctions.All))
        {
            foreach (string name in function.Synonyms.Prepend(function.Name))
            {
                functions.Add(name, function);
            }
        }

        return functions;
    }
}
