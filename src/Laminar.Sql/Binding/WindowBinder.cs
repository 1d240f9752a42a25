using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
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

    /// <summary>The longest month; lengths in months are bounded by it.</summary>
    private const long MonthTicks = 31 * TimeSpan.TicksPerDay;

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

    /// <summary><c>TUMBLE(ts, size [, offset])</c>, <c>HOP(ts, slide, size [, offset])</c>, <c>SESSION(ts, gap)</c> and their _START kind.</summary>
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

        // Which of these windows a row is in doesn't depend on what other rows there are, but for sessions.
        var keys = new ExpressionBinder(_scope, _diagnostics) { Clause = "PARTITION BY" };
        BoundExpression?[] partition = table.PartitionBy.Select(keys.Bind).ToArray();
        if (partition.Contains(null))
        {
            return null;
        }

        var name = new QualifiedName(new SyntaxList<Identifier>(new[] { table.TimeColumn }), table.TimeColumn.Span);
        BoundExpression? time = new ExpressionBinder(_scope, _diagnostics) { Clause = function }.Bind(new ColumnExpression(name, name.Span));
        GroupWindow? window = time is BoundColumn column ? Bind(function, column, table.Arguments, table.Arguments.Count + 1, table.Span) : null;
        return window is null || partition.Length == 0 ? window : window with { PartitionBy = partition! };
    }

    private bool Supported(string function, TextSpan span)
    {
        if (function is "TUMBLE" or "HOP" or "CUMULATE" or "SESSION")
        {
            return true;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, span, function + " windows");
        return false;
    }

    private GroupWindow? Bind(string function, BoundColumn time, IReadOnlyList<ArgumentSyntax> arguments, int count, TextSpan span)
    {
        long? lag = EventTimeLag(time);
        string[] names = function switch
        {
            "TUMBLE" => new[] { "SIZE", "OFFSET" },
            "HOP" => new[] { "SLIDE", "SIZE", "OFFSET" },
            "SESSION" => new[] { "GAP" },
            _ => new[] { "STEP", "SIZE", "OFFSET" },
        };
        var values = new Dictionary<string, WindowLength>();
        bool failed = false;
        string? zone = null;
        for (int i = 0; i < arguments.Count; i++)
        {
            string? name = arguments[i].Name?.Text.ToUpperInvariant();
            if (name == "TIME ZONE")
            {
                zone = Zone(arguments[i].Value);
                failed |= zone is null;
                continue;
            }

            name ??= i < names.Length ? names[i] : null;
            if (name is null || !names.Contains(name) || values.ContainsKey(name))
            {
                return WrongCount(function, count, span);
            }

            WindowLength? length = lag is null ? null : Length(arguments[i].Value, name.ToLowerInvariant(), time.Type);
            failed |= length is null;
            values[name] = length ?? default;
        }

        if (lag is null || failed)
        {
            return null;
        }

        if (function == "SESSION")
        {
            return Session(time, values, zone, count, span, lag.Value);
        }

        string distance = function == "TUMBLE" ? "SIZE" : names[0];
        if (!values.TryGetValue("SIZE", out WindowLength size) || !values.TryGetValue(distance, out WindowLength slide))
        {
            return WrongCount(function, count, span);
        }

        if (!InRange(size.Units, "size", size.Span, time.Type) || !InRange(slide.Units, distance.ToLowerInvariant(), slide.Span, time.Type)
            || !Fit(function, size, slide, time.Type))
        {
            return null;
        }

        values.TryGetValue("OFFSET", out WindowLength offset);
        WindowSpec? spec = Spec(function, time, size, slide, offset, zone);
        return spec is not null && PanesInLimit(spec, slide.Span) ? new GroupWindow(spec, time.Type, span, lag.Value) : null;
    }

    private WindowSpec? Spec(string function, BoundColumn time, WindowLength size, WindowLength slide, WindowLength offset, string? zone)
    {
        bool isMonths = size.Months > 0 || slide.Months > 0;
        if (offset.Months != 0 && !isMonths)
        {
            _diagnostics.Report(SqlRules.InvalidWindowSize, offset.Span, "offset", "as the window is: not in months");
            return null;
        }

        WindowKind kind = function == "CUMULATE" ? WindowKind.Cumulate : slide.Units == size.Units ? WindowKind.Tumble : WindowKind.Hop;
        long epoch = EventTime.Epoch(time.Type);
        long unit = EventTime.UnitsPerMillisecond(time.Type);
        long period = kind == WindowKind.Cumulate ? size.Units : slide.Units;
        if (!isMonths)
        {
            // A clock that is always as far from UTC shifts windows, and no more. The offset matters only within one slide.
            long fixedZone = zone is not null && TimeText.TryOffset(zone, out long east) ? -east / (TimeSpan.TicksPerMillisecond / unit) : 0;
            long within = (((offset.Units + fixedZone) % period) + period) % period;
            var spec = new WindowSpec(kind, time, size.Units, slide.Units, epoch + within, unit);
            return zone is null || TimeText.TryOffset(zone, out _) ? spec : spec with { Calendar = new WindowCalendar(zone, 0, 0, 0, within, 0) };
        }

        int months = kind == WindowKind.Cumulate ? size.Months : slide.Months;
        int monthsWithin = ((offset.Months % months) + months) % months;
        return new WindowSpec(kind, time, size.Units, slide.Units, epoch, unit)
        {
            Calendar = new WindowCalendar(zone, size.Months, slide.Months, monthsWithin, offset.Units, 0),
        };
    }

    /// <summary>Whether the two lengths of a window can be laid over one grid.</summary>
    private bool Fit(string function, WindowLength size, WindowLength slide, SqlType time)
    {
        if (function == "CUMULATE")
        {
            long day = TimeSpan.TicksPerDay / (TimeSpan.TicksPerMillisecond / EventTime.UnitsPerMillisecond(time));
            bool fits = (size.Months > 0, slide.Months > 0) switch
            {
                (true, true) => size.Months % slide.Months == 0,
                (true, false) => day % slide.Units == 0,
                (false, true) => false,
                _ => size.Units % slide.Units == 0,
            };
            if (!fits)
            {
                _diagnostics.Report(SqlRules.InvalidWindowSize, slide.Span, "step", size.Months > 0 && slide.Months == 0 ? "a day, or a whole number of it in a day, where its size is in months" : "such that its size is a multiple of it");
            }

            return fits;
        }

        if (size.Months > 0 == slide.Months > 0)
        {
            return true;
        }

        _diagnostics.Report(SqlRules.InvalidWindowSize, slide.Span, "slide", size.Months > 0 ? "in months, as its size is" : "of fixed length, as its size is");
        return false;
    }

    /// <summary>A constant time zone, by its name or offset.</summary>
    private string? Zone(ExpressionSyntax syntax)
    {
        if (ReadsColumn(syntax))
        {
            _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, "The time zone of a window", ", such as 'Europe/Berlin'");
            return null;
        }

        BoundExpression? bound = new ExpressionBinder(NameScope.Empty, _diagnostics) { Clause = "a window's time zone" }.Bind(syntax);
        if (bound is null)
        {
            return null;
        }

        if (ConstantFolding.Fold(bound) is not BoundLiteral { Value: string name } literal)
        {
            _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, "The time zone of a window", ", such as 'Europe/Berlin'");
            return null;
        }

        string? known = ZoneFunctions.Known(literal, _diagnostics);
        return known is "UTC" or "Etc/UTC" or "GMT" or "Etc/GMT" ? "+00:00" : known;
    }

    private GroupWindow? Session(BoundColumn time, Dictionary<string, WindowLength> values, string? zone, int count, TextSpan span, long lag)
    {
        if (!values.TryGetValue("GAP", out WindowLength gap) || zone is not null)
        {
            return WrongCount("SESSION", count, span);
        }

        return IsFixed(gap, "a gap") && InRange(gap.Units, "gap", gap.Span, time.Type)
            ? new GroupWindow(new WindowSpec(WindowKind.Session, time, gap.Units, gap.Units, EventTime.Epoch(time.Type), EventTime.UnitsPerMillisecond(time.Type)), time.Type, span, lag)
            : null;
    }

    private GroupWindow? WrongCount(string function, int count, TextSpan span)
    {
        string takes = function switch
        {
            "TUMBLE" => "a time column, a size and maybe an offset",
            "SESSION" => "a time column and a gap",
            _ => $"a time column, a {(function == "HOP" ? "slide" : "step")}, a size and maybe an offset",
        };
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
        long panes = spec.PaneMonths > 0 && spec.Calendar!.SizeMonths > 0 ? spec.Panes : Math.Max(spec.Size, spec.Slide) / spec.PaneSize;
        if (panes > MaxPanes)
        {
            if (spec.Kind == WindowKind.Cumulate)
            {
                _diagnostics.Report(SqlRules.InvalidWindowSize, span, "step", $"at least a {MaxPanes.ToString("N0", CultureInfo.InvariantCulture)}th of its size");
                return false;
            }

            string most = $"made of at most {MaxPanes.ToString("N0", CultureInfo.InvariantCulture)} panes (the greatest common divisor of size and slide); these give {panes.ToString("N0", CultureInfo.InvariantCulture)}";
            _diagnostics.Report(SqlRules.InvalidWindowSize, span, "slide", most);
            return false;
        }

        if (spec.Panes > ManyPanes && spec.Kind != WindowKind.Cumulate && !_warned)
        {
            _warned = true;
            _diagnostics.Report(SqlRules.ManyPanes, span, spec.Panes.ToString(CultureInfo.InvariantCulture), PlanText.Length(spec.PaneSize, spec));
        }

        return true;
    }

    /// <summary>A constant interval above zero, in the unit of a time column.</summary>
    public long? Span(ExpressionSyntax syntax, string what, SqlType time) =>
        Length(syntax, what, time) is { } length && IsFixed(length, what) && InRange(length.Units, what, syntax.Span, time) ? length.Units : null;

    private bool IsFixed(WindowLength length, string what)
    {
        if (length.Months == 0)
        {
            return true;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, length.Span, $"{what} in months and years");
        return false;
    }

    /// <summary>A constant interval, or for BIGINT time a constant number of milliseconds, in the column's unit.</summary>
    private WindowLength? Length(ExpressionSyntax syntax, string what, SqlType time)
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
                return new WindowLength(ticks / unit, 0, syntax.Span);
            case BoundLiteral { Value: long, Type.Kind: SqlTypeKind.IntervalDayTime }:
                _diagnostics.Report(SqlRules.InvalidWindowSize, syntax.Span, what, "whole milliseconds, as the BIGINT time column counts them");
                return null;
            case BoundLiteral { Value: int or long, Type.IsInteger: true } literal when !time.IsTimestamp:
                return new WindowLength(Convert.ToInt64(literal.Value, CultureInfo.InvariantCulture), 0, syntax.Span);
            case BoundLiteral { Value: int months, Type.Kind: SqlTypeKind.IntervalYearMonth }:
                return what == "offset" ? new WindowLength(0, months, syntax.Span) : new WindowLength(months * (MonthTicks / unit), months, syntax.Span);
            case BoundLiteral { Value: int or long or decimal } number:
                string seconds = $"INTERVAL '{Convert.ToString(number.Value, CultureInfo.InvariantCulture)}' SECOND";
                _diagnostics.Add(new SqlDiagnostic(SqlRules.ConstantRequired, syntax.Span, $"The {what} of a window", $" INTERVAL, such as {seconds}") { Suggestion = seconds });
                return null;
            default:
                _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, $"The {what}{(what.Contains(" ") ? string.Empty : " of a window")}", ", such as INTERVAL '10' SECOND");
                return null;
        }
    }

    /// <summary>A size, slide, step or offset.</summary>
    /// <param name="Units">In the unit of the time column; of months the longest they are.</param>
    /// <param name="Months">0: it is of fixed length.</param>
    /// <param name="Span">Where it stands.</param>
    private readonly record struct WindowLength(long Units, int Months, TextSpan Span);

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

        if (_relation.IsLate)
        {
            _diagnostics.Report(SqlRules.WindowOverLateRows, time.Span, _relation.Name, time.Name);
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
