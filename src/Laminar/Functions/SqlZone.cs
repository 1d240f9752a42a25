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

    /// <summary>How far the zone's clock is before UTC at an instant; before the year 1 and after 9999 as at their edges.</summary>
    internal static long OffsetAt(long instant, SqlZone zone) =>
        zone.Info.GetUtcOffset(new DateTime(Math.Clamp(instant, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)).Ticks;

    /// <summary>The first instant at which the zone's clock shows a time or a later one: where it is set forward over the time, the instant of that.</summary>
    internal static long FirstInstant(long local, SqlZone zone)
    {
        // Longer than any offset: on both sides of a change of the clock, if there is one about.
        const long around = 36 * TimeSpan.TicksPerHour;
        long one = OffsetAt(local - around, zone);
        long other = OffsetAt(local + around, zone);
        long first = local - Math.Max(one, other);
        long last = local - Math.Min(one, other);
        if (first + OffsetAt(first, zone) >= local)
        {
            // What a clock set back shows twice counts the first time.
            return first;
        }

        while (first < last)
        {
            long middle = first + ((last - first) / 2);
            if (middle + OffsetAt(middle, zone) >= local)
            {
                last = middle;
            }
            else
            {
                first = middle + 1;
            }
        }

        return first;
    }

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
