using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Where windows begin and end. Times are in the unit of the event-time column.</summary>
internal sealed class WindowMath(WindowSpec spec, long lag)
{
    public long Size { get; } = spec.Size;

    public long Slide { get; } = spec.Slide;

    /// <summary>All of time is one window.</summary>
    public bool IsWhole { get; } = spec.Kind == WindowKind.Whole;

    public long Gap { get; } = spec.WindowTimeGap;

    /// <summary>The end of the window that starts at a time.</summary>
    public long EndOf(long start) => IsWhole ? long.MaxValue : start + Size;

    /// <summary>The watermark as it counts for windows on this time column: the column may lie <c>lag</c> behind.</summary>
    public long Effective(long watermark) =>
        watermark == long.MaxValue || watermark < long.MinValue + lag ? watermark : watermark - lag;

    /// <summary>The starts of the first and the last window that hold a time; none when first is above last (slide above size).</summary>
    /// <exception cref="OverflowException">A window's bounds don't fit 64 bits. Bounds outside the years 1 to 9999 fail where they are put out.</exception>
    public (long First, long Last) Around(long time)
    {
        if (IsWhole)
        {
            return (0, 0);
        }

        long last = checked((FloorDivide(checked(time - spec.Origin), Slide) * Slide) + spec.Origin);
        if (last + Size <= time)
        {
            return (last, last - 1);
        }

        long first = last;
        while (checked(first - Slide) > time - Size)
        {
            first -= Slide;
        }

        _ = checked(last + Size);
        return (first, last);
    }

    /// <summary>The output watermark when every window with an end up to <paramref name="watermark"/> has closed.</summary>
    public long OutputWatermark(long watermark)
    {
        if (IsWhole || watermark is long.MinValue or long.MaxValue)
        {
            return watermark;
        }

        Int128 origin = (Int128)spec.Origin + Size;
        Int128 steps = FloorDivide(watermark - origin, Slide) + 1;
        Int128 end = origin + (steps * Slide) - Gap;
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
