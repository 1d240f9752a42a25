using System.Globalization;

namespace Laminar.Functions;

/// <content>EXTRACT. Fields of the clock take TIME, TIMESTAMP and INTERVAL alike, since all are ticks.</content>
public static partial class SqlTime
{
    public static long Year(long timestamp) => new DateTime(timestamp).Year;

    public static long Quarter(long timestamp) => ((new DateTime(timestamp).Month - 1) / 3) + 1;

    public static long Month(long timestamp) => new DateTime(timestamp).Month;

    /// <summary>ISO 8601 week.</summary>
    public static long Week(long timestamp) => ISOWeek.GetWeekOfYear(new DateTime(timestamp));

    /// <summary>The year of the ISO 8601 week.</summary>
    public static long IsoYear(long timestamp) => ISOWeek.GetYear(new DateTime(timestamp));

    public static long Day(long timestamp) => new DateTime(timestamp).Day;

    /// <summary>Sunday is 0.</summary>
    public static long DayOfWeek(long timestamp) => (int)new DateTime(timestamp).DayOfWeek;

    /// <summary>Monday is 1, Sunday 7.</summary>
    public static long IsoDayOfWeek(long timestamp) => DayOfWeek(timestamp) is 0 ? 7 : DayOfWeek(timestamp);

    public static long DayOfYear(long timestamp) => new DateTime(timestamp).DayOfYear;

    public static long Decade(long timestamp) => new DateTime(timestamp).Year / 10;

    /// <summary>The 20th century ended with the year 2000.</summary>
    public static long Century(long timestamp) => (new DateTime(timestamp).Year + 99) / 100;

    /// <summary>The third millennium began with the year 2001.</summary>
    public static long Millennium(long timestamp) => (new DateTime(timestamp).Year + 999) / 1000;

    public static long Hour(long ticks) => ticks / TimeSpan.TicksPerHour % 24;

    public static long Minute(long ticks) => ticks / TimeSpan.TicksPerMinute % 60;

    /// <summary>Whole seconds, as in DuckDB.</summary>
    public static long Second(long ticks) => ticks / TimeSpan.TicksPerSecond % 60;

    /// <summary>Milliseconds within the minute, seconds included.</summary>
    public static long Millisecond(long ticks) => ticks / TimeSpan.TicksPerMillisecond % 60_000;

    /// <summary>Microseconds within the minute, seconds included.</summary>
    public static long Microsecond(long ticks) => ticks / TimeSpan.TicksPerMicrosecond % 60_000_000;

    /// <summary>Seconds since 1970 with fraction.</summary>
    public static double Epoch(long timestamp) => (timestamp - UnixEpochTicks) / TimeSpan.TicksPerMicrosecond / 1e6;

    /// <summary>Whole days of an interval.</summary>
    public static long IntervalDays(long interval) => interval / TimeSpan.TicksPerDay;

    /// <summary>An interval or time of day in seconds with fraction.</summary>
    public static double IntervalSeconds(long interval) => (double)interval / TimeSpan.TicksPerSecond;

    /// <summary>Whole years of a year-month interval.</summary>
    public static long MonthsYear(int months) => months / 12;

    /// <summary>Months of a year-month interval beside its whole years.</summary>
    public static long MonthsMonth(int months) => months % 12;
}
