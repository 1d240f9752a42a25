using System;
using System.Collections.Generic;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What a <c>WindowLayout</c> says of windows that aren't all of one length, or are the beginnings of spans.</summary>
internal static class WindowLayoutEmitter
{
    public static void Add(List<string> values, WindowSpec window, bool hasTotals)
    {
        bool isCumulating = window.Kind == WindowKind.Cumulate;
        if (isCumulating)
        {
            values.Add("IsCumulating = true");
        }

        if (hasTotals)
        {
            values.Add("HasTotals = true");
        }

        if (window.Calendar is { } calendar)
        {
            values.Add($"Calendar = {Unit(window, calendar, window.PaneMonths, window.PaneSize)}");
            if (isCumulating)
            {
                values.Add($"Spans = {Unit(window, calendar, calendar.SizeMonths, window.Size)}");
            }
        }
    }

    /// <summary>A layout for where windows lie, and no more.</summary>
    public static string Line(WindowSpec window, string queryName)
    {
        var values = new List<string>
        {
            $"QueryName = {Identifiers.Literal(queryName)}",
            "Fingerprint = \"\"",
            $"Size = {Identifiers.Literal(window.Size)}",
            $"Slide = {Identifiers.Literal(window.Slide)}",
            $"PaneSize = {Identifiers.Literal(window.PaneSize)}",
            $"Origin = {Identifiers.Literal(window.Origin)}",
            $"Gap = {Identifiers.Literal(window.WindowTimeGap)}",
            $"Panes = {window.Panes}",
            $"PanesPerSlide = {window.PanesPerSlide}",
        };
        Add(values, window, hasTotals: false);
        return $"new Execution::WindowLine(new Execution::WindowLayout {{ {string.Join(", ", values)} }})";
    }

    private static string Unit(WindowSpec window, WindowCalendar calendar, int months, long units)
    {
        long ticks = TimeSpan.TicksPerMillisecond / window.UnitsPerMillisecond;
        var values = new List<string>();
        if (months > 0)
        {
            values.Add($"Months = {months}");
        }
        else
        {
            values.Add($"Ticks = {Identifiers.Literal(units * ticks)}");
        }

        void AddIf(bool applies, string value)
        {
            if (applies)
            {
                values.Add(value);
            }
        }

        long origin = (calendar.Origin * ticks) + (months > 0 ? 0 : EventTime.UnixEpochTicks);
        AddIf(months > 0 && calendar.OriginMonths != 0, $"MonthOrigin = {calendar.OriginMonths}");
        AddIf(origin != 0, $"Origin = {Identifiers.Literal(origin)}");
        AddIf(calendar.Zone is not null, $"Zone = {Identifiers.Literal(calendar.Zone ?? "")}");
        AddIf(window.UnitsPerMillisecond == 1, "IsMilliseconds = true");
        AddIf(calendar.Shift != 0, $"Shift = {Identifiers.Literal(calendar.Shift)}");
        return $"new() {{ {string.Join(", ", values)} }}";
    }
}
