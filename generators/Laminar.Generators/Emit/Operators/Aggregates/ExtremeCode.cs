using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>MIN and MAX; BOOL_AND is the least truth and BOOL_OR the greatest.</summary>
internal sealed class ExtremeCode : AggregateCode
{
    public override IEnumerable<string> Names => ["MIN", "MAX", "BOOL_AND", "BOOL_OR"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        bool isMaximum = aggregate.Function.Name is "MAX" or "BOOL_OR";
        string kind = isMaximum ? "max" : "min";
        SqlType argument = aggregate.Argument!.Type;
        string seen = plan.Count(aggregate);
        if (ClrForm.IsReference(argument))
        {
            ExtremeReferenceState text = plan.Add(aggregate, kind, (key, name) => new ExtremeReferenceState(key, name, argument, isMaximum));
            return pane => new EmittedValue(text.Value(pane), NoneSeen(aggregate, pane, seen), aggregate.Type);
        }

        ExtremeState extreme = plan.Add(aggregate, kind, (key, name) => new ExtremeState(key, name, argument, isMaximum));
        return pane => new EmittedValue($"{pane}.{extreme.Name}", NoneSeen(aggregate, pane, seen), aggregate.Type);
    }
}
