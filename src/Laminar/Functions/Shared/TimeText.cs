// Compiled into Laminar (run time) and Laminar.Sql (constants at build time), so that both read a text the same way. C# for netstandard2.0.
using System;
using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>
/// Dates, times and intervals as text. Timestamps are <c>2020-01-01 00:00:00[.fffffff]</c>, also with T, without seconds, with <c>Z</c> or an
/// offset, which TIMESTAMPTZ converts by and TIMESTAMP ignores (as PostgreSQL and DuckDB do); more than 7 digits of a second are cut. Years are
/// 0001 to 9999.
/// </summary>
internal static class TimeText
{
    public static bool TryDate(string text, out int days)
    {
        days = 0;
        if (!TryTimestamp(text, out long ticks))
        {
            return false;
        }

        days = (int)(ticks / TimeSpan.TicksPerDay);
        return true;
    }

    /// <summary>A TIMESTAMP: the clock as written.</summary>
    public static bool TryTimestamp(string text, out long ticks) => TryTimestamp(text, out ticks, out _);

    /// <summary>A TIMESTAMPTZ: the instant in UTC.</summary>
    public static bool TryTimestampTz(string text, out long ticks)
    {
        bool read = TryTimestamp(text, out ticks, out long offset);
        ticks -= offset;
        return read && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    public static bool TryTime(string text, out long ticks)
    {
        string trimmed = text.Trim();
        int at = 0;
        return TimeOfDay(trimmed, ref at, out ticks) && at == trimmed.Length;
    }

    /// <summary><c>1 day 2 hours</c>, <c>-3 months</c>, <c>1 day 02:03:04.5</c>. Months and ticks are apart.</summary>
    public static bool TryInterval(string text, out long months, out long ticks)
    {
        months = 0;
        ticks = 0;
        string[] words = text.Split(new[] { ' ', '\t', '\n', '\r' }, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return false;
        }

        try
        {
            for (int i = 0; i < words.Length; i++)
            {
                if (words[i].IndexOf(':') > 0)
                {
                    bool negative = words[i][0] == '-';
                    string clock = negative || words[i][0] == '+' ? words[i].Substring(1) : words[i];
                    if (!TryClock(clock, out long part))
                    {
                        return false;
                    }

                    ticks = checked(ticks + (negative ? -part : part));
                    continue;
                }

                int unitAt = 0;
                while (unitAt < words[i].Length && !char.IsLetter(words[i][unitAt]))
                {
                    unitAt++;
                }

                string number = words[i].Substring(0, unitAt);
                string unit = unitAt < words[i].Length ? words[i].Substring(unitAt) : i + 1 < words.Length ? words[++i] : string.Empty;
                if (!decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
                    || !TryUnit(unit, out long unitMonths, out long unitTicks))
                {
                    return false;
                }

                months = checked(months + (long)(count * unitMonths));
                ticks = checked(ticks + (long)decimal.Round(count * unitTicks));
            }
        }
        catch (OverflowException)
        {
            return false;
        }

        return true;
    }

    /// <summary>A unit of time, singular or plural, any case: its length in months or in ticks (the other is 0).</summary>
    public static bool TryUnit(string unit, out long months, out long ticks)
    {
        months = 0;
        ticks = 0;
        string name = unit.ToUpperInvariant();
        if (name.Length > 2 && name[name.Length - 1] == 'S' && name != "MS" && name != "US")
        {
            name = name.Substring(0, name.Length - 1);
        }

        switch (name)
        {
            case "MILLENNIUM": months = 12000; return true;
            case "CENTURY": months = 1200; return true;
            case "DECADE": months = 120; return true;
            case "YEAR" or "YR" or "Y": months = 12; return true;
            case "QUARTER": months = 3; return true;
            case "MONTH" or "MON": months = 1; return true;
            case "WEEK" or "W": ticks = 7 * TimeSpan.TicksPerDay; return true;
            case "DAY" or "D": ticks = TimeSpan.TicksPerDay; return true;
            case "HOUR" or "HR" or "H": ticks = TimeSpan.TicksPerHour; return true;
            case "MINUTE" or "MIN" or "M": ticks = TimeSpan.TicksPerMinute; return true;
            case "SECOND" or "SEC" or "S": ticks = TimeSpan.TicksPerSecond; return true;
            case "MILLISECOND" or "MS" or "MSEC": ticks = TimeSpan.TicksPerMillisecond; return true;
            case "MICROSECOND" or "US" or "USEC": ticks = TimeSpan.TicksPerMillisecond / 1000; return true;
            default: return false;
        }
    }

    /// <summary><c>2020-01-31</c>.</summary>
    public static string Date(int days) => new DateTime(days * TimeSpan.TicksPerDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>2020-01-31 23:59:59[.fffffff]</c>, no trailing zeros.</summary>
    public static string Timestamp(long ticks)
    {
        var time = new DateTime(ticks);
        string text = time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return text + Fraction(ticks % TimeSpan.TicksPerSecond);
    }

    /// <summary><c>23:59:59[.fffffff]</c>.</summary>
    public static string Time(long ticks) => Clock(ticks);

    /// <summary><c>1 day 02:03:04</c>, <c>-00:00:05</c>, as PostgreSQL prints them.</summary>
    public static string Interval(long ticks)
    {
        long days = ticks / TimeSpan.TicksPerDay;
        long rest = ticks % TimeSpan.TicksPerDay;
        var text = new StringBuilder();
        if (days != 0)
        {
            text.Append(days.ToString(CultureInfo.InvariantCulture)).Append(days == 1 ? " day" : " days");
        }

        if (rest != 0 || days == 0)
        {
            text.Append(days != 0 ? " " : string.Empty).Append(rest < 0 ? "-" : string.Empty).Append(Clock(Math.Abs(rest)));
        }

        return text.ToString();
    }

    /// <summary><c>1 year 2 mons</c>, as PostgreSQL prints them; no months are <c>00:00:00</c>.</summary>
    public static string Months(int months)
    {
        int years = months / 12;
        int rest = months % 12;
        string text = years == 0 ? string.Empty : years.ToString(CultureInfo.InvariantCulture) + (years == 1 ? " year" : " years");
        if (rest != 0)
        {
            text += (text.Length > 0 ? " " : string.Empty) + rest.ToString(CultureInfo.InvariantCulture) + (rest == 1 ? " mon" : " mons");
        }

        return text.Length == 0 ? "00:00:00" : text;
    }

    /// <summary><c>[H]H:MM[:SS[.f]]</c> without a limit on hours.</summary>
    public static bool TryClock(string text, out long ticks)
    {
        ticks = 0;
        string[] parts = text.Split(':');
        if (parts.Length < 2 || parts.Length > 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long hours) || hours > 200_000_000
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long minutes) || minutes > 59)
        {
            return false;
        }

        decimal seconds = 0;
        if (parts.Length == 3 && (!decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds) || seconds >= 60))
        {
            return false;
        }

        ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    /// <summary>An offset such as <c>+02:00</c> or <c>-5</c>, east of UTC, of at most 14 hours.</summary>
    public static bool TryOffset(string text, out long offset)
    {
        int at = 0;
        offset = 0;
        return text.Length > 0 && text[0] is '+' or '-' && Zone(text, ref at, out offset) && at == text.Length && Math.Abs(offset) <= 14 * TimeSpan.TicksPerHour;
    }

    private static bool TryTimestamp(string text, out long ticks, out long offset)
    {
        ticks = 0;
        offset = 0;
        string s = text.Trim();
        int at = 0;
        if (!Number(s, ref at, 4, 4, out int year) || !Skip(s, ref at, '-') || !Number(s, ref at, 1, 2, out int month) || !Skip(s, ref at, '-')
            || !Number(s, ref at, 1, 2, out int day))
        {
            return false;
        }

        if (year < 1 || month < 1 || month > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        ticks = new DateTime(year, month, day).Ticks;
        if (at == s.Length)
        {
            return true;
        }

        if (s[at] != ' ' && s[at] != 'T' && s[at] != 't')
        {
            return false;
        }

        at++;
        if (!TimeOfDay(s, ref at, out long time))
        {
            return false;
        }

        ticks += time;
        return Zone(s, ref at, out offset) && at == s.Length;
    }

    private static bool TimeOfDay(string s, ref int at, out long ticks)
    {
        ticks = 0;
        if (!Number(s, ref at, 1, 2, out int hour) || hour > 23 || !Skip(s, ref at, ':') || !Number(s, ref at, 2, 2, out int minute) || minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (!Skip(s, ref at, ':'))
        {
            return true;
        }

        if (!Number(s, ref at, 2, 2, out int second) || second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        if (!Skip(s, ref at, '.'))
        {
            return true;
        }

        int start = at;
        long unit = TimeSpan.TicksPerSecond;
        while (at < s.Length && s[at] >= '0' && s[at] <= '9')
        {
            unit /= 10;
            ticks += (s[at] - '0') * unit;
            at++;
        }

        return at > start;
    }

    private static bool Zone(string s, ref int at, out long offset)
    {
        offset = 0;
        while (at < s.Length && s[at] == ' ')
        {
            at++;
        }

        if (at == s.Length)
        {
            return true;
        }

        if (s[at] == 'Z' || s[at] == 'z')
        {
            at++;
            return true;
        }

        if (string.Compare(s, at, "UTC", 0, 3, StringComparison.OrdinalIgnoreCase) == 0 && s.Length - at == 3)
        {
            at += 3;
            return true;
        }

        bool negative = s[at] == '-';
        if (!negative && s[at] != '+')
        {
            return false;
        }

        at++;
        if (!Number(s, ref at, 1, 2, out int hours) || hours > 18)
        {
            return false;
        }

        int minutes = 0;
        if (at < s.Length)
        {
            Skip(s, ref at, ':');
            if (!Number(s, ref at, 2, 2, out minutes) || minutes > 59)
            {
                return false;
            }
        }

        offset = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (negative ? -1 : 1);
        return true;
    }

    private static bool Number(string s, ref int at, int least, int most, out int value)
    {
        value = 0;
        int start = at;
        while (at < s.Length && at - start < most && s[at] >= '0' && s[at] <= '9')
        {
            value = (value * 10) + (s[at] - '0');
            at++;
        }

        return at - start >= least;
    }

    private static bool Skip(string s, ref int at, char c)
    {
        if (at < s.Length && s[at] == c)
        {
            at++;
            return true;
        }

        return false;
    }

    private static string Clock(long ticks)
    {
        long hours = ticks / TimeSpan.TicksPerHour;
        long minutes = ticks / TimeSpan.TicksPerMinute % 60;
        long seconds = ticks / TimeSpan.TicksPerSecond % 60;
        return hours.ToString("00", CultureInfo.InvariantCulture) + ":" + minutes.ToString("00", CultureInfo.InvariantCulture) + ":"
            + seconds.ToString("00", CultureInfo.InvariantCulture) + Fraction(ticks % TimeSpan.TicksPerSecond);
    }

    private static string Fraction(long ticks) =>
        ticks == 0 ? string.Empty : "." + ticks.ToString("0000000", CultureInfo.InvariantCulture).TrimEnd('0');
}
