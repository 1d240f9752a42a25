using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Functions.Aggregates;

namespace Laminar.Sql.Catalog;

/// <summary>The functions in C# that SQL can call. Of overloads that take the same types the first counts.</summary>
public sealed class ClrFunctions
{
    /// <summary>None.</summary>
    public static readonly ClrFunctions None = new(Array.Empty<ClrFunction>(), Array.Empty<ClrAggregate>());

    private readonly Dictionary<string, List<ClrFunction>> _scalars = new(StringComparer.Ordinal);

    private readonly Dictionary<string, AggregateFunction> _aggregates = new(StringComparer.Ordinal);

    /// <param name="scalars">Scalar functions; those that hide others come first.</param>
    /// <param name="aggregates">Aggregates; of one name the first counts.</param>
    public ClrFunctions(IEnumerable<ClrFunction> scalars, IEnumerable<ClrAggregate> aggregates)
    {
        foreach (ClrAggregate aggregate in aggregates)
        {
            string key = SqlName.Fold(aggregate.Name);
            if (!_aggregates.ContainsKey(key))
            {
                _aggregates.Add(key, ClrAggregateFunction.Of(aggregate));
            }
        }

        foreach (ClrFunction function in scalars)
        {
            string key = SqlName.Fold(function.Name);
            if (!_scalars.TryGetValue(key, out List<ClrFunction>? overloads))
            {
                overloads = new List<ClrFunction>();
                _scalars.Add(key, overloads);
            }

            if (!overloads.Any(o => o.TakesTheSameAs(function)))
            {
                overloads.Add(function);
            }
        }
    }

    /// <summary>Names of scalar functions, each once, as declared.</summary>
    public IEnumerable<string> ScalarNames => _scalars.Values.Select(overloads => overloads[0].Name);

    /// <summary>Names of aggregates, as declared.</summary>
    public IEnumerable<string> AggregateNames => _aggregates.Values.Select(a => a.Name);

    /// <summary>The aggregate of a name; null when there is none.</summary>
    public AggregateFunction? FindAggregate(string name) => _aggregates.TryGetValue(SqlName.Fold(name), out AggregateFunction? aggregate) ? aggregate : null;

    /// <summary>The overloads of a name; none when there is no such function.</summary>
    public IReadOnlyList<ClrFunction> Find(string name) => _scalars.TryGetValue(SqlName.Fold(name), out List<ClrFunction>? overloads) ? overloads : Array.Empty<ClrFunction>();
}
