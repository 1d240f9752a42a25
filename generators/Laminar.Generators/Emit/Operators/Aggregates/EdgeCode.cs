using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>FIRST_VALUE and LAST_VALUE.</summary>
internal sealed class EdgeCode : AggregateCode
{
    public override IEnumerable<string> Names => ["FIRST_VALUE", "LAST_VALUE"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        bool isLast = aggregate.Function.Name == "LAST_VALUE";
        SqlType type = aggregate.Argument!.Type;
        bool nullable = aggregate.Argument.Nullable;
        string kind = isLast ? "last" : "first";
        if (ClrForm.IsReference(type))
        {
            EdgeReferenceState text = plan.Add(aggregate, kind, (key, name) => new EdgeReferenceState(key, name, type, isLast));
            return pane => aggregate.Nullable
                ? new EmittedValue(text.Value(pane) + "!", $"({text.Value(pane)} is null)", aggregate.Type)
                : new EmittedValue(text.Value(pane) + "!", null, aggregate.Type);
        }

        EdgeState edge = plan.Add(aggregate, kind, (key, name) => new EdgeState(key, name, type, isLast, nullable));
        return pane => new EmittedValue(
            $"{pane}.{edge.Name}",
            !aggregate.Nullable ? null : nullable ? $"({edge.Unseen(pane)} || {pane}.{edge.Name}IsNull)" : edge.Unseen(pane),
            aggregate.Type);
    }
}
