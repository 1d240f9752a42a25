using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Streaming;

/// <summary>
/// Follows event time through a plan: which columns still are event time, and how far (the lag) their values may lie behind the watermark
/// without being late.
/// </summary>
internal static class EventTimeAnalysis
{
    /// <summary>Lag of a relation's column: as declared, or 0 for the column of its watermark.</summary>
    public static long? LagOf(Relation relation, int column) =>
        relation.Columns[column].EventTimeLag ?? (relation.Watermark?.ColumnIndex == column ? 0 : null);

    /// <summary>
    /// Lag of an expression over columns with lags. A column keeps its lag, minus and plus a constant interval shift it (a value ahead of the
    /// watermark has lag 0), a cast between TIMESTAMP and TIMESTAMPTZ keeps it; everything else isn't event time.
    /// </summary>
    public static long? LagOf(BoundExpression expression, IReadOnlyList<PlanColumn> columns)
    {
        switch (expression)
        {
            case BoundColumn column:
                return column.Ordinal >= 0 && column.Ordinal < columns.Count ? columns[column.Ordinal].EventTimeLag : null;
            case BoundCast { Try: false } cast when cast.Type.IsTimestamp && cast.Operand.Type.IsTimestamp:
                return LagOf(cast.Operand, columns);
            case BoundCall { Function.Method: "SqlTime.AddTicks" or "SqlTime.SubtractTicks", Arguments: [{ } time, BoundLiteral { Value: long span }] } call when time.Type.IsTimestamp:
                return Shift(LagOf(time, columns), call.Function.Method == "SqlTime.AddTicks", span);
            case BoundBinary { Operator: BinaryOperator.Add or BinaryOperator.Subtract, Type.Kind: SqlTypeKind.BigInt, Right: BoundLiteral { Value: long milliseconds } } sum:
                return Shift(LagOf(sum.Left, columns), sum.Operator == BinaryOperator.Add, milliseconds);
            default:
                return null;
        }
    }

    /// <summary>
    /// window_start, window_end and window_time. Behind a grouping node rows come when their (shifted) window closes, so the end is never late;
    /// behind a plain assignment rows pass at once and keep the time column's lag.
    /// </summary>
    public static IReadOnlyList<PlanColumn> WindowColumns(GroupWindow window, bool grouped)
    {
        if (window.IsWhole)
        {
            return GroupWindow.Names.Select(name => new PlanColumn(name, window.Type, false)).ToArray();
        }

        long lag = grouped ? 0 : window.TimeLag;
        long size = window.Spec.LongestSize;
        long gap = grouped ? 0 : window.Spec.WindowTimeGap;
        return new[]
        {
            // A session may have begun any time ago.
            new PlanColumn("window_start", window.Type, false) { EventTimeLag = window.IsSession ? null : lag + size },
            new PlanColumn("window_end", window.Type, false) { EventTimeLag = lag },
            new PlanColumn("window_time", window.Type, false) { EventTimeLag = lag + gap },
        };
    }

    /// <summary>
    /// The window as the grouping node runs it. A time column with a lag would be judged against a watermark that is ahead of it, so windows are
    /// laid over column + lag: shifted by the lag, they close when the watermark really has passed them.
    /// </summary>
    public static WindowSpec Shifted(GroupWindow window)
    {
        WindowSpec spec = window.Spec;
        if (window.TimeLag == 0)
        {
            return spec;
        }

        BoundExpression time = window.Type.IsTimestamp
            ? ScalarCalls.Make(
                new ScalarFunction("+", "SqlTime.AddTicks") { CanFail = true },
                window.Type,
                spec.Time.Span,
                spec.Time,
                new BoundLiteral(window.TimeLag, SqlType.IntervalDayTime, spec.Time.Span))
            : new BoundBinary(BinaryOperator.Add, spec.Time, new BoundLiteral(window.TimeLag, SqlType.BigInt, spec.Time.Span), SqlType.BigInt, spec.Time.Nullable, spec.Time.Span);
        return spec with { Time = time, Origin = spec.Origin + window.TimeLag, Calendar = spec.Calendar is { } calendar ? calendar with { Shift = window.TimeLag } : null };
    }

    private static long? Shift(long? lag, bool forward, long by) =>
        lag is null || by == long.MinValue || Math.Abs(by) > long.MaxValue / 4 ? null : Math.Max(0, forward ? lag.Value - by : lag.Value + by);
}
