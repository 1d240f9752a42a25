using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>
/// CAST where C# doesn't convert by itself. Out of range raises <see cref="OverflowException"/>, unreadable text <see cref="LaminarException"/>;
/// the <c>Try</c> forms give NULL instead. DOUBLE to an integer rounds half to even, as PostgreSQL and DuckDB both do; DECIMAL to an integer
/// half away from zero, as both do. Text reads and prints as in PostgreSQL.
/// </summary>
public static partial class SqlCast
{
    private const int MaxTextLength = 60;

    public static bool ToBoolean(long value) => value != 0;

    public static bool ToBoolean(ulong value) => value != 0;

    public static bool ToBoolean(string value) => TryToBoolean(value) ?? throw Unreadable(value, "BOOLEAN");

    public static bool? TryToBoolean(string value) => NumberText.TryBoolean(value, out bool truth) ? truth : null;

    /// <summary>The text itself, which must be JSON.</summary>
    /// <exception cref="LaminarException">It isn't.</exception>
    public static string ToJson(string value) => SqlJson.Parse(value);

    public static string? TryToJson(string value) => SqlJson.TryParse(value);

    public static string ToText(bool value) => value ? "true" : "false";

    public static string ToText(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToText(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back the same.</summary>
    public static string ToText(double value) => NumberText.Double(value);

    /// <inheritdoc cref="ToText(double)"/>
    public static string ToText(float value) => NumberText.Float(value);

    public static string ToText(Guid value) => value.ToString("D");

    /// <summary>The bytes read as UTF-8.</summary>
    /// <exception cref="LaminarException">They aren't UTF-8.</exception>
    public static string ToText(byte[] value) => TryToText(value) ?? throw new LaminarException("The bytes are not UTF-8 text.");

    public static string? TryToText(byte[] value)
    {
        try
        {
            return SqlText.StrictUtf8.GetString(value);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>With exactly <paramref name="scale"/> digits behind the point; -1 for as many as the value has.</summary>
    public static string DecimalToText(decimal value, int scale) =>
        scale < 0 ? value.ToString(CultureInfo.InvariantCulture) : value.ToString("F" + scale.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string DateToText(int date) => TimeText.Date(date);

    public static string TimeToText(long time) => TimeText.Time(time);

    public static string TimestampToText(long timestamp) => TimeText.Timestamp(timestamp);

    /// <summary>In UTC, with <c>+00</c>.</summary>
    public static string TimestampTzToText(long timestamp) => TimeText.Timestamp(timestamp) + "+00";

    public static string IntervalToText(long interval) => TimeText.Interval(interval);

    public static string MonthsToText(int months) => TimeText.Months(months);

    public static byte[] ToBytes(string value) => Encoding.UTF8.GetBytes(value);

    public static Guid ToUuid(string value) => TryToUuid(value) ?? throw Unreadable(value, "UUID");

    public static Guid? TryToUuid(string value) => Guid.TryParse(value, out Guid uuid) ? uuid : null;

    public static int ToDate(string value) => TryToDate(value) ?? throw Unreadable(value, "DATE");

    public static int? TryToDate(string value) => TimeText.TryDate(value, out int days) ? days : null;

    public static long ToTime(string value) => TryToTime(value) ?? throw Unreadable(value, "TIME");

    public static long? TryToTime(string value) => TimeText.TryTime(value, out long ticks) ? ticks : null;

    public static long ToTimestamp(string value) => TryToTimestamp(value) ?? throw Unreadable(value, "TIMESTAMP");

    public static long? TryToTimestamp(string value) => TimeText.TryTimestamp(value, out long ticks) ? ticks : null;

    public static long ToTimestampTz(string value) => TryToTimestampTz(value) ?? throw Unreadable(value, "TIMESTAMPTZ");

    public static long? TryToTimestampTz(string value) => TimeText.TryTimestampTz(value, out long ticks) ? ticks : null;

    public static long ToInterval(string value) => TryToInterval(value) ?? throw Unreadable(value, "INTERVAL DAY TO SECOND");

    public static long? TryToInterval(string value) => TimeText.TryInterval(value, out long months, out long ticks) && months == 0 ? ticks : null;

    public static int ToMonths(string value) => TryToMonths(value) ?? throw Unreadable(value, "INTERVAL YEAR TO MONTH");

    public static int? TryToMonths(string value) =>
        TimeText.TryInterval(value, out long months, out long ticks) && ticks == 0 && months is >= int.MinValue and <= int.MaxValue ? (int)months : null;

    public static long DateToTimestamp(int date) => date * TimeSpan.TicksPerDay;

    public static int TimestampToDate(long timestamp) => (int)(timestamp / TimeSpan.TicksPerDay);

    public static long TimestampToTime(long timestamp) => timestamp % TimeSpan.TicksPerDay;

    public static long TimeToInterval(long time) => time;

    /// <summary>The time of day, as if the interval had passed since midnight.</summary>
    public static long IntervalToTime(long interval)
    {
        long rest = interval % TimeSpan.TicksPerDay;
        return rest < 0 ? rest + TimeSpan.TicksPerDay : rest;
    }

    private static LaminarException Unreadable(string text, string type) =>
        new($"'{(text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "...")}' is not a {type}.");
}
