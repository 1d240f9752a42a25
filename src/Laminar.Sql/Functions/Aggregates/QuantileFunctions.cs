using System;
using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>What asks for the values of a group: percentiles and the most frequent value; and the sketches that answer roughly in little room.</summary>
internal static class QuantileFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("MEDIAN", 1, 1, call => Continuous(call, call[0], 0.5m)) { Bytes = _ => 12, Beside = "its values" },
        new("PERCENTILE_CONT", 1, 1, call => Fraction(call, 0) is { } p ? Continuous(call, call.OrderBy[0].Key, call.OrderBy[0].Descending ? 1 - p : p) : null)
        {
            Order = AggregateOrder.Group, Bytes = _ => 12, Beside = "its values",
        },
        new("PERCENTILE_DISC", 1, 1, Discrete) { Order = AggregateOrder.Group, Bytes = _ => 12, Beside = "its values" },
        new("MODE", 0, 1, Mode) { TakesNested = true, Order = AggregateOrder.Group, Bytes = _ => 16, Beside = "its distinct values" },
        new("APPROX_PERCENTILE", 2, 2, Approximate) { Bytes = _ => 16, Beside = "a sketch" },
        new("APPROX_COUNT_DISTINCT", 1, 1, ApproximateCount) { IgnoresDistinct = true, TakesNested = true, Beside = "a sketch of at most 4 KiB" },
    ];

    // Of DECIMAL DECIMAL, as AVG is; of other numbers DOUBLE.
    private static BoundAggregate? Continuous(AggregateCall call, BoundExpression argument, decimal fraction)
    {
        if (argument.Type.Kind == SqlTypeKind.Decimal)
        {
            return call.Result(new SqlType(SqlTypeKind.Decimal, 28, Math.Max(6, argument.Type.Scale)) { Open = argument.Type.Open }, argument) with { Constant = fraction };
        }

        if (!argument.Type.IsNumeric && argument is not BoundLiteral { Value: null })
        {
            return call.WrongType(argument, "a number");
        }

        return call.Result(SqlType.Double, Coercion.To(argument, SqlType.Double)) with { Constant = fraction };
    }

    private static BoundAggregate? Discrete(AggregateCall call)
    {
        BoundExpression argument = call.OrderBy[0].Key;
        if (Fraction(call, 0) is not { } fraction)
        {
            return null;
        }

        // The order isn't part of the state: a fraction above 1 stands for 1 less of it, from the greatest.
        return call.Result(argument.Type, argument) with { Constant = call.OrderBy[0].Descending ? fraction + 2 : fraction };
    }

    // MODE(x), or as PostgreSQL writes it: MODE() WITHIN GROUP (ORDER BY x).
    private static BoundAggregate? Mode(AggregateCall call)
    {
        if (call.Arguments.Count + call.OrderBy.Count != 1)
        {
            return call.WrongCount("1 argument, or none and WITHIN GROUP (ORDER BY x)");
        }

        BoundExpression argument = call.Arguments.Count == 1 ? call.Typed(0, SqlType.Varchar) : call.OrderBy[0].Key;
        if (!ExtremeFunctions.IsOrdered(argument.Type))
        {
            return call.WrongType(argument, ExtremeFunctions.Ordered);
        }

        // Of values that are equally frequent the least, or in descending order the greatest.
        return call.Result(argument.Type, argument) with { Constant = call.OrderBy.Count == 1 && call.OrderBy[0].Descending ? 1m : 0m };
    }

    private static BoundAggregate? ApproximateCount(AggregateCall call) =>
        NestedKeys.CanBe(call[0].Type, call.Name, call[0].Span, call.Diagnostics) ? call.NeverNull(SqlType.BigInt, call.Typed(0, SqlType.Varchar)) : null;

    private static BoundAggregate? Approximate(AggregateCall call)
    {
        if (Fraction(call, 1) is not { } fraction)
        {
            return null;
        }

        BoundExpression argument = call.Typed(0, SqlType.Double);
        return argument.Type.IsNumeric ? call.Result(SqlType.Double, Coercion.To(argument, SqlType.Double)) with { Constant = fraction } : call.WrongType(0, "a number");
    }

    private static decimal? Fraction(AggregateCall call, int index)
    {
        if (ConstantFolding.Fold(call[index]) is BoundLiteral { Value: { } value } literal && literal.Type.IsNumeric
            && Convert.ToDouble(value, CultureInfo.InvariantCulture) is >= 0 and <= 1)
        {
            return Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }

        call.WrongType(index, "a constant between 0 and 1");
        return null;
    }
}
