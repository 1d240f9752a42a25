using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>Values one behind the other: in the order of ORDER BY, ties and without it by event time, then arrival; distinct ones in their own order.</summary>
internal static class ListFunctions
{
    /// <summary>The most that TOPK keeps of a group.</summary>
    public const int MostOfTop = 10_000;

    public static IEnumerable<AggregateFunction> All =>
    [
        new("STRING_AGG", 1, 2, StringAgg) { Order = AggregateOrder.Rows, Bytes = _ => 12, Beside = "its texts" },
        new("ARRAY_AGG", 1, 1, ArrayAgg) { Order = AggregateOrder.Rows, TakesNull = true, TakesNested = true, Bytes = _ => 12, Beside = "its values" },
        new("MAP_AGG", 2, 2, MapAgg) { Order = AggregateOrder.Rows, IgnoresDistinct = true, TakesNested = true, Counted = 1, Bytes = _ => 12, Beside = "its keys and values" },
        new("TOPK", 2, 2, TopK) { TakesNested = true, Bytes = _ => 12, Beside = "the greatest values" },
    ];

    private static BoundAggregate? StringAgg(AggregateCall call)
    {
        BoundExpression text = call.Typed(0, SqlType.Varchar);
        if (text.Type.Kind != SqlTypeKind.Varchar)
        {
            return call.WrongType(0, "text; write CAST(... AS VARCHAR)");
        }

        string separator = ",";
        if (call.Arguments.Count == 2)
        {
            if (ConstantFolding.Fold(call[1]) is not BoundLiteral { Value: string given })
            {
                return call.WrongType(1, "a constant text between the texts");
            }

            separator = given;
        }

        return Ordered(call, text) is { } ordered ? ordered.Result(SqlType.Varchar, text) with { Constant = separator } : null;
    }

    // NULLs are elements like others, as in PostgreSQL, unless they are ignored.
    private static BoundAggregate? ArrayAgg(AggregateCall call)
    {
        BoundExpression element = call.Typed(0, SqlType.Varchar);
        SqlType type = SqlType.Array(element.Type, call.TakesNull && element.Nullable);
        BoundAggregate? bound = Ordered(call, element)?.Result(type, element);

        // Of rows there is an array, whatever they hold.
        return bound is not null && call.TakesNull ? bound with { Nullable = call.IsGlobal || call.Filter is not null } : bound;
    }

    // Rows whose key is NULL don't count; of equal keys the last in order does, as in MAP[...] and in PostgreSQL's jsonb_object_agg.
    private static BoundAggregate? MapAgg(AggregateCall call)
    {
        BoundExpression key = call.Typed(0, SqlType.Varchar);
        BoundExpression value = call.Typed(1, SqlType.Varchar);
        if (!NestedKeys.CanBeOfMap(key.Type, call.Name, key.Span, call.Diagnostics))
        {
            return null;
        }

        return call.Result(SqlType.Map(key.Type, value.Type, value.Nullable), key, value) with { Nullable = call.IsGlobal || call.Filter is not null || key.Nullable };
    }

    // The k greatest values, as ksqlDB has it.
    private static BoundAggregate? TopK(AggregateCall call)
    {
        BoundExpression value = call.Typed(0, SqlType.BigInt);
        if (!ExtremeFunctions.IsOrdered(value.Type))
        {
            return call.WrongType(0, ExtremeFunctions.Ordered);
        }

        if (ConstantFolding.Fold(call[1]) is not BoundLiteral { Value: { } count } literal || !literal.Type.IsInteger
            || Convert.ToDecimal(count, CultureInfo.InvariantCulture) is < 1 or > MostOfTop)
        {
            return call.WrongType(1, $"a constant from 1 to {MostOfTop.ToString(CultureInfo.InvariantCulture)}");
        }

        return call.Result(SqlType.Array(value.Type, nullable: false), value) with { Constant = Convert.ToInt32(count, CultureInfo.InvariantCulture) };
    }

    /// <summary>Distinct values are ordered by themselves, upwards unless the call says otherwise.</summary>
    private static AggregateCall? Ordered(AggregateCall call, BoundExpression value)
    {
        if (!call.Distinct)
        {
            return call;
        }

        if (call.OrderBy.FirstOrDefault(o => !ExpressionComparer.Same(o.Key, value)) is { } other)
        {
            call.Wrong(other.Key.Span, "ORDER BY another value beside DISTINCT", "ORDER BY its argument");
            return null;
        }

        return call with { OrderBy = [call.OrderBy.Count > 0 ? call.OrderBy[0] with { Key = value } : new BoundOrder(value, Descending: false, NullsFirst: false)] };
    }
}
