using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>What the condition comes to.</summary>
internal sealed class JoinCondition(PlanNode left, PlanNode right)
{
    private readonly List<BoundExpression> _leftFilter = new();
    private readonly List<BoundExpression> _rightFilter = new();
    private readonly List<BoundExpression> _residual = new();
    private bool _isPicked;

    /// <summary>What is said about times is a condition like others: rows stay as long as they are there.</summary>
    public bool IsUpdating { get; init; }

    public PlanNode Left { get; } = left;

    public PlanNode Right { get; } = right;

    public int Width => Left.Columns.Count;

    public List<int> LeftKeys { get; } = new();

    public List<int> RightKeys { get; } = new();

    /// <summary>Keys that are no columns; over the side's own.</summary>
    public List<BoundExpression> LeftComputed { get; } = new();

    public List<BoundExpression> RightComputed { get; } = new();

    public JoinBound? Bound { get; private set; }

    /// <summary>How long rows are kept where the condition doesn't say it, in ticks: matches are no farther apart in time. Null: until the input ends.</summary>
    public long? Ttl { get; init; }

    public BoundExpression? LeftFilter => And(_leftFilter);

    public BoundExpression? RightFilter => And(_rightFilter);

    public BoundExpression? Residual => And(_residual);

    /// <summary>Takes the two columns that ASOF goes by; false when they aren't event times of either side.</summary>
    public bool TakeTimes(BoundExpression leftTime, BoundExpression rightTime)
    {
        if (leftTime is not BoundColumn a || rightTime is not BoundColumn b || a.Ordinal >= Width || b.Ordinal < Width || !IsTime(a) || !IsTime(b) || a.Type.IsTimestamp != b.Type.IsTimestamp)
        {
            return false;
        }

        _isPicked = true;
        Bound = new JoinBound(a.Ordinal, b.Ordinal - Width, long.MinValue, long.MaxValue, Left.Columns[a.Ordinal].EventTimeLag!.Value, Right.Columns[b.Ordinal - Width].EventTimeLag!.Value);
        return true;
    }

    public bool IsOfRight(BoundExpression expression) => Side(expression) == 2;

    /// <summary>The column by which versions of the right side follow each other.</summary>
    public BoundExpression? RightEventTime(TextSpan span)
    {
        int time = EventTime(Right);
        return time < 0 ? null : new BoundColumn(time + Width, Right.Columns[time].Name, Right.Columns[time].Type, false, span);
    }

    public void Pick(JoinPick pick, bool isStrict, long tolerance)
    {
        long near = isStrict ? 1 : 0;
        long low = pick == JoinPick.Earliest ? near : tolerance == long.MaxValue ? long.MinValue : -tolerance;
        long high = pick == JoinPick.Latest ? -near : tolerance;
        Bound = Bound! with { Low = low, High = high };
    }

    public bool Take(IReadOnlyList<BoundExpression> conditions, JoinType type)
    {
        (BoundColumn Left, BoundColumn Right)? times = _isPicked || IsUpdating ? null : conditions.Select(Times).Where(t => t is not null)
            .OrderBy(t => Left.Columns[t!.Value.Left.Ordinal].EventTimeLag + Right.Columns[t.Value.Right.Ordinal].EventTimeLag).FirstOrDefault();
        if (times is { } pair)
        {
            Bound = new JoinBound(pair.Left.Ordinal, pair.Right.Ordinal, long.MinValue, long.MaxValue, Left.Columns[pair.Left.Ordinal].EventTimeLag!.Value, Right.Columns[pair.Right.Ordinal].EventTimeLag!.Value);
        }

        else if (Ttl is not null && !_isPicked && !IsUpdating && EventTime(Left) is var ofLeft and >= 0 && EventTime(Right) is var ofRight and >= 0)
        {
            Bound = new JoinBound(ofLeft, ofRight, long.MinValue, long.MaxValue, Left.Columns[ofLeft].EventTimeLag!.Value, Right.Columns[ofRight].EventTimeLag!.Value);
        }

        foreach (BoundExpression condition in conditions)
        {
            bool isBound = !_isPicked && !IsUpdating && Narrow(condition);
            if (IsKey(condition) && condition is BoundBinary equal)
            {
                int x = Side(equal.Left);
                LeftKeys.Add(Key(Left, LeftComputed, x == 1 ? equal.Left : equal.Right));
                RightKeys.Add(Key(Right, RightComputed, Own(x == 2 ? equal.Left : equal.Right)));
            }
            else if (isBound)
            {
                continue;
            }
            else if (Side(condition) == 1 && type is JoinType.Inner or JoinType.Right or JoinType.Semi && !_isPicked)
            {
                _leftFilter.Add(condition);
            }
            else if (Side(condition) == 2 && type is JoinType.Inner or JoinType.Left or JoinType.Semi or JoinType.Anti)
            {
                _rightFilter.Add(Own(condition));
            }
            else
            {
                _residual.Add(condition);
            }
        }

        if (Ttl is { } ticks && Bound is { } bound && !_isPicked)
        {
            long ttl = Math.Max(1, ticks / (TimeSpan.TicksPerMillisecond / Streaming.EventTime.UnitsPerMillisecond(Left.Columns[bound.LeftTime].Type)));
            Bound = bound with { Low = bound.Low == long.MinValue ? -ttl : bound.Low, High = bound.High == long.MaxValue ? ttl : bound.High };
        }

        return true;
    }

    /// <summary>The column of event time that is the least behind the watermark; -1: none.</summary>
    public static int EventTime(PlanNode side) =>
        Enumerable.Range(0, side.Columns.Count).Where(o => side.Columns[o] is { EventTimeLag: not null, Nullable: false }).OrderBy(o => side.Columns[o].EventTimeLag).DefaultIfEmpty(-1).First();

    /// <summary>Whether a condition is more than one on pairs: an equal key, a bound in time, or about one side alone.</summary>
    public bool Helps(BoundExpression condition) => Side(condition) is 1 or 2 || Times(condition) is not null || IsKey(condition);

    /// <summary>A side as a query: its rows, and behind their columns the keys that are computed.</summary>
    public QueryPlan Plan(PlanNode node, IReadOnlyList<BoundExpression> computed, BoundExpression? filter, Relation relation)
    {
        node = filter is null ? node : new FilterNode(node, filter);
        BoundExpression[] all = [.. node.Columns.Select((c, i) => new BoundColumn(i, c.Name, c.Type, c.Nullable, default)), .. computed];
        PlanColumn[] columns = [.. node.Columns, .. computed.Select((c, i) => new PlanColumn($"key_{i + 1}", c.Type, c.Nullable))];
        return new QueryPlan(new ProjectNode(node, all, columns), relation, ChangedInputs.AreIn(node));
    }

    private bool IsKey(BoundExpression condition) => condition is BoundBinary { Operator: BinaryOperator.Equal } equal && (Side(equal.Left), Side(equal.Right)) is (1, 2) or (2, 1);

    private static BoundExpression? And(List<BoundExpression> conditions) =>
        conditions.Count == 0 ? null : conditions.Aggregate((a, b) => new BoundBinary(BinaryOperator.And, a, b, SqlType.Boolean, a.Nullable || b.Nullable, TextSpan.Cover(a.Span, b.Span)));

    private static int Key(PlanNode side, List<BoundExpression> computed, BoundExpression key)
    {
        if (key is BoundColumn column)
        {
            return column.Ordinal;
        }

        int known = computed.FindIndex(c => ExpressionComparer.Same(c, key));
        if (known < 0)
        {
            known = computed.Count;
            computed.Add(key);
        }

        return side.Columns.Count + known;
    }

    /// <summary>1: the left side alone, 2: the right, 3: both, 0: neither.</summary>
    private int Side(BoundExpression expression) => expression.DescendantsAndSelf().OfType<BoundColumn>().Aggregate(0, (side, c) => side | (c.Ordinal < Width ? 1 : 2));

    /// <summary>An expression of the right side over its own columns.</summary>
    private BoundExpression Own(BoundExpression expression) => expression is BoundColumn column ? column with { Ordinal = column.Ordinal - Width } : ExpressionRewriter.Children(expression, Own);

    /// <summary>The event times that a comparison is of; the right one over its own columns.</summary>
    private (BoundColumn Left, BoundColumn Right)? Times(BoundExpression condition)
    {
        if (condition is not BoundBinary { Operator: BinaryOperator.Equal or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual } comparison
            || Time(comparison.Left) is not { } a || Time(comparison.Right) is not { } b || (a.Column.Ordinal < Width) == (b.Column.Ordinal < Width))
        {
            return null;
        }

        return a.Column.Ordinal < Width ? (a.Column, (BoundColumn)Own(b.Column)) : (b.Column, (BoundColumn)Own(a.Column));
    }

    private (BoundColumn Column, long Shift)? Time(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundColumn column when IsTime(column):
                return (column, 0);
            case BoundCast { Try: false } cast when cast.Type.IsTimestamp && cast.Operand.Type.IsTimestamp:
                return Time(cast.Operand);
            case BoundCall { Function.Method: "SqlTime.AddTicks" or "SqlTime.SubtractTicks", Arguments: [{ } time, BoundLiteral { Value: long span }] } call when Time(time) is { } inner:
                return (inner.Column, inner.Shift + (call.Function.Method == "SqlTime.AddTicks" ? span : -span));
            case BoundBinary { Operator: BinaryOperator.Add or BinaryOperator.Subtract, Type.Kind: SqlTypeKind.BigInt, Right: BoundLiteral { Value: long milliseconds } } sum when Time(sum.Left) is { } inner:
                return (inner.Column, inner.Shift + (sum.Operator == BinaryOperator.Add ? milliseconds : -milliseconds));
            default:
                return null;
        }
    }

    private bool IsTime(BoundColumn column) => !column.Nullable && (column.Ordinal < Width ? Left.Columns[column.Ordinal] : Right.Columns[column.Ordinal - Width]).EventTimeLag is not null;

    /// <summary>Takes a comparison of the two times as a bound; false when it is something else.</summary>
    private bool Narrow(BoundExpression condition)
    {
        if (Bound is null || Times(condition) is not { } times || times.Left.Ordinal != Bound.LeftTime || times.Right.Ordinal != Bound.RightTime)
        {
            return false;
        }

        var comparison = (BoundBinary)condition;
        (BoundColumn column, long first) = Time(comparison.Left)!.Value;
        long second = Time(comparison.Right)!.Value.Shift;

        // left + first op right + second, so that right - left is compared with first - second.
        bool isTurned = column.Ordinal >= Width;
        long distance = isTurned ? second - first : first - second;
        switch ((comparison.Operator, isTurned))
        {
            case (BinaryOperator.Equal, _):
                Bound = Bound with { Low = Math.Max(Bound.Low, distance), High = Math.Min(Bound.High, distance) };
                break;
            case (BinaryOperator.LessOrEqual, false) or (BinaryOperator.GreaterOrEqual, true):
                Bound = Bound with { Low = Math.Max(Bound.Low, distance) };
                break;
            case (BinaryOperator.Less, false) or (BinaryOperator.Greater, true):
                Bound = Bound with { Low = Math.Max(Bound.Low, distance + 1) };
                break;
            case (BinaryOperator.GreaterOrEqual, false) or (BinaryOperator.LessOrEqual, true):
                Bound = Bound with { High = Math.Min(Bound.High, distance) };
                break;
            default:
                Bound = Bound with { High = Math.Min(Bound.High, distance - 1) };
                break;
        }

        return true;
    }
}
