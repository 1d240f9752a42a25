namespace Laminar.Functions;

/// <content>Differences in units of the calendar, bins, times made of their parts.</content>
public static partial class SqlTime
{
    /// <summary>How many bounds of a unit (whole multiples of it since 0001-01-01) lie between two times, the later included.</summary>
    public static long UnitsBetween(long from, long to, long unit) => (to / unit) - (from / unit);

    /// <summary>Whole weeks from date to date, towards zero, as in DuckDB: where weeks begin doesn't matter.</summary>
    public static long WeeksBetween(long from, long to) => UnitsBetween(from, to, TimeSpan.TicksPerDay) / 7;

    /// <summary>Bounds of units of months, which begin with a year.</summary>
    public static long MonthsBetween(long from, long to, int months) => (MonthOf(to) / months) - (MonthOf(from) / months);

    /// <summary>Whole units that have passed, towards zero.</summary>
    public static long UnitsPassed(long from, long to, long unit) => (to - from) / unit;

    /// <summary>Whole units of months that have passed, towards zero: the month is full at the same day and time of day.</summary>
    public static long MonthsPassed(long from, long to, int months)
    {
        long passed = MonthOf(to) - MonthOf(from);
        long intoFrom = IntoMonth(from), intoTo = IntoMonth(to);
        passed -= passed > 0 && intoTo < intoFrom ? 1 : 0;
        passed += passed < 0 && intoTo > intoFrom ? 1 : 0;
        return passed / months;
    }

    /// <summary>Down to a whole number of strides from an origin.</summary>
    /// <exception cref="LaminarException">The stride is zero or negative.</exception>
    public static long Bin(long stride, long timestamp, long origin) =>
        stride > 0 ? Checked(WindowStart(timestamp, stride, origin)) : throw new LaminarException("DATE_BIN takes a stride above zero.");

    /// <summary>Down to the first day of a number of years: 10 (2020), 100 (2001), 1000 (2001), as in PostgreSQL.</summary>
    public static long TruncateYears(long timestamp, int years)
    {
        int year = new DateTime(timestamp).Year;
        int first = years == 10 ? year / 10 * 10 : ((year - 1) / years * years) + 1;
        return first > 0 ? new DateTime(first, 1, 1).Ticks : throw OutOfRange();
    }

    /// <summary>A timestamp of its parts; the seconds are rounded to a microsecond.</summary>
    /// <exception cref="LaminarException">A part is out of range.</exception>
    public static long Make(int year, int month, int day, int hour, int minute, double second)
    {
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || !(second is >= 0 and < 60))
        {
            throw new LaminarException("MAKE_TIMESTAMP takes an hour from 0 to 23, a minute from 0 to 59 and a second from 0 to below 60.");
        }

        long clock = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + ((long)Math.Round(second * 1e6) * TimeSpan.TicksPerMicrosecond);
        return Checked((MakeDate(year, month, day) * TimeSpan.TicksPerDay) + clock);
    }

    /// <summary>Microseconds since 1970 to a timestamp.</summary>
    public static long FromMicroseconds(long microseconds) => Checked(checked((microseconds * TimeSpan.TicksPerMicrosecond) + UnixEpochTicks));

    /// <summary>A date of its parts.</summary>
    /// <exception cref="LaminarException">There is no such day in the years 0001 to 9999.</exception>
    public static int MakeDate(int year, int month, int day) => year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
        ? new DateOnly(year, month, day).DayNumber
        : throw new LaminarException("There is no such day in the years 0001 to 9999.");

    /// <summary>Months since 0000-01.</summary>
    private static long MonthOf(long timestamp)
    {
        DateTime time = new(timestamp);
        return (time.Year * 12L) + time.Month - 1;
    }

    private static long IntoMonth(long timestamp)
    {
        DateTime time = new(timestamp);
        return ((time.Day - 1) * TimeSpan.TicksPerDay) + time.TimeOfDay.Ticks;
    }
}
