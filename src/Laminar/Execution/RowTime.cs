using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>C# date types as generated code reads them out of rows: <see cref="DateTimeKind.Local"/> is converted, unspecified is UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTime
{
    /// <summary>Ticks of 100 ns since 0001-01-01 UTC.</summary>
    public static long ToTicks(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks;

    /// <inheritdoc cref="ToTicks(DateTime)"/>
    public static long ToTicks(DateTimeOffset value) => value.UtcTicks;

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

    /// <summary>A watermark over BIGINT milliseconds; stops at <see cref="long.MinValue"/> instead of wrapping.</summary>
    public static long Before(long timeMs, long delayMs) => timeMs < long.MinValue + delayMs ? long.MinValue : timeMs - delayMs;
}
