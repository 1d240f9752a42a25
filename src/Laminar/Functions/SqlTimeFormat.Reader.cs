using System.Globalization;

namespace Laminar.Functions;

/// <content>Text as times.</content>
public sealed partial class SqlTimeFormat
{
    /// <summary>
    /// Reads one text. A number takes as many digits as its part has, or all that follow where the format goes on with something else; signs between the
    /// parts stand for each other, and space before a part is skipped, as in PostgreSQL. What the format doesn't name is that of 0001-01-01 00:00:00.
    /// </summary>
    private ref struct Reader(string text)
    {
        private int _at;
        private int _year = 1;
        private int _month = 1;
        private int _day = 1;
        private int _dayOfYear;
        private int _julian;
        private int _hour;
        private bool _isHour12;
        private bool _isAfternoon;
        private int _minute;
        private int _second;
        private int _secondOfDay = -1;
        private long _fraction;
        private int _zoneSign;
        private int _zoneMinutes;

        public long Read(TimeElement[] elements)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                if (elements[i].Part == TimePart.Text)
                {
                    Skip(elements[i].Text);
                    continue;
                }

                while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                {
                    _at++;
                }

                if (_at == text.Length)
                {
                    throw Wrong();
                }

                Take(elements[i], IsNumber(elements, i + 1));
            }

            return Result();
        }

        private static bool IsNumber(TimeElement[] elements, int index) =>
            index < elements.Length && elements[index].Part is not (TimePart.Text or TimePart.MonthName or TimePart.MonthShort or TimePart.DayName or TimePart.DayShort or TimePart.HalfDay or TimePart.Era);

        private void Skip(string plain)
        {
            foreach (char c in plain)
            {
                if (_at < text.Length && (text[_at] == c || (!char.IsLetterOrDigit(c) && !char.IsLetterOrDigit(text[_at]))))
                {
                    _at++;
                }
                else if (char.IsLetterOrDigit(c))
                {
                    throw Wrong();
                }
            }
        }

        private void Take(TimeElement element, bool isNumberNext)
        {
            int start = _at;
            switch (element.Part)
            {
                case TimePart.Year:
                    int year = Number(isNumberNext ? Math.Max(1, element.Width) : 9);
                    int digits = _at - start;

                    // Two digits are the year nearest to 2020, as in PostgreSQL.
                    _year = element.Width == 4 || element.Width == 0 || digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year;
                    break;
                case TimePart.Month:
                    _month = Number(isNumberNext ? 2 : 9);
                    break;
                case TimePart.MonthName or TimePart.MonthShort:
                    _month = Name(DateTimeFormatInfo.InvariantInfo.MonthNames, DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames) + 1;
                    break;
                case TimePart.DayName or TimePart.DayShort:
                    Name(DateTimeFormatInfo.InvariantInfo.DayNames, DateTimeFormatInfo.InvariantInfo.AbbreviatedDayNames);
                    break;
                case TimePart.Day:
                    _day = Number(isNumberNext ? 2 : 9);
                    break;
                case TimePart.DayOfYear:
                    _dayOfYear = Number(isNumberNext ? 3 : 9);
                    break;
                case TimePart.Julian:
                    _julian = Number(9);
                    break;
                case TimePart.Hour24:
                    _hour = Number(isNumberNext ? 2 : 9);
                    break;
                case TimePart.Hour12:
                    _hour = Number(isNumberNext ? 2 : 9);
                    _isHour12 = true;
                    break;
                case TimePart.Minute:
                    _minute = Number(isNumberNext ? 2 : 9);
                    break;
                case TimePart.Second:
                    _second = Number(isNumberNext ? 2 : 9);
                    break;
                case TimePart.SecondOfDay:
                    _secondOfDay = Number(5);
                    break;
                case TimePart.Fraction:
                    long fraction = Number(Math.Min(element.Width, 9));
                    _fraction = (long)(fraction * Math.Pow(10, 7 - (_at - start)));
                    break;
                case TimePart.HalfDay:
                    _isAfternoon = Name(["AM", "PM", "A.M.", "P.M."], []) % 2 == 1;
                    break;
                case TimePart.Era:
                    Name(["AD", "A.D."], []);
                    break;
                case TimePart.Quarter or TimePart.DayOfWeek or TimePart.IsoDayOfWeek:
                    Number(1);
                    break;
                case TimePart.ZoneHours or TimePart.ZoneOffset:
                    Zone(element.Part == TimePart.ZoneOffset);
                    break;
                case TimePart.ZoneMinutes:
                    _zoneMinutes += Number(2) * _zoneSign;
                    break;
                default:
                    throw new LaminarException($"A time can be printed as {element.Part}, not read from it.");
            }
        }

        private void Zone(bool withMinutes)
        {
            if (withMinutes && text[_at] is 'Z' or 'z')
            {
                _at++;
                return;
            }

            _zoneSign = text[_at] switch { '+' => 1, '-' => -1, _ => throw Wrong() };
            _at++;
            _zoneMinutes = Number(2) * 60 * _zoneSign;
            if (withMinutes && _at < text.Length && (text[_at] == ':' || char.IsAsciiDigit(text[_at])))
            {
                _at += text[_at] == ':' ? 1 : 0;
                _zoneMinutes += Number(2) * _zoneSign;
            }
        }

        private int Number(int most)
        {
            int start = _at;
            int value = 0;
            while (_at < text.Length && _at - start < most && char.IsAsciiDigit(text[_at]))
            {
                value = (value * 10) + text[_at++] - '0';
            }

            return _at > start ? value : throw Wrong();
        }

        private int Name(string[] names, string[] brief)
        {
            foreach (string[] known in (string[][])[names, brief])
            {
                for (int i = 0; i < known.Length; i++)
                {
                    if (known[i].Length > 0 && string.Compare(text, _at, known[i], 0, known[i].Length, StringComparison.OrdinalIgnoreCase) == 0)
                    {
                        _at += known[i].Length;
                        return i;
                    }
                }
            }

            throw Wrong();
        }

        private readonly long Result()
        {
            if (_isHour12 && _hour is < 1 or > 12)
            {
                throw Wrong();
            }

            int hour = _isHour12 ? (_hour % 12) + (_isAfternoon ? 12 : 0) : _hour;
            bool isDate = _year is >= 1 and <= 9999 && _month is >= 1 and <= 12 && _day >= 1 && _day <= DateTime.DaysInMonth(_year, _month)
                && _dayOfYear <= (DateTime.IsLeapYear(_year) ? 366 : 365);
            if (!isDate || hour > 23 || _minute > 59 || _second > 59 || _secondOfDay >= 86_400)
            {
                throw Wrong();
            }

            long date = _julian > 0 ? (_julian - 1_721_426L) * TimeSpan.TicksPerDay
                : _dayOfYear > 0 ? new DateTime(_year, 1, 1).AddDays(_dayOfYear - 1).Ticks
                : new DateTime(_year, _month, _day).Ticks;
            long clock = _secondOfDay >= 0 ? _secondOfDay * TimeSpan.TicksPerSecond : new TimeSpan(hour, _minute, _second).Ticks;
            return SqlTime.Checked(date + clock + _fraction - (_zoneMinutes * TimeSpan.TicksPerMinute));
        }

        private readonly LaminarException Wrong() => new($"'{(text.Length <= 60 ? text : text[..60] + "...")}' doesn't follow the format at character {_at + 1}.");
    }
}
