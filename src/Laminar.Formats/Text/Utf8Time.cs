using System.Runtime.CompilerServices;

namespace Laminar.Formats;

/// <summary>Dates and times from and to UTF-8 text.</summary>
public static class Utf8Time
{
    /// <summary>Bytes that any of the writers here needs at most.</summary>
    public const int MaxLength = 40;

    /// <summary>
    /// ISO 8601: <c>yyyy-MM-dd</c>, then optionally <c>T</c> or a space and <c>HH:mm[:ss[.f...]]</c>, then optionally <c>Z</c> or <c>+HH[:mm]</c>.
    /// Digits beyond 100 ns are cut.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isInstant">Whether an offset is converted by (TIMESTAMPTZ); otherwise it is ignored (TIMESTAMP). Without one it is UTC.</param>
    /// <param name="ticks">UTC, as in <see cref="DateTime.Ticks"/>.</param>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, bool isInstant, out long ticks)
    {
        ticks = 0;
        if (!TryDays(text, out int days))
        {
            return false;
        }

        ticks = days * TimeSpan.TicksPerDay;
        if (text.Length == 10)
        {
            return true;
        }

        if (text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryClock(text[11..], out long clock, out int used))
        {
            return false;
        }

        ticks += clock;
        ReadOnlySpan<byte> zone = text[(11 + used)..];
        if (zone.Length == 0 || (zone.Length == 1 && zone[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        if (!TryOffset(zone, out long offset))
        {
            return false;
        }

        ticks -= isInstant ? offset : 0;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary><c>yyyy-MM-dd</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        if (text.Length == 10 && TryDays(text, out int days))
        {
            date = DateOnly.FromDayNumber(days);
            return true;
        }

        date = default;
        return false;
    }

    /// <summary><c>HH:mm[:ss[.f...]]</c>.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out TimeOnly time)
    {
        if (TryClock(text, out long ticks, out int used) && used == text.Length)
        {
            time = new TimeOnly(ticks);
            return true;
        }

        time = default;
        return false;
    }

    /// <summary><c>[-][d.]HH:mm[:ss[.f...]]</c>, as .NET writes a <see cref="TimeSpan"/>.</summary>
    public static bool TryInterval(ReadOnlySpan<byte> text, out TimeSpan interval)
    {
        Span<char> chars = stackalloc char[MaxLength];
        if (text.Length is 0 or > MaxLength || !text.Contains((byte)':') || System.Text.Ascii.ToUtf16(text, chars, out int length) != System.Buffers.OperationStatus.Done)
        {
            interval = default;
            return false;
        }

        return TimeSpan.TryParse(chars[..length], System.Globalization.CultureInfo.InvariantCulture, out interval);
    }

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ss[.fffffff]Z</c>, without trailing zeros in the fraction. Local times are converted.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteTimestamp(DateTime value, Span<byte> to)
    {
        DateTime utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        int at = WriteDate(DateOnly.FromDateTime(utc), to);
        to[at++] = (byte)'T';
        at += WriteTime(TimeOnly.FromDateTime(utc), to[at..]);
        to[at++] = (byte)'Z';
        return at;
    }

    /// <summary>Writes <c>yyyy-MM-dd</c>.</summary>
    public static int WriteDate(DateOnly value, Span<byte> to)
    {
        value.Deconstruct(out int year, out int month, out int day);
        Four(year, to);
        to[4] = (byte)'-';
        Two(month, to[5..]);
        to[7] = (byte)'-';
        Two(day, to[8..]);
        return 10;
    }

    /// <summary>Writes <c>HH:mm:ss[.fffffff]</c>, without trailing zeros in the fraction.</summary>
    public static int WriteTime(TimeOnly value, Span<byte> to)
    {
        long ticks = value.Ticks;
        int seconds = (int)(ticks / TimeSpan.TicksPerSecond);
        int fraction = (int)(ticks % TimeSpan.TicksPerSecond);
        Two(seconds / 3600, to);
        to[2] = (byte)':';
        Two(seconds / 60 % 60, to[3..]);
        to[5] = (byte)':';
        Two(seconds % 60, to[6..]);
        if (fraction == 0)
        {
            return 8;
        }

        to[8] = (byte)'.';
        int digits = 7;
        while (fraction % 10 == 0)
        {
            fraction /= 10;
            digits--;
        }

        for (int i = digits; i > 0; i--)
        {
            to[8 + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        return 9 + digits;
    }

    /// <summary>Writes <c>[-][d.]HH:mm:ss[.fffffff]</c>.</summary>
    public static int WriteInterval(TimeSpan value, Span<byte> to)
    {
        value.TryFormat(to, out int written, "c", System.Globalization.CultureInfo.InvariantCulture);
        return written;
    }

    private static bool TryDays(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        int high = Pair(text, 0);
        int low = Pair(text, 2);
        int month = Pair(text, 5);
        int day = Pair(text, 8);
        int year = (high * 100) + low;
        if ((high | low | month | day) < 0 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber;
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long ticks, out int used)
    {
        ticks = 0;
        used = 5;
        if (text.Length < 5 || text[2] != ':')
        {
            return false;
        }

        int hour = Pair(text, 0);
        int minute = Pair(text, 3);
        if ((uint)hour > 23 || (uint)minute > 59)
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        if (text.Length < 6 || text[5] != ':')
        {
            return true;
        }

        int second = text.Length >= 8 ? Pair(text, 6) : -1;
        if ((uint)second > 59)
        {
            return false;
        }

        ticks += second * TimeSpan.TicksPerSecond;
        used = 8;
        if (text.Length == 8 || text[8] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        long unit = TimeSpan.TicksPerSecond / 10;
        int at = 9;
        for (; at < text.Length && (uint)text[at] - '0' <= 9; at++)
        {
            ticks += (text[at] - '0') * unit;
            unit /= 10;
        }

        used = at;
        return at > 9;
    }

    private static bool TryOffset(ReadOnlySpan<byte> zone, out long ticks)
    {
        ticks = 0;
        if (zone.Length is not (3 or 5 or 6) || zone[0] is not ((byte)'+' or (byte)'-') || (zone.Length == 6 && zone[3] != ':'))
        {
            return false;
        }

        int hours = Pair(zone, 1);
        int minutes = zone.Length == 3 ? 0 : Pair(zone, zone.Length - 2);
        if ((uint)hours > 18 || (uint)minutes > 59)
        {
            return false;
        }

        ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute);
        ticks = zone[0] == '-' ? -ticks : ticks;
        return true;
    }

    /// <summary>Two digits, or a negative number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Pair(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : int.MinValue;
    }

    private static void Two(int value, Span<byte> to)
    {
        to[0] = (byte)('0' + (value / 10));
        to[1] = (byte)('0' + (value % 10));
    }

    private static void Four(int value, Span<byte> to)
    {
        Two(value / 100, to);
        Two(value % 100, to[2..]);
    }
}
