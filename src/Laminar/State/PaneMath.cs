using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>Integer arithmetic of windows. Divisors are constants in generated code, so that the JIT multiplies instead.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PaneMath
{
    /// <summary>Times beyond this are refused, so that window bounds never overflow. Ticks never come near it.</summary>
    public const long Limit = 1L << 62;

    /// <summary>floor(a / b) for b above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDivide(long a, long b)
    {
        long quotient = a / b;
        return quotient + ((a - (quotient * b)) >> 63);
    }

    /// <summary>The first window end after <paramref name="watermark"/>.</summary>
    /// <param name="watermark">In the unit of the window.</param>
    /// <param name="anyEnd">The end of some window.</param>
    /// <param name="slide">Distance of ends.</param>
    public static long NextEnd(long watermark, long anyEnd, long slide) =>
        watermark is > Limit or < -Limit ? (watermark > 0 ? long.MaxValue : long.MinValue)
            : anyEnd + ((FloorDivide(watermark - anyEnd, slide) + 1) * slide);

    /// <summary>A time and a span; the end or the beginning of time where that is beyond it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long AddSaturated(long time, long span) => span >= 0
        ? (time > long.MaxValue - span ? long.MaxValue : time + span)
        : (time < long.MinValue - span ? long.MinValue : time + span);

    /// <summary>Refuses a time that no window can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckTime(long time)
    {
        if ((ulong)(time + Limit) > (ulong)(2 * (Limit - 1)))
        {
            ThrowTime(time);
        }
    }

    private static void ThrowTime(long time) => throw new LaminarException($"The event time {time} is out of range: no window can hold it.");
}
