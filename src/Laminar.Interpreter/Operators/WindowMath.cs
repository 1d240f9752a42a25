using Laminar.Execution;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Which windows there are, by number in order of their ends, and where they begin and end. Times are in the unit of the event-time column.</summary>
internal sealed class WindowMath
{
    private readonly WindowSpec _spec;
    private readonly long _lag;
    private readonly CalendarWindows? _calendar;

    public WindowMath(WindowSpec spec, long lag)
    {
        _spec = spec;
        _lag = lag;
        _calendar = spec.Calendar is null ? null : new CalendarWindows(spec);
        IsWhole = spec.Kind == WindowKind.Whole;
        Gap = spec.WindowTimeGap;
    }

    /// <summary>All of time is one window, number 0.</summary>
    public bool IsWhole { get; }

    /// <summary>Length of a window; of a session the gap.</summary>
    public long Size => _spec.Size;

    public long Gap { get; }

    private bool IsCumulating => _spec.Kind == WindowKind.Cumulate;

    /// <summary>Where a window begins.</summary>
    public long StartOf(long window) =>
        IsWhole ? 0
        : _calendar is not null ? _calendar.StartOf(window)
        : IsCumulating ? (FloorDivide(window * _spec.Slide, _spec.Size) * _spec.Size) + _spec.Origin
        : (window * _spec.Slide) + _spec.Origin;

    /// <summary>Where it ends.</summary>
    public long EndOf(long window) =>
        IsWhole ? long.MaxValue
        : _calendar is not null ? _calendar.EndOf(window)
        : (window * _spec.Slide) + _spec.Origin + (IsCumulating ? _spec.Slide : _spec.Size);

    /// <summary>The watermark as it counts for windows on this time column: the column may lie <c>lag</c> behind.</summary>
    public long Effective(long watermark) =>
        watermark == long.MaxValue || watermark < long.MinValue + _lag ? watermark : watermark - _lag;

    /// <summary>The first and the last window that hold a time; none when first is above last (slide above size).</summary>
    /// <exception cref="OverflowException">A window's bounds don't fit 64 bits. Bounds outside the years 1 to 9999 fail where they are put out.</exception>
    public (long First, long Last) Around(long time)
    {
        if (IsWhole)
        {
            return (0, 0);
        }

        if (_spec.Kind == WindowKind.Session)
        {
            _ = checked(time + Size);
            return (time, time);
        }

        if (_calendar is not null)
        {
            return _calendar.Around(time);
        }

        long last = FloorDivide(checked(time - _spec.Origin), _spec.Slide);
        long first = last;
        if (IsCumulating)
        {
            // All that end behind the time in its span.
            while (StartOf(last + 1) <= time)
            {
                last++;
            }

            _ = checked(StartOf(first) + _spec.Size);
            return (first, last);
        }

        if (EndOf(last) <= time)
        {
            return (last, last - 1);
        }

        while (checked(StartOf(first) - _spec.Slide) > time - _spec.Size)
        {
            first--;
        }

        _ = checked(StartOf(last) + _spec.Size);
        return (first, last);
    }

    /// <summary>
    /// Whether a window is the one before it again: where a clock is set forward over the next step of a span, that step ends with it.
    /// </summary>
    public bool IsRepeated(long window) => IsCumulating && _calendar is not null && EndOf(window) == EndOf(window - 1);

    /// <summary>The output watermark when every window with an end up to <paramref name="watermark"/> has closed.</summary>
    public long OutputWatermark(long watermark)
    {
        if (IsWhole || watermark is long.MinValue or long.MaxValue)
        {
            return watermark;
        }

        if (_calendar is not null)
        {
            return _calendar.EndAfter(watermark) is { } next ? next - Gap : watermark > 0 ? long.MaxValue - 1 : long.MinValue;
        }

        Int128 origin = (Int128)_spec.Origin + (IsCumulating ? _spec.Slide : _spec.Size);
        Int128 steps = FloorDivide(watermark - origin, _spec.Slide) + 1;
        Int128 end = origin + (steps * _spec.Slide) - Gap;
        return end >= long.MaxValue ? long.MaxValue - 1 : end <= long.MinValue ? long.MinValue : (long)end;
    }

    private static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    private static Int128 FloorDivide(Int128 value, Int128 divisor)
    {
        (Int128 quotient, Int128 rest) = Int128.DivRem(value, divisor);
        return rest < 0 ? quotient - 1 : quotient;
    }
}
