using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>COUNT.</summary>
internal sealed class CountCode : AggregateCode
{
    public override IEnumerable<string> Names => ["COUNT"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        string count = plan.Count(aggregate);
        return pane => new EmittedValue(aggregate.Distinct ? $"((long){pane}.{count})" : $"{pane}.{count}", null, aggregate.Type);
    }
}
