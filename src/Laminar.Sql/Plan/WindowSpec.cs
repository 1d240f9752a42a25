using Laminar.Sql.Binding;

namespace Laminar.Sql.Plan;

public enum WindowKind
{
    Tumble,
    Hop,

    /// <summary>The beginnings of spans: of the span's start and of each number of whole steps.</summary>
    Cumulate,

    /// <summary>All of time: GROUP BY without a window. It ends with the input.</summary>
    Whole,

    /// <summary>Rows of a key less than a gap apart: [first, last + gap). Size and slide are the gap.</summary>
    Session,
}

/// <summary>
/// A time window. All times are in the time column's own unit: ticks of 100 ns for TIMESTAMP, milliseconds for BIGINT.
/// Windows are [start, end), start = floor((ts - Offset) / Slide) * Slide + Offset and its predecessors; floor also before the epoch.
/// Starts are aligned to 1970-01-01T00:00:00Z: for ticks, <see cref="Origin"/> holds the ticks of that instant plus the offset.
/// CUMULATE has spans of Size, and windows from a span's start to each multiple of Slide in it. With a <see cref="Calendar"/>, lengths are by the clock,
/// and those in months are here as their longest.
/// </summary>
/// <param name="Kind">Tumble: Slide = Size.</param>
/// <param name="Time">The event time, in the input's columns.</param>
/// <param name="Size">Length of a window, above 0.</param>
/// <param name="Slide">Distance of starts, above 0.</param>
/// <param name="Origin">A start of some window: epoch plus offset, in the column's unit.</param>
/// <param name="UnitsPerMillisecond">10,000 for ticks, 1 for BIGINT milliseconds.</param>
public sealed record WindowSpec(WindowKind Kind, BoundExpression Time, long Size, long Slide, long Origin, long UnitsPerMillisecond)
{
    /// <summary>All of time as one window. Its bounds are nobody's to read.</summary>
    /// <param name="time">What FIRST_VALUE and its like go by.</param>
    public static WindowSpec Whole(BoundExpression time) => new(WindowKind.Whole, time, long.MaxValue, long.MaxValue, 0, Streaming.EventTime.UnitsPerMillisecond(time.Type));

    /// <summary>
    /// What lies between a window's end and its window_time: one microsecond, or one millisecond for BIGINT (there is nothing smaller).
    /// </summary>
    public long WindowTimeGap => UnitsPerMillisecond == 1 ? 1 : UnitsPerMillisecond / 1000;

    /// <summary>Windows by months or by the clock of a zone; null: all are of one length.</summary>
    public WindowCalendar? Calendar { get; init; }

    /// <summary>No window is longer: a clock that is set back makes some longer than <see cref="Size"/>.</summary>
    public long LongestSize => Calendar?.Zone is null ? Size : Size + (2 * 86_400_000 * UnitsPerMillisecond);

    /// <summary>Width of a pane: the greatest common divisor of size and slide; of CUMULATE the step.</summary>
    public long PaneSize => Kind == WindowKind.Cumulate ? Slide : Divisor(Size, Slide);

    /// <summary>The same in months; 0: it isn't.</summary>
    public int PaneMonths => Calendar is null ? 0 : Kind == WindowKind.Cumulate ? Calendar.SlideMonths : (int)Divisor(Calendar.SizeMonths, Calendar.SlideMonths);

    /// <summary>How many panes cover one window; of CUMULATE the longest, about.</summary>
    public long Panes => PaneMonths > 0 && Calendar!.SizeMonths > 0 ? Calendar.SizeMonths / PaneMonths : Size / PaneSize;

    /// <summary>How many panes lie between the starts of two windows.</summary>
    public long PanesPerSlide => PaneMonths > 0 ? Calendar!.SlideMonths / PaneMonths : Slide / PaneSize;

    private static long Divisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
