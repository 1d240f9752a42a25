using System.Globalization;
using System.Runtime.CompilerServices;

namespace Laminar.Functions;

/// <summary>
/// Dates and times in their CLR forms: TIMESTAMP and TIME as ticks of 100 ns, DATE as days since 0001-01-01, INTERVAL as ticks or months.
/// A timestamp beyond the years 0001 to 9999 raises <see cref="OverflowException"/>.
/// </summary>
public static partial class SqlTime
{
    private const long UnixEpochTicks = 621_355_968_000_000_000;
    private const long MaxTicks = 3_155_378_975_999_999_999;
    private const int MaxDays = 3_652_058;

    /// <summary>The time of a clock.</summary>
    public static long Now(TimeProvider clock) => clock.GetUtcNow().UtcTicks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long AddTicks(long timestamp, long interval) => Checked(checked(timestamp + interval));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SubtractTicks(long timestamp, long interval) => Checked(checked(timestamp - interval));

    /// <summary>The same day of another month, or its last day.</summary>
    public static long AddMonths(long timestamp, int months)
    {
        DateTime time = new(timestamp);
        long month = ((long)time.Year * 12) + time.Month - 1 + months;
        if (month is < 12 or > 119_999)
        {
            throw OutOfRange();
        }

        int year = (int)(month / 12), of = (int)(month % 12) + 1;
        return new DateTime(year, of, Math.Min(time.Day, DateTime.DaysInMonth(year, of))).Ticks + time.TimeOfDay.Ticks;
    }

    /// <inheritdoc cref="AddMonths"/>
    public static long SubtractMonths(long timestamp, int months) => AddMonths(timestamp, checked(-months));

    /// <summary>a - b in ticks.</summary>
    public static long Difference(long a, long b) => a - b;

    public static int AddDays(int date, int days) => CheckedDate(checked(date + days));

    public static int SubtractDays(int date, int days) => CheckedDate(checked(date - days));

    /// <summary>a - b in days.</summary>
    public static int DaysBetween(int a, int b) => a - b;

    /// <summary>A time of day, wrapping at midnight.</summary>
    public static long AddToTime(long time, long interval) => Wrap(time + (interval % TimeSpan.TicksPerDay));

    /// <inheritdoc cref="AddToTime"/>
    public static long SubtractFromTime(long time, long interval) => Wrap(time - (interval % TimeSpan.TicksPerDay));

    public static long MultiplyInterval(long interval, long factor) => checked(interval * factor);

    /// <summary>Rounded to a tick, half to even.</summary>
    public static long MultiplyInterval(long interval, double factor) => ToTicks(interval * factor);

    public static int MultiplyMonths(int months, long factor) => checked((int)(months * factor));

    /// <summary>Cut to whole months.</summary>
    public static int MultiplyMonths(int months, double factor)
    {
        double product = Math.Truncate(months * factor);
        return product is >= int.MinValue and <= int.MaxValue ? (int)product : throw new OverflowException("The interval is out of range.");
    }

    /// <summary>Rounded to a tick, half to even.</summary>
    /// <exception cref="DivideByZeroException">The divisor is 0.</exception>
    public static long DivideInterval(long interval, double divisor) => divisor == 0 ? throw new DivideByZeroException() : ToTicks(interval / divisor);

    /// <summary>The start of the tumbling window that holds a time: floor((time - origin) / size) * size + origin, in the time's own unit.</summary>
    public static long WindowStart(long time, long size, long origin)
    {
        long ahead = (time - origin) % size;
        return time - (ahead < 0 ? ahead + size : ahead);
    }

    /// <summary>Down to a whole multiple of a unit since 0001-01-01, which was a Monday.</summary>
    public static long Truncate(long timestamp, long unit) => timestamp - (timestamp % unit);

    /// <summary>Down to the first day of a group of months of its year: 1 month, 3 quarter, 12 year.</summary>
    public static long TruncateMonths(long timestamp, int months)
    {
        DateTime time = new(timestamp);
        int month = (time.Month - 1) / months * months;
        return new DateTime(time.Year, month + 1, 1).Ticks;
    }

    /// <summary>Seconds since 1970 to a timestamp.</summary>
    public static long FromSeconds(long seconds) => Checked(checked((seconds * TimeSpan.TicksPerSecond) + UnixEpochTicks));

    /// <summary>Seconds since 1970 to a timestamp, rounded to a microsecond (a DOUBLE holds no more near now).</summary>
    public static long FromSeconds(double seconds)
    {
        double micros = Math.Round(seconds * 1e6);
        return double.IsFinite(micros) && Math.Abs(micros) < 4e17 ? Checked(((long)micros * 10) + UnixEpochTicks) : throw OutOfRange();
    }

    /// <summary>Milliseconds since 1970 to a timestamp.</summary>
    public static long FromMilliseconds(long milliseconds) => Checked(checked((milliseconds * TimeSpan.TicksPerMillisecond) + UnixEpochTicks));

    /// <summary>Milliseconds since 1970, by floor.</summary>
    public static long ToMilliseconds(long timestamp) => FloorDivide(timestamp - UnixEpochTicks, TimeSpan.TicksPerMillisecond);

    /// <summary>Seconds since 1970, by floor.</summary>
    public static long ToSeconds(long timestamp) => FloorDivide(timestamp - UnixEpochTicks, TimeSpan.TicksPerSecond);

    /// <summary>The last day of a timestamp's month.</summary>
    public static int LastDay(long timestamp)
    {
        DateTime time = new(timestamp);
        return LastDayOf(time.Year, time.Month);
    }

    /// <summary>The last day of a date's month.</summary>
    public static int LastDayOfDate(int date)
    {
        DateOnly day = DateOnly.FromDayNumber(date);
        return LastDayOf(day.Year, day.Month);
    }

    internal static long Checked(long ticks) => (ulong)ticks <= MaxTicks ? ticks : throw OutOfRange();

    private static int CheckedDate(int days) => (uint)days <= MaxDays ? days : throw new OverflowException("The date is beyond the years 0001 to 9999.");

    private static int LastDayOf(int year, int month) => new DateOnly(year, month, DateTime.DaysInMonth(year, month)).DayNumber;

    private static long Wrap(long ticks) => ticks < 0 ? ticks + TimeSpan.TicksPerDay : ticks % TimeSpan.TicksPerDay;

    private static long ToTicks(double ticks) =>
        Math.Abs(ticks) < 9.2e18 ? (long)Math.Round(ticks) : throw new OverflowException("The interval is out of range.");

    private static long FloorDivide(long value, long by)
    {
        long quotient = value / by;
        return value % by < 0 ? quotient - 1 : quotient;
    }

    private static OverflowException OutOfRange() => new("The timestamp is beyond the years 0001 to 9999.");
}
