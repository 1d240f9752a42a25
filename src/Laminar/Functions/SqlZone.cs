namespace Laminar.Functions;

/// <summary>
/// A time zone by its IANA name, or by an offset such as <c>+02:00</c> (east of UTC). A local time that a clock set forward skips counts as if it hadn't been
/// set; one that a clock set back shows twice is the later, as in PostgreSQL and DuckDB.
/// </summary>
public sealed class SqlZone
{
    private static readonly PreparedCache<string, SqlZone> Cache = new(name => new SqlZone(name));

    private readonly string _name;
    private TimeZoneInfo? _zone;

    private SqlZone(string name) => _name = name;

    /// <summary>The zone of a name, which is looked up when it is used first: a machine may have no time zones at all.</summary>
    public static SqlZone Of(string name) => Cache.Get(name);

    /// <summary>The clock of the zone (a TIMESTAMP) to the instant.</summary>
    /// <exception cref="LaminarException">The machine doesn't know the zone.</exception>
    /// <exception cref="OverflowException">The instant is beyond the years 0001 to 9999.</exception>
    public static long ToInstant(long local, SqlZone zone)
    {
        TimeZoneInfo info = zone.Info;
        DateTime time = new(local);
        TimeSpan offset = info.IsInvalidTime(time) ? info.GetUtcOffset(time.AddDays(-1))
            : info.IsAmbiguousTime(time) ? info.GetAmbiguousTimeOffsets(time).Min()
            : info.GetUtcOffset(time);
        return SqlTime.Checked(local - offset.Ticks);
    }

    /// <summary>An instant to the clock of the zone.</summary>
    /// <inheritdoc cref="ToInstant"/>
    public static long ToLocal(long instant, SqlZone zone) => SqlTime.Checked(instant + zone.Info.GetUtcOffset(new DateTime(instant, DateTimeKind.Utc)).Ticks);

    private TimeZoneInfo Info => _zone ??= Find();

    private TimeZoneInfo Find()
    {
        if (TimeText.TryOffset(_name, out long offset))
        {
            return TimeZoneInfo.CreateCustomTimeZone(_name, new TimeSpan(offset), _name, _name);
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(_name);
        }
        catch (Exception error) when (error is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new LaminarException($"This machine knows no time zone '{_name}'.");
        }
    }
}
