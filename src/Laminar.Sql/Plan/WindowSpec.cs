using Laminar.Sql.Binding;

namespace Laminar.Sql.Plan;

public enum WindowKind
{
    Tumble,
    Hop,

    /// <summary>All of time: GROUP BY without a window. It ends with the input.</summary>
    Whole,
}

/// <summary>
/// A time window. All times are in the time column's own unit: ticks of 100 ns for TIMESTAMP, milliseconds for BIGINT.
/// Windows are [start, end), start = floor((ts - Offset) / Slide) * Slide + Offset and its predecessors; floor also before the epoch.
/// Starts are aligned to 1970-01-01T00:00:00Z: for ticks, <see cref="Origin"/> holds the ticks of that instant plus the offset.
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

    /// <summary>Width of a pane: the greatest common divisor of size and slide.</summary>
    public long PaneSize
    {
        get
        {
            long a = Size, b = Slide;
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            return a;
        }
    }
}
