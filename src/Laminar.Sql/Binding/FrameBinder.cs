using System;
using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>ROWS and RANGE behind OVER.</summary>
internal sealed class FrameBinder
{
    private readonly ExpressionBinder _binder;
    private readonly DiagnosticBag _diagnostics;

    public FrameBinder(ExpressionBinder binder, DiagnosticBag diagnostics)
    {
        _binder = binder;
        _diagnostics = diagnostics;
    }

    /// <summary>The rows that an aggregate takes, or null when that can't be, which was reported.</summary>
    /// <param name="syntax">What is said; null: with an order up to the row and its peers, without one all.</param>
    /// <param name="order">The order inside a partition.</param>
    public OverFrame? Bind(FrameClause? syntax, IReadOnlyList<BoundOrder> order)
    {
        if (syntax is null)
        {
            return order.Count == 0 ? new OverFrame(FrameUnit.Rows, null, null) : new OverFrame(FrameUnit.Range, null, 0);
        }

        if (syntax.Unit == "GROUPS" || syntax.Exclude is not (null or "NO OTHERS"))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, syntax.Unit == "GROUPS" ? "GROUPS in a frame" : "EXCLUDE in a frame");
            return null;
        }

        FrameUnit unit = syntax.Unit == "ROWS" ? FrameUnit.Rows : FrameUnit.Range;
        if (!Offset(syntax.Start, unit, order, isEnd: false, out long? from) || !Offset(syntax.End, unit, order, isEnd: true, out long? to))
        {
            return null;
        }

        FrameBoundKind end = syntax.End?.Kind ?? FrameBoundKind.CurrentRow;
        if (syntax.Start.Kind == FrameBoundKind.UnboundedFollowing || end == FrameBoundKind.UnboundedPreceding || syntax.Start.Kind > end || from > to)
        {
            _diagnostics.Report(SqlRules.EmptyFrame, syntax.Span);
            return null;
        }

        return new OverFrame(unit, from, to);
    }

    private bool Offset(FrameBound? bound, FrameUnit unit, IReadOnlyList<BoundOrder> order, bool isEnd, out long? offset)
    {
        offset = bound is null || bound.Kind == FrameBoundKind.CurrentRow ? 0 : null;
        if (bound?.Offset is null)
        {
            return true;
        }

        if (unit == FrameUnit.Range && order.Count != 1)
        {
            _diagnostics.Report(SqlRules.OverNotAllowed, bound.Span, "RANGE with a distance", $"an OVER with {(order.Count == 0 ? "no" : "several")} keys in ORDER BY", "order by one key, or use ROWS");
            return false;
        }

        SqlType key = unit == FrameUnit.Rows ? SqlType.BigInt : order[0].Key.Type;
        if (_binder.Bind(bound.Offset) is not { } given)
        {
            return false;
        }

        if (Units(ConstantFolding.Fold(given), key, unit) is not { } distance)
        {
            return false;
        }

        offset = bound.Kind == FrameBoundKind.Preceding ? -distance : distance;
        return true;
    }

    private long? Units(BoundExpression distance, SqlType key, FrameUnit unit)
    {
        long? units = distance switch
        {
            BoundLiteral { Value: sbyte or short or int or long, Type.IsInteger: true } number when key.IsInteger => Convert.ToInt64(number.Value, CultureInfo.InvariantCulture),
            BoundLiteral { Value: long ticks, Type.Kind: SqlTypeKind.IntervalDayTime } when unit == FrameUnit.Range && key.IsTimestamp => ticks,
            BoundLiteral { Value: long ticks, Type.Kind: SqlTypeKind.IntervalDayTime } when unit == FrameUnit.Range && key.Kind == SqlTypeKind.BigInt && ticks % TimeSpan.TicksPerMillisecond == 0 => ticks / TimeSpan.TicksPerMillisecond,
            BoundLiteral { Value: long ticks, Type.Kind: SqlTypeKind.IntervalDayTime } when unit == FrameUnit.Range && key.Kind == SqlTypeKind.Date && ticks % TimeSpan.TicksPerDay == 0 => ticks / TimeSpan.TicksPerDay,
            _ => null,
        };
        if (units is >= 0 and <= long.MaxValue / 4 && (unit == FrameUnit.Range || units <= int.MaxValue / 2))
        {
            return units;
        }

        if (unit == FrameUnit.Range && !key.IsInteger && !key.IsTimestamp && key.Kind != SqlTypeKind.Date)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, distance.Span, $"RANGE with a distance over {key}");
            return null;
        }

        string wanted = unit == FrameUnit.Rows ? ", a number of rows from 0 on"
            : key.IsInteger ? ", a whole number from 0 on" + (key.Kind == SqlTypeKind.BigInt ? " or an INTERVAL of whole milliseconds" : string.Empty)
            : ", such as INTERVAL '10' MINUTE";
        _diagnostics.Report(SqlRules.ConstantRequired, distance.Span, "The distance of a frame's bound", wanted);
        return null;
    }
}
