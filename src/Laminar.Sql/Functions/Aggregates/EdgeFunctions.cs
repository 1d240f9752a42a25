using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>What takes its value from one row of a group: the first or last in an order, which is that of event time where none is given; ties by time, then arrival.</summary>
internal static class EdgeFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        Edge("FIRST_VALUE", takesNull: true),
        Edge("LAST_VALUE", takesNull: true),

        // Whichever value: the first, so that it is the same on every run.
        Edge("ANY_VALUE", takesNull: false),
        Extreme("ARG_MIN", descending: false),
        Extreme("ARG_MAX", descending: true),
    ];

    private static AggregateFunction Edge(string name, bool takesNull) =>
        new(name, 1, 1, Of) { IgnoresDistinct = true, TakesNested = true, TakesNull = takesNull, Order = AggregateOrder.Rows, Bytes = a => PlanText.Bytes(a.Type) + 8 };

    private static AggregateFunction Extreme(string name, bool descending) =>
        new(name, 2, 2, call => OfExtreme(call, descending)) { IgnoresDistinct = true, TakesNested = true, Order = AggregateOrder.Rows, Bytes = a => PlanText.Bytes(a.Type) + 16 };

    private static BoundAggregate? Of(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.Varchar);
        return call.Result(argument.Type, argument);
    }

    // Rows in which either is NULL don't count.
    private static BoundAggregate? OfExtreme(AggregateCall call, bool descending)
    {
        if (call.OrderBy.Count > 0)
        {
            return call.Wrong(call.OrderBy[0].Key.Span, "ORDER BY", "its order from its second argument");
        }

        BoundExpression value = call.Typed(0, SqlType.Varchar);
        BoundExpression key = call.Typed(1, SqlType.Varchar);
        return ExtremeFunctions.IsOrdered(key.Type)
            ? (call with { OrderBy = [new BoundOrder(key, descending, NullsFirst: false)] }).Result(value.Type, value, key)
            : call.WrongType(1, ExtremeFunctions.Ordered);
    }
}
