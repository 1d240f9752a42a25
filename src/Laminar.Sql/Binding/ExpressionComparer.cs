using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Binding;

/// <summary>Whether two expressions compute the same, wherever they stand in the text.</summary>
internal static class ExpressionComparer
{
    public static bool Same(BoundExpression? a, BoundExpression? b)
    {
        if (a is null || b is null)
        {
            return a is null && b is null;
        }

        return a.Type == b.Type && SameApart(a, b) && SameAll(a.Children, b.Children);
    }

    public static bool Same(BoundAggregate a, BoundAggregate b) =>
        a.Function == b.Function && a.Type == b.Type && a.Distinct == b.Distinct && a.TakesNull == b.TakesNull && Equals(a.Constant, b.Constant)
        && SameAll(a.Arguments, b.Arguments) && Same(a.Filter, b.Filter)
        && a.OrderBy.Count == b.OrderBy.Count
        && a.OrderBy.Zip(b.OrderBy, (x, y) => x.Descending == y.Descending && x.NullsFirst == y.NullsFirst && Same(x.Key, y.Key)).All(s => s);

    /// <summary>Whether they are the same but for their children.</summary>
    private static bool SameApart(BoundExpression a, BoundExpression b) => (a, b) switch
    {
        (BoundColumn x, BoundColumn y) => x.Ordinal == y.Ordinal,
        (BoundLiteral x, BoundLiteral y) => SameValue(x.Value, y.Value),
        (BoundUnary x, BoundUnary y) => x.Operator == y.Operator,
        (BoundBinary x, BoundBinary y) => x.Operator == y.Operator,
        (BoundIsNull x, BoundIsNull y) => x.Negated == y.Negated,
        (BoundClock, BoundClock) or (BoundWatermark, BoundWatermark) or (BoundCase, BoundCase) or (BoundCoalesce, BoundCoalesce) or (BoundItems, BoundItems) => true,
        (BoundCast x, BoundCast y) => x.Try == y.Try,
        (BoundCall x, BoundCall y) => x.Function == y.Function,
        (BoundAggregateReference x, BoundAggregateReference y) => Same(x.Aggregate, y.Aggregate),
        (BoundGroupingReference x, BoundGroupingReference y) => x.Keys.Count == y.Keys.Count && !x.Keys.Where((k, i) => !Same(k, y.Keys[i])).Any(),
        (BoundWindowReference x, BoundWindowReference y) => x.Part == y.Part,
        (BoundOver x, BoundOver y) => x.Name == y.Name && x.Number == y.Number && x.IgnoreNulls == y.IgnoreNulls && x.Frame == y.Frame && SameAggregate(x.Aggregate, y.Aggregate) && x.Arguments.Count == y.Arguments.Count && x.PartitionBy.Count == y.PartitionBy.Count
            && x.OrderBy.Select(o => (o.Descending, o.NullsFirst)).SequenceEqual(y.OrderBy.Select(o => (o.Descending, o.NullsFirst))),
        _ => false,
    };

    private static bool SameAll(IReadOnlyList<BoundExpression> a, IReadOnlyList<BoundExpression> b) =>
        a.Count == b.Count && a.Zip(b, Same).All(s => s);

    /// <summary>Whether they differ in what they read at most.</summary>
    private static bool SameAggregate(BoundAggregate? a, BoundAggregate? b) => a is null || b is null
        ? a is null && b is null
        : a.Expressions.Count() == b.Expressions.Count() && Same(a, b.Over(a.Expressions.ToArray()));

    private static bool SameValue(object? a, object? b) => (a, b) switch
    {
        // 1.0 and 1.00 are equal decimals and print differently; -0.0 and 0.0 too.
        (decimal x, decimal y) => decimal.GetBits(x).SequenceEqual(decimal.GetBits(y)),
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (byte[] x, byte[] y) => x.SequenceEqual(y),
        _ => Equals(a, b),
    };
}
