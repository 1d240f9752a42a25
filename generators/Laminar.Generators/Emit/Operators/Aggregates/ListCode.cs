using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>STRING_AGG.</summary>
internal sealed class ListCode : AggregateCode
{
    public override IEnumerable<string> Names => ["STRING_AGG"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        string order = string.Join(",", aggregate.OrderBy.Select(o => $"{o.Descending}{o.NullsFirst}"));
        TextListState list = plan.Add(aggregate, "texts", (key, name) => new TextListState(key, name, aggregate), order);
        return pane =>
        {
            string? none = NoneSeen(aggregate, pane, list.Name + ".Count");
            string code = list.Join(pane, (string)aggregate.Constant!);
            return new EmittedValue(none is null ? code : $"({none} ? default! : {code})", none, aggregate.Type);
        };
    }
}
