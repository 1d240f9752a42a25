using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>FIRST_VALUE and LAST_VALUE, and what is one of them: ANY_VALUE, and ARG_MIN and ARG_MAX in the order of their second argument.</summary>
internal sealed class EdgeCode : AggregateCode
{
    public override IEnumerable<string> Names => ["FIRST_VALUE", "LAST_VALUE", "ANY_VALUE", "ARG_MIN", "ARG_MAX"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        bool isLast = aggregate.Function.Name == "LAST_VALUE";
        SqlType type = aggregate.Argument!.Type;
        bool nullable = aggregate.TakesNull && aggregate.Argument.Nullable;
        string kind = isLast ? "last" : "first";
        if (aggregate.OrderBy.Count > 0)
        {
            string order = string.Join(",", aggregate.OrderBy.Select(o => $"{o.Descending}{o.NullsFirst}"));
            OrderedEdgeState ordered = plan.Add(aggregate, kind, (key, name) => new OrderedEdgeState(key, name, aggregate, isLast), order);
            return pane => aggregate.Nullable ? ordered.Read(pane) : ordered.Read(pane) with { Null = null };
        }

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
