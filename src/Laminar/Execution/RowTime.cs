using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>C# date types as generated code reads them out of rows: <see cref="DateTimeKind.Local"/> is converted, unspecified is UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTime
{
    private const ulong TicksMask = 0x3FFF_FFFF_FFFF_FFFF;
    private const ulong UtcBit = 0x4000_0000_0000_0000;
    private const long MaxTicks = 3_155_378_975_999_999_999;

    /// <summary>Ticks of 100 ns since 0001-01-01 UTC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToTicks(DateTime value)
    {
        // The two highest bits of a DateTime are its kind, and only the local kinds have the highest: one comparison instead of a decoded kind.
        ulong bits = Unsafe.BitCast<DateTime, ulong>(value);
        return (long)bits >= 0 ? (long)(bits & TicksMask) : LocalToTicks(value);
    }

    /// <summary>
    /// The ticks of a UTC or unspecified time; of a local one a negative number that no pane holds, so that comparing with a pane also tells
    /// whether <see cref="ToTicks(DateTime)"/> has to be asked.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Stored(DateTime value) => (long)(Unsafe.BitCast<DateTime, ulong>(value) & ~UtcBit);

    /// <summary>Milliseconds since 1970 UTC, floored.</summary>
    public static long ToMilliseconds(DateTime value) => (ToTicks(value) / TimeSpan.TicksPerMillisecond) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerMillisecond);

    /// <inheritdoc cref="ToTicks(DateTime)"/>
    public static long ToTicks(DateTimeOffset value) => value.UtcTicks;

    /// <summary>The instant as a UTC <see cref="DateTime"/>.</summary>
    /// <exception cref="OverflowException">Before the year 1 or after 9999.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DateTime FromTicks(long ticks)
    {
        if ((ulong)ticks > (ulong)MaxTicks)
        {
            ThrowRange();
        }

        return Unsafe.BitCast<ulong, DateTime>((ulong)ticks | UtcBit);
    }

    /// <summary><see cref="FromTicks"/> of what is known to be in range, because a <see cref="DateTime"/> held it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DateTime OfTicks(long ticks) => Unsafe.BitCast<ulong, DateTime>((ulong)ticks | UtcBit);

    /// <summary>The same instant with <see cref="DateTimeKind.Utc"/>.</summary>
    public static DateTime ToUtc(DateTime value) => value.Kind switch
    {
        DateTimeKind.Utc => value,
        DateTimeKind.Local => value.ToUniversalTime(),
        _ => DateTime.SpecifyKind(value, DateTimeKind.Utc),
    };

    /// <summary>A watermark: <paramref name="delayTicks"/> before the instant, in ticks; may lie before the year 1.</summary>
    public static long Before(DateTime time, long delayTicks) => ToTicks(time) - delayTicks;

    /// <inheritdoc cref="Before(DateTime, long)"/>
    public static long Before(DateTimeOffset time, long delayTicks) => time.UtcTicks - delayTicks;

    /// <summary>
    /// A watermark over BIGINT milliseconds. A time that no window can hold is an error row and moves nothing: one such row must not close
    /// every window.
    /// </summary>
    public static long Before(long timeMs, long delayMs) =>
        timeMs is > State.PaneMath.Limit or < -State.PaneMath.Limit ? long.MinValue : timeMs - delayMs;

    /// <summary>A window for messages: <c>[2024-01-02T09:00:00Z, 2024-01-02T09:01:00Z)</c>.</summary>
    public static string Window(long start, long end) => $"[{Text(start)}, {Text(end)})";

    private static string Text(long ticks) =>
        (ulong)ticks > (ulong)MaxTicks ? ticks.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : new DateTime(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static long LocalToTicks(DateTime value) => value.ToUniversalTime().Ticks;

    private static void ThrowRange() => throw new OverflowException("A timestamp lies before the year 1 or after 9999.");
}
