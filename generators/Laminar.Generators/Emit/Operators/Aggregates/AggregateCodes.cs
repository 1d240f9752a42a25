using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Every family of aggregates. A new family is a line here.</summary>
internal static class AggregateCodes
{
    private static readonly Dictionary<string, AggregateCode> ByName = new AggregateCode[] { new CountCode(), new SumCode(), new ExtremeCode(), new EdgeCode(), new BitCode(), new MomentCode(), new QuantileCode(), new ListCode() }
        .SelectMany(code => code.Names, (code, name) => (code, name))
        .ToDictionary(p => p.name, p => p.code, StringComparer.Ordinal);

    private static readonly AggregateCode Clr = new ClrAggregateCode();

    public static AggregateCode Of(BoundAggregate aggregate) => aggregate.Function.Clr is not null ? Clr :
        ByName.TryGetValue(aggregate.Function.Name, out AggregateCode? code) ? code : throw new NotSupportedException($"No emitter for {aggregate.Function.Name}.");
}
