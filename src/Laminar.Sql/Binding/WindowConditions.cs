using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// WHERE of a grouped query over a window table function may speak of the window. In TUMBLE a row has one window, computed from its time, so
/// the condition stays before the grouping. In all others, and where the calendar tells their lengths, it is a condition on groups: it moves behind the grouping, but only when nothing it
/// would have kept from being evaluated can fail.
/// </summary>
internal sealed class WindowConditions
{
    private readonly BoundGroup _group;
    private readonly GroupedRewriter _rewriter;
    private readonly int _rowColumns;
    private readonly DiagnosticBag _diagnostics;

    public WindowConditions(BoundGroup group, GroupedRewriter rewriter, int rowColumns, DiagnosticBag diagnostics)
    {
        _group = group;
        _rewriter = rewriter;
        _rowColumns = rowColumns;
        _diagnostics = diagnostics;
    }

    /// <summary>Over the input's rows.</summary>
    public BoundExpression? Before { get; private set; }

    /// <summary>Over the grouping node.</summary>
    public BoundExpression? After { get; private set; }

    /// <summary>False when the condition can't be placed; that was reported.</summary>
    public bool Split(BoundExpression where)
    {
        if (!OfWindow(where))
        {
            Before = where;
            return true;
        }

        if (_group.Window.Spec is { Kind: WindowKind.Tumble, Calendar: null })
        {
            Before = ExpressionRewriter.BottomUp(where, e => e is BoundColumn c && c.Ordinal >= _rowColumns ? OfRow((WindowPart)(c.Ordinal - _rowColumns), c.Span) : e);
            return true;
        }

        var before = new List<BoundExpression>();
        var after = new List<BoundExpression>();
        foreach (BoundExpression condition in Conjuncts(where))
        {
            (OfWindow(condition) ? after : before).Add(condition);
        }

        bool mixed = after.Any(a => a.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal < _rowColumns));
        bool canFail = before.Concat(_group.Keys)
            .Concat(_rewriter.Aggregates.SelectMany(a => a.Expressions))
            .Any(ExpressionFacts.CanFail);
        if (mixed || canFail)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, after[0].Span, "a WHERE over the window of a HOP, CUMULATE or SESSION, or one by the calendar, together with expressions that can fail; use HAVING");
            return false;
        }

        Before = before.Count == 0 ? null : before.Aggregate(And);
        After = _rewriter.Rewrite(after.Aggregate(And));
        return After is not null;
    }

    private bool OfWindow(BoundExpression expression) => expression.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal >= _rowColumns);

    private BoundExpression OfRow(WindowPart part, TextSpan span)
    {
        WindowSpec spec = _group.Window.Spec;
        SqlType type = _group.Window.Type;
        BoundExpression start = ScalarCalls.Make(new ScalarFunction("WINDOW_START", "SqlTime.WindowStart"), type, span, spec.Time, BigInt(spec.Size, span), BigInt(spec.Origin, span));
        long ahead = part switch { WindowPart.Start => 0, WindowPart.End => spec.Size, _ => spec.Size - spec.WindowTimeGap };
        if (ahead == 0)
        {
            return start;
        }

        return type.IsTimestamp
            ? ScalarCalls.Make(new ScalarFunction("+", "SqlTime.AddTicks") { CanFail = true }, type, span, start, new BoundLiteral(ahead, SqlType.IntervalDayTime, span))
            : new BoundBinary(BinaryOperator.Add, start, BigInt(ahead, span), type, start.Nullable, span);
    }

    private static BoundLiteral BigInt(long value, TextSpan span) => new(value, SqlType.BigInt, span);

    private static BoundExpression And(BoundExpression left, BoundExpression right) =>
        new BoundBinary(BinaryOperator.And, left, right, SqlType.Boolean, left.Nullable || right.Nullable, TextSpan.Cover(left.Span, right.Span));

    private static IEnumerable<BoundExpression> Conjuncts(BoundExpression expression) => expression is BoundBinary { Operator: BinaryOperator.And } and
        ? Conjuncts(and.Left).Concat(Conjuncts(and.Right))
        : new[] { expression };
}
