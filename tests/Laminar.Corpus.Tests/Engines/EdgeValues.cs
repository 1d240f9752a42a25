using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Values as C# rows hold them, and as expressions compute with them.</summary>
internal static class EdgeValues
{
    public static object? ToEdge(object? value, SqlType type) => (value, type.Kind) switch
    {
        (int day, SqlTypeKind.Date) => DateOnly.FromDayNumber(day),
        (long ticks, SqlTypeKind.Time) => new TimeOnly(ticks),
        (long ticks, SqlTypeKind.Timestamp) => new DateTime(ticks, DateTimeKind.Utc),
        (long ticks, SqlTypeKind.TimestampTz) => new DateTimeOffset(ticks, TimeSpan.Zero),
        (long ticks, SqlTypeKind.IntervalDayTime) => new TimeSpan(ticks),
        _ => value,
    };

    /// <summary>Times come back in whole microseconds, as Arrow holds them.</summary>
    public static object? FromEdge(object? value) => value switch
    {
        DateOnly date => date.DayNumber,
        TimeOnly time => time.Ticks / 10 * 10,
        DateTime at => at.Ticks / 10 * 10,
        DateTimeOffset at => at.UtcTicks / 10 * 10,
        TimeSpan span => span.Ticks,
        _ => value,
    };
}
