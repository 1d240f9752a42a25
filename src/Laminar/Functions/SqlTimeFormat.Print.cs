using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <content>Times as text.</content>
public sealed partial class SqlTimeFormat
{
    private static readonly string[] RomanMonths = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

    private string Print(DateTime time)
    {
        var text = new StringBuilder();
        foreach (TimeElement element in _elements)
        {
            Append(text, element, time);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, TimeElement element, DateTime time)
    {
        DateTimeFormatInfo names = DateTimeFormatInfo.InvariantInfo;
        switch (element.Part)
        {
            case TimePart.Text:
            case TimePart.ZoneOffset when element.Text.Length > 0:
                text.Append(element.Text);
                break;
            case TimePart.MonthName:
                Name(names.GetMonthName(time.Month));
                break;
            case TimePart.MonthShort:
                Name(names.GetAbbreviatedMonthName(time.Month));
                break;
            case TimePart.MonthRoman:
                Name(RomanMonths[time.Month - 1]);
                break;
            case TimePart.DayName:
                Name(names.GetDayName(time.DayOfWeek));
                break;
            case TimePart.DayShort:
                Name(names.GetAbbreviatedDayName(time.DayOfWeek));
                break;
            case TimePart.HalfDay:
                Name((time.Hour < 12 ? "A" : "P") + element.Text + "M" + element.Text);
                break;
            case TimePart.Era:
                Name("A" + element.Text + "D" + element.Text);
                break;
            case TimePart.ZoneName:
                Name("UTC");
                break;
            case TimePart.ZoneHours or TimePart.ZoneOffset:
                text.Append("+00");
                break;
            case TimePart.ZoneMinutes:
                text.Append("00");
                break;
            case TimePart.Fraction:
                text.Append((time.Ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture).PadRight(Math.Max(7, element.Width), '0'), 0, element.Width);
                break;
            case TimePart.YearWithComma:
                text.Append((time.Year / 1000).ToString(CultureInfo.InvariantCulture)).Append(',').Append((time.Year % 1000).ToString("D3", CultureInfo.InvariantCulture));
                break;
            default:
                int start = text.Length;
                text.Append(Digits(Number(element.Part, time), element));
                Ordinal(text, element.Ordinal, text[^1] - '0', text.Length - start > 1 && text[^2] == '1');
                break;
        }

        void Name(string name) => text.Append((element.Style switch { 'U' => name.ToUpperInvariant(), 'L' => name.ToLowerInvariant(), _ => name }).PadRight(element.Width));
    }

    private static string Digits(int number, TimeElement element)
    {
        bool isLast = element.Part is TimePart.Year or TimePart.IsoYear && element.Width is > 0 and < 4;
        int shown = isLast ? number % (element.Width == 1 ? 10 : element.Width == 2 ? 100 : 1000) : number;
        return shown.ToString("D" + Math.Max(1, element.Width).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static void Ordinal(StringBuilder text, string written, int last, bool isTeen)
    {
        if (written.Length > 0)
        {
            string ordinal = isTeen ? "th" : last switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
            text.Append(char.IsUpper(written[0]) ? ordinal.ToUpperInvariant() : ordinal);
        }
    }

    private static int Number(TimePart part, DateTime time) => part switch
    {
        TimePart.Year => time.Year,
        TimePart.IsoYear => ISOWeek.GetYear(time),
        TimePart.Century => (time.Year + 99) / 100,
        TimePart.Quarter => ((time.Month - 1) / 3) + 1,
        TimePart.Month => time.Month,
        TimePart.WeekOfYear => ((time.DayOfYear - 1) / 7) + 1,
        TimePart.WeekOfMonth => ((time.Day - 1) / 7) + 1,
        TimePart.IsoWeek => ISOWeek.GetWeekOfYear(time),
        TimePart.Day => time.Day,
        TimePart.DayOfYear => time.DayOfYear,
        TimePart.IsoDayOfYear => (((ISOWeek.GetWeekOfYear(time) - 1) * 7) + IsoDay(time)),
        TimePart.DayOfWeek => (int)time.DayOfWeek + 1,
        TimePart.IsoDayOfWeek => IsoDay(time),

        // Julian day 1,721,426 is 0001-01-01.
        TimePart.Julian => 1_721_426 + (int)(time.Ticks / TimeSpan.TicksPerDay),
        TimePart.Hour24 => time.Hour,
        TimePart.Hour12 => ((time.Hour + 11) % 12) + 1,
        TimePart.Minute => time.Minute,
        TimePart.Second => time.Second,
        _ => (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerSecond),
    };

    private static int IsoDay(DateTime time) => time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek;
}
