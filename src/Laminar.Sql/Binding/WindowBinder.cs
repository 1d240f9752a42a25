using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Group windows and window table functions: both come to one <see cref="WindowSpec"/>.</summary>
internal sealed class WindowBinder
{
    /// <summary>A century: longer windows are a mistake in the unit, and would start before the year 1.</summary>
    private const long MaxTicks = 36_525 * TimeSpan.TicksPerDay;

    /// <summary>Most panes of one window; beyond, closing a window would take longer than filling it.</summary>
    private const long MaxPanes = 100_000;

    /// <summary>From here on a warning says what a window costs.</summary>
    private const long ManyPanes = 64;

    private readonly NameScope _scope;
    private readonly Relation _relation;
    private readonly DiagnosticBag _diagnostics;
    private bool _warned;

    public WindowBinder(NameScope scope, Relation relation, DiagnosticBag diagnostics)
    {
        _scope = scope;
        _relation = relation;
        _diagnostics = diagnostics;
    }

    /// <summary><c>TUMBLE(ts, size [, offset])</c>, <c>HOP(ts, slide, size [, offset])</c> and their _START kind.</summary>
    public GroupWindow? Bind(WindowCall call)
    {
        IReadOnlyList<ArgumentSyntax> arguments = call.Syntax.Arguments;
        if (!Supported(call.Function, call.Syntax.Name.Span))
        {
            return null;
        }

        if (arguments.Count == 0)
        {
            return WrongCount(call.Function, arguments.Count, call.Syntax.Span);
        }

        ExpressionSyntax first = arguments[0].Value;
        while (first is ParenthesizedExpression parenthesized)
        {
            first = parenthesized.Inner;
        }

        if (first is not ColumnExpression)
        {
            _diagnostics.Report(SqlRules.NotEventTime, arguments[0].Span, "The expression", EventTimeColumns());
            return null;
        }

        BoundExpression? time = new ExpressionBinder(_scope, _diagnostics) { Clause = call.Function }.Bind(first);
        return time is BoundColumn column ? Bind(call.Function, column, arguments.Skip(1).ToArray(), arguments.Count, call.Syntax.Span) : null;
    }

    /// <summary><c>TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), ...))</c>.</summary>
    public GroupWindow? Bind(WindowTable table)
    {
        string function = table.Function.Text.ToUpperInvariant();
        function = function == "SLIDE" ? "HOP" : function;
        if (!Supported(function, table.Span))
        {
            return null;
        }

        if (table.PartitionBy.Count > 0)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, table.PartitionBy[0].Span, "PARTITION BY in a window table function");
            return null;
        }

        var name = new QualifiedName(new SyntaxList<Identifier>(new[] { table.TimeColumn }), table.TimeColumn.Span);
        BoundExpression? time = new ExpressionBinder(_scope, _diagnostics) { Clause = function }.Bind(new ColumnExpression(name, name.Span));
        return time is BoundColumn column ? Bind(function, column, table.Arguments, table.Arguments.Count + 1, table.Span) : null;
    }

    private bool Supported(string function, TextSpan span)
    {
        if (function is "TUMBLE" or "HOP")
        {
            return true;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, span, function + " windows");
        return false;
    }

    private GroupWindow? Bind(string function, BoundColumn time, IReadOnlyList<ArgumentSyntax> arguments, int count, TextSpan span)
    {
        long? lag = EventTimeLag(time);
        string[] names = function == "TUMBLE" ? new[] { "SIZE", "OFFSET" } : new[] { "SLIDE", "SIZE", "OFFSET" };
        var values = new Dictionary<string, (long Value, TextSpan Span)>();
        bool failed = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string? name = arguments[i].Name?.Text.ToUpperInvariant();
            if (name == "TIME ZONE")
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, arguments[i].Span, "windows in a time zone");
                return null;
            }

            name ??= i < names.Length ? names[i] : null;
            if (name is null || !names.Contains(name) || values.ContainsKey(name))
            {
                return WrongCount(function, count, span);
            }

            long? units = lag is null ? null : Units(arguments[i].Value, name.ToLowerInvariant(), time.Type);
            failed |= units is null;
            values[name] = (units ?? 0, arguments[i].Value.Span);
        }

        if (lag is null || failed)
        {
            return null;
        }

        if (!values.ContainsKey("SIZE") || (function == "HOP" && !values.ContainsKey("SLIDE")))
        {
            return WrongCount(function, count, span);
        }

        (long size, TextSpan sizeSpan) = values["SIZE"];
        (long slide, TextSpan slideSpan) = function == "HOP" ? values["SLIDE"] : values["SIZE"];
        long offset = values.TryGetValue("OFFSET", out (long Value, TextSpan Span) given) ? given.Value : 0;
        if (!InRange(size, "size", sizeSpan, time.Type) || !InRange(slide, "slide", slideSpan, time.Type))
        {
            return null;
        }

        // The offset matters only within one slide.
        long within = ((offset % slide) + slide) % slide;
        WindowKind kind = slide == size ? WindowKind.Tumble : WindowKind.Hop;
        var spec = new WindowSpec(kind, time, size, slide, EventTime.Epoch(time.Type) + within, EventTime.UnitsPerMillisecond(time.Type));
        return PanesInLimit(spec, function == "HOP" ? slideSpan : sizeSpan) ? new GroupWindow(spec, time.Type, span, lag.Value) : null;
    }

    private GroupWindow? WrongCount(string function, int count, TextSpan span)
    {
        string takes = function == "TUMBLE" ? "a time column, a size and maybe an offset" : "a time column, a slide, a size and maybe an offset";
        _diagnostics.Report(SqlRules.ArgumentCount, span, function, takes, count == 1 ? "only a time column" : count.ToString(CultureInfo.InvariantCulture) + " arguments");
        return null;
    }

    private bool InRange(long value, string what, TextSpan span, SqlType type)
    {
        long most = MaxTicks / (TimeSpan.TicksPerMillisecond / EventTime.UnitsPerMillisecond(type));
        if (value > 0 && value <= most)
        {
            return true;
        }

        _diagnostics.Report(SqlRules.InvalidWindowSize, span, what, value <= 0 ? "above zero" : "at most a century");
        return false;
    }

    private bool PanesInLimit(WindowSpec spec, TextSpan span)
    {
        long panes = Math.Max(spec.Size, spec.Slide) / spec.PaneSize;
        if (panes > MaxPanes)
        {
            string most = $"made of at most {MaxPanes.ToString("N0", CultureInfo.InvariantCulture)} panes (the greatest common divisor of size and slide); these give {panes.ToString("N0", CultureInfo.InvariantCulture)}";
            _diagnostics.Report(SqlRules.InvalidWindowSize, span, "slide", most);
            return false;
        }

        if (PlanText.Panes(spec) > ManyPanes && !_warned)
        {
            _warned = true;
            _diagnostics.Report(SqlRules.ManyPanes, span, PlanText.Panes(spec).ToString(CultureInfo.InvariantCulture), PlanText.Length(spec.PaneSize, spec));
        }

        return true;
    }

    /// <summary>A constant interval above zero, in the unit of a time column.</summary>
    public long? Span(ExpressionSyntax syntax, string what, SqlType time) =>
        Units(syntax, what, time) is { } units && InRange(units, what, syntax.Span, time) ? units : null;

    /// <summary>A constant interval, or for BIGINT time a constant number of milliseconds, in the column's unit.</summary>
    private long? Units(ExpressionSyntax syntax, string what, SqlType time)
    {
        // No column is in sight of a size: that it isn't constant says more than that it isn't known.
        if (ReadsColumn(syntax))
        {
            _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, $"The {what}{(what.Contains(" ") ? string.Empty : " of a window")}", ", such as INTERVAL '10' SECOND");
            return null;
        }

        BoundExpression? bound = new ExpressionBinder(NameScope.Empty, _diagnostics) { Clause = what.Contains(" ") ? "the " + what : "a window's " + what }.Bind(syntax);
        if (bound is null)
        {
            return null;
        }

        BoundExpression folded = ConstantFolding.Fold(bound);
        if (folded is BoundLiteral { Value: string text } && TextConstants.TryRead(text, SqlType.IntervalDayTime, out object? read))
        {
            folded = new BoundLiteral(read, SqlType.IntervalDayTime, syntax.Span);
        }

        long unit = TimeSpan.TicksPerMillisecond / EventTime.UnitsPerMillisecond(time);
        switch (folded)
        {
            case BoundLiteral { Value: long ticks, Type.Kind: SqlTypeKind.IntervalDayTime } when ticks % unit == 0:
                return ticks / unit;
            case BoundLiteral { Value: long, Type.Kind: SqlTypeKind.IntervalDayTime }:
                _diagnostics.Report(SqlRules.InvalidWindowSize, syntax.Span, what, "whole milliseconds, as the BIGINT time column counts them");
                return null;
            case BoundLiteral { Value: int or long, Type.IsInteger: true } literal when !time.IsTimestamp:
                return Convert.ToInt64(literal.Value, CultureInfo.InvariantCulture);
            case { Type.Kind: SqlTypeKind.IntervalYearMonth }:
                _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "windows of months and years");
                return null;
            case BoundLiteral { Value: int or long or decimal } number:
                string seconds = $"INTERVAL '{Convert.ToString(number.Value, CultureInfo.InvariantCulture)}' SECOND";
                _diagnostics.Add(new SqlDiagnostic(SqlRules.ConstantRequired, syntax.Span, $"The {what} of a window", $" INTERVAL, such as {seconds}") { Suggestion = seconds });
                return null;
            default:
                _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, $"The {what}{(what.Contains(" ") ? string.Empty : " of a window")}", ", such as INTERVAL '10' SECOND");
                return null;
        }
    }

    private static bool ReadsColumn(SyntaxNode node) => node is ColumnExpression or StarExpression || SyntaxChildren.Of(node).Any(ReadsColumn);

    /// <summary>The lag of the column, or null when a window over it was refused. A source without a watermark takes any time column, with a warning.</summary>
    private long? EventTimeLag(BoundColumn time)
    {
        if (!EventTime.CanBe(time.Type))
        {
            _diagnostics.Report(SqlRules.WindowTimeType, time.Span, time.Type.ToString());
            return null;
        }

        ScopeColumn column = _scope.Columns.First(c => c.Ordinal == time.Ordinal);
        if (column.EventTimeLag is { } lag)
        {
            return lag;
        }

        if (_scope.Columns.Any(c => c.EventTimeLag is not null))
        {
            string[] names = _scope.Columns.Where(c => c.EventTimeLag is not null).Select(c => c.Name).ToArray();
            _diagnostics.Add(new SqlDiagnostic(SqlRules.NotEventTime, time.Span, time.Name, EventTimeColumns()) { Suggestion = names[0] });
            return null;
        }

        if (_relation.Kind == RelationKind.Query)
        {
            _diagnostics.Report(SqlRules.NoEventTime, time.Span, _relation.Name, "window_time, or the source's event time");
            return null;
        }

        if (!_warned)
        {
            _warned = true;
            _diagnostics.Report(SqlRules.NoWatermark, time.Span, _relation.Name, $"{column.Name} - INTERVAL '5' SECOND");
        }

        return 0;
    }

    private string EventTimeColumns()
    {
        string text = string.Join(" or ", _scope.Columns.Where(c => c.EventTimeLag is not null).Select(c => $"'{c.Name}'"));
        return text.Length == 0 ? "a column with a watermark" : text;
    }
}
