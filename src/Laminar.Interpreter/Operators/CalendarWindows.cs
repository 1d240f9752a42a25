using Laminar.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// Windows by months or by the clock of a zone, worked out the plain way: boundaries are found by what the clock shows, and nothing is remembered.
/// </summary>
internal sealed class CalendarWindows(WindowSpec spec)
{
    private readonly WindowCalendar _calendar = spec.Calendar!;
    private readonly SqlZone? _zone = spec.Calendar!.Zone is { } zone ? SqlZone.Of(zone) : null;
    private readonly long _ticksPerUnit = TimeSpan.TicksPerMillisecond / spec.UnitsPerMillisecond;

    private bool IsCumulating => spec.Kind == WindowKind.Cumulate;

    /// <summary>Windows are counted by their starts; the beginnings of spans by where their last pane starts.</summary>
    public long StartOf(long window)
    {
        if (!IsCumulating)
        {
            return Boundary(window, _calendar.SlideMonths, spec.Slide);
        }

        long pane = Boundary(window, _calendar.SlideMonths, spec.Slide);
        return Boundary(NumberAt(pane, _calendar.SizeMonths, spec.Size), _calendar.SizeMonths, spec.Size);
    }

    public long EndOf(long window)
    {
        if (IsCumulating)
        {
            return Boundary(window + 1, _calendar.SlideMonths, spec.Slide);
        }

        // As many months or as long behind the start, by the clock.
        return _calendar.SlideMonths > 0
            ? Clock(_calendar.OriginMonths + ((window * _calendar.SlideMonths) + _calendar.SizeMonths), 0)
            : Clock(0, (window * spec.Slide) + spec.Size);
    }

    /// <summary>The first and the last window that hold a time.</summary>
    public (long First, long Last) Around(long time)
    {
        Check(time);
        long last = NumberAt(time, _calendar.SlideMonths, spec.Slide);
        long first = last;
        if (IsCumulating)
        {
            long end = Boundary(NumberAt(time, _calendar.SizeMonths, spec.Size) + 1, _calendar.SizeMonths, spec.Size);
            while (EndOf(last) < end)
            {
                last++;
            }

            return (first, last);
        }

        if (EndOf(last) <= time)
        {
            return (last, last - 1);
        }

        while (EndOf(first - 1) > time)
        {
            first--;
        }

        return (first, last);
    }

    /// <summary>The earliest end behind a watermark; null where no row can be.</summary>
    public long? EndAfter(long watermark)
    {
        if (!Holds(watermark))
        {
            return null;
        }

        long window = NumberAt(watermark, _calendar.SlideMonths, spec.Slide);
        while (EndOf(window) <= watermark)
        {
            window++;
        }

        while (EndOf(window - 1) > watermark)
        {
            window--;
        }

        return EndOf(window);
    }

    private bool Holds(long time) => Math.Abs((decimal)time - _calendar.Shift) * _ticksPerUnit < 1L << 61;

    private void Check(long time)
    {
        if (!Holds(time))
        {
            throw new LaminarException($"The event time {time} is out of range: no window can hold it.");
        }
    }

    private long Boundary(long number, int months, long units) =>
        months > 0 ? Clock(_calendar.OriginMonths + (number * months), 0) : Clock(0, number * units);

    /// <summary>The last boundary that isn't after a time.</summary>
    private long NumberAt(long time, int months, long units)
    {
        // Where months don't tell, a guess that counts 31 days for each is mended below.
        long length = months > 0 ? months * 31L * TimeSpan.TicksPerDay / _ticksPerUnit : units;
        long sinceOrigin = time - _calendar.Shift - EventTime.Epoch(spec.Time.Type);
        long number = sinceOrigin / length;
        while (Boundary(number, months, units) > time)
        {
            number--;
        }

        while (Boundary(number + 1, months, units) <= time)
        {
            number++;
        }

        return number;
    }

    /// <summary>The instant at which the clock shows so many months and units behind 1970, or, where it never does, the first one behind that.</summary>
    private long Clock(long months, long units)
    {
        long year = 1970 + ((months - (((months % 12) + 12) % 12)) / 12);
        int month = (int)(((months % 12) + 12) % 12) + 1;

        // Every 400 years the calendar is the same again.
        long cycles = year is >= 1 and <= 9999 ? 0 : (long)Math.Floor((year - 1) / 400m);
        long first = new DateTime((int)(year - (cycles * 400)), month, 1).Ticks + (cycles * 146_097 * TimeSpan.TicksPerDay);
        long local = first + ((_calendar.Origin + units) * _ticksPerUnit);
        long instant = _zone is null ? local : Instant(local);
        return ((instant - (_ticksPerUnit == 1 ? 0 : EventTime.UnixEpochTicks)) / _ticksPerUnit) + _calendar.Shift;
    }

    private long Instant(long local)
    {
        if (local is < 2 * TimeSpan.TicksPerDay || local > DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay))
        {
            // At the edges of what can be put out, as a bit inside them.
            long edge = local < 2 * TimeSpan.TicksPerDay ? 2 * TimeSpan.TicksPerDay : DateTime.MaxValue.Ticks - (2 * TimeSpan.TicksPerDay);
            return local - (SqlZone.ToLocal(edge, _zone!) - edge);
        }

        // What the clock shows twice is the later instant to SqlZone.ToInstant: the earlier shows the same, if it does.
        long instant = SqlZone.ToInstant(local, _zone!);
        for (long earlier = TimeSpan.TicksPerMinute * 15; earlier <= 3 * TimeSpan.TicksPerHour; earlier += TimeSpan.TicksPerMinute * 15)
        {
            if (SqlZone.ToLocal(instant - earlier, _zone!) == local)
            {
                return instant - earlier;
            }
        }

        if (SqlZone.ToLocal(instant, _zone!) == local)
        {
            return instant;
        }

        // Never shown: to when the clock was set forward over it, which may lie ahead (a zone that leaves a whole day out) or behind.
        while (SqlZone.ToLocal(instant, _zone!) < local)
        {
            instant += TimeSpan.TicksPerMinute;
        }

        while (SqlZone.ToLocal(instant - TimeSpan.TicksPerMinute, _zone!) >= local)
        {
            instant -= TimeSpan.TicksPerMinute;
        }

        return instant - (instant % TimeSpan.TicksPerMinute);
    }
}
