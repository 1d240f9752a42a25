// Compiled into Laminar (run time) and Laminar.Sql (constant formats at build time), so that both read a format the same way. C# for netstandard2.0.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Functions;

/// <summary>What a piece of a time format stands for.</summary>
internal enum TimePart
{
    Text,
    Year,

    /// <summary>With a comma behind the thousands.</summary>
    YearWithComma,
    IsoYear,
    Century,
    Era,
    Quarter,
    Month,
    MonthName,
    MonthShort,
    MonthRoman,
    WeekOfYear,
    WeekOfMonth,
    IsoWeek,
    Day,
    DayOfYear,
    IsoDayOfYear,

    /// <summary>Sunday is 1.</summary>
    DayOfWeek,

    /// <summary>Monday is 1.</summary>
    IsoDayOfWeek,
    DayName,
    DayShort,
    Julian,
    Hour24,
    Hour12,
    Minute,
    Second,
    Fraction,
    SecondOfDay,
    HalfDay,
    ZoneName,
    ZoneHours,
    ZoneMinutes,
    ZoneOffset,
}

/// <summary>One piece of a time format.</summary>
/// <param name="Part">What it stands for.</param>
/// <param name="Width">Digits (zeros in front), or for names the width that spaces fill; 0 for neither; for a year 1 to 3 for only its last digits.</param>
/// <param name="Text">Plain text, the word of the zone for UTC, or what stands between A and M: a point or nothing.</param>
/// <param name="Style">Letter case of names: U upper, C capital, L lower.</param>
internal readonly record struct TimeElement(TimePart Part, int Width, string Text = "", char Style = 'C')
{
    /// <summary>An English ordinal's letters behind the number: TH, th, or nothing.</summary>
    public string Ordinal { get; init; } = string.Empty;
}

/// <summary>Formats of times: those of PostgreSQL (<c>YYYY-MM-DD HH24:MI:SS</c>) and of Java (<c>yyyy-MM-dd HH:mm:ss</c>).</summary>
internal static class TimePattern
{
    private static readonly (string Key, TimePart Part, int Width)[] PostgresKeys =
    {
        ("Y,YYY", TimePart.YearWithComma, 4), ("YYYY", TimePart.Year, 4), ("YYY", TimePart.Year, 3), ("YY", TimePart.Year, 2), ("Y", TimePart.Year, 1),
        ("IYYY", TimePart.IsoYear, 4), ("IYY", TimePart.IsoYear, 3), ("IY", TimePart.IsoYear, 2), ("IDDD", TimePart.IsoDayOfYear, 3), ("ID", TimePart.IsoDayOfWeek, 1),
        ("IW", TimePart.IsoWeek, 2), ("I", TimePart.IsoYear, 1), ("CC", TimePart.Century, 2), ("Q", TimePart.Quarter, 1),
        ("MONTH", TimePart.MonthName, 9), ("MON", TimePart.MonthShort, 3), ("MM", TimePart.Month, 2), ("MI", TimePart.Minute, 2), ("MS", TimePart.Fraction, 3), ("RM", TimePart.MonthRoman, 4),
        ("WW", TimePart.WeekOfYear, 2), ("W", TimePart.WeekOfMonth, 1), ("DDD", TimePart.DayOfYear, 3), ("DD", TimePart.Day, 2), ("DAY", TimePart.DayName, 9), ("DY", TimePart.DayShort, 3),
        ("D", TimePart.DayOfWeek, 1), ("J", TimePart.Julian, 1), ("HH24", TimePart.Hour24, 2), ("HH12", TimePart.Hour12, 2), ("HH", TimePart.Hour12, 2),
        ("SSSSS", TimePart.SecondOfDay, 1), ("SSSS", TimePart.SecondOfDay, 1), ("SS", TimePart.Second, 2), ("US", TimePart.Fraction, 6),
        ("FF1", TimePart.Fraction, 1), ("FF2", TimePart.Fraction, 2), ("FF3", TimePart.Fraction, 3), ("FF4", TimePart.Fraction, 4), ("FF5", TimePart.Fraction, 5), ("FF6", TimePart.Fraction, 6),
        ("A.M.", TimePart.HalfDay, 0), ("P.M.", TimePart.HalfDay, 0), ("AM", TimePart.HalfDay, 0), ("PM", TimePart.HalfDay, 0),
        ("A.D.", TimePart.Era, 0), ("B.C.", TimePart.Era, 0), ("AD", TimePart.Era, 0), ("BC", TimePart.Era, 0),
        ("TZH", TimePart.ZoneHours, 0), ("TZM", TimePart.ZoneMinutes, 0), ("TZ", TimePart.ZoneName, 0), ("OF", TimePart.ZoneOffset, 0),
    };

    private static readonly Dictionary<char, (TimePart Part, TimePart? Name, TimePart? Short)> JavaLetters = new()
    {
        ['y'] = (TimePart.Year, null, null), ['u'] = (TimePart.Year, null, null), ['M'] = (TimePart.Month, TimePart.MonthName, TimePart.MonthShort),
        ['L'] = (TimePart.Month, TimePart.MonthName, TimePart.MonthShort), ['d'] = (TimePart.Day, null, null), ['D'] = (TimePart.DayOfYear, null, null),
        ['E'] = (TimePart.DayShort, TimePart.DayName, TimePart.DayShort), ['Q'] = (TimePart.Quarter, null, null), ['H'] = (TimePart.Hour24, null, null), ['h'] = (TimePart.Hour12, null, null),
        ['m'] = (TimePart.Minute, null, null), ['s'] = (TimePart.Second, null, null), ['S'] = (TimePart.Fraction, null, null), ['a'] = (TimePart.HalfDay, null, null),
    };

    /// <summary>A format of PostgreSQL's TO_CHAR, letter case ignored but in names.</summary>
    /// <exception cref="ArgumentException">Month and minutes are mixed up: the message says how.</exception>
    public static TimeElement[] Postgres(string format)
    {
        var elements = new List<TimeElement>();
        bool isBare = false;
        int at = 0;
        while (at < format.Length)
        {
            if (format[at] == '"')
            {
                int end = format.IndexOf('"', at + 1);
                end = end < 0 ? format.Length : end;
                Append(elements, format.Substring(at + 1, end - at - 1));
                at = end + 1;
                continue;
            }

            if (Is(format, at, "FM") || Is(format, at, "FX") || Is(format, at, "TM"))
            {
                isBare |= !Is(format, at, "FX");
                at += 2;
                continue;
            }

            (string Key, TimePart Part, int Width) found = PostgresKeys.FirstOrDefault(k => Is(format, at, k.Key));
            if (found.Key is null)
            {
                Append(elements, format[at] == '\\' && at + 1 < format.Length ? format[++at].ToString() : format[at].ToString());
                at++;
                continue;
            }

            string written = format.Substring(at, found.Key.Length);
            at += found.Key.Length;
            bool isName = found.Part is TimePart.MonthName or TimePart.MonthShort or TimePart.DayName or TimePart.DayShort;
            string ordinal = !isName && Is(format, at, "TH") ? format.Substring(at, 2) : string.Empty;
            at += ordinal.Length;
            char style = char.IsLower(written[0]) ? 'L' : written.Length > 1 && char.IsLower(written[1]) ? 'C' : 'U';
            bool isLastDigits = found.Part is TimePart.Year or TimePart.IsoYear && found.Width < 4;
            int width = isBare && !isLastDigits && found.Part != TimePart.Fraction ? 0 : found.Width;
            elements.Add(new TimeElement(found.Part, width, found.Key.IndexOf('.') > 0 ? "." : string.Empty, style) { Ordinal = ordinal });
            isBare = false;
        }

        if (elements.Count(e => e.Part == TimePart.Month) > 1)
        {
            throw new ArgumentException("MM is the month, whatever its letter case, and stands there twice; minutes are MI");
        }

        return elements.ToArray();
    }

    /// <summary>A format of Java's <c>DateTimeFormatter</c>.</summary>
    /// <exception cref="ArgumentException">A letter without meaning: the message says which.</exception>
    public static TimeElement[] Java(string format)
    {
        var elements = new List<TimeElement>();
        int at = 0;
        while (at < format.Length)
        {
            char c = format[at];
            if (c == '\'')
            {
                int end = format.IndexOf('\'', at + 1);
                end = end < 0 ? throw new ArgumentException("a quotation mark isn't closed") : end;
                Append(elements, end == at + 1 ? "'" : format.Substring(at + 1, end - at - 1));
                at = end + 1;
                continue;
            }

            int count = 1;
            while (at + count < format.Length && format[at + count] == c)
            {
                count++;
            }

            at += count;
            if (!(c is >= 'a' and <= 'z' or >= 'A' and <= 'Z'))
            {
                Append(elements, new string(c, count));
            }
            else if (c is 'X' or 'x' or 'Z' or 'z' or 'V')
            {
                elements.Add(new TimeElement(TimePart.ZoneOffset, 0, c switch { 'X' => "Z", 'x' => count < 3 ? "+0000".Substring(0, count == 1 ? 3 : 5) : "+00:00", 'Z' => "+0000", _ => "UTC" }));
            }
            else if (JavaLetters.TryGetValue(c, out (TimePart Part, TimePart? Name, TimePart? Short) known))
            {
                elements.Add(count >= 4 && known.Name is { } name ? new TimeElement(name, 0)
                    : count == 3 && known.Short is { } brief ? new TimeElement(brief, 0)
                    : new TimeElement(known.Part, known.Part is TimePart.Year && count != 2 ? 4 : known.Part == TimePart.DayShort ? 0 : count, string.Empty, known.Part == TimePart.HalfDay ? 'U' : 'C'));
            }
            else
            {
                throw new ArgumentException($"the letter {c} stands for nothing; text goes between quotation marks (')");
            }
        }

        return elements.ToArray();
    }

    private static bool Is(string format, int at, string key) => string.Compare(format, at, key, 0, key.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static void Append(List<TimeElement> elements, string text)
    {
        if (elements.Count > 0 && elements[elements.Count - 1] is { Part: TimePart.Text } last)
        {
            elements[elements.Count - 1] = last with { Text = last.Text + text };
        }
        else if (text.Length > 0)
        {
            elements.Add(new TimeElement(TimePart.Text, 0, text));
        }
    }
}
