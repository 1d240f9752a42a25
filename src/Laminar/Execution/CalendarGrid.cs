using Laminar.Functions;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Boundaries by the calendar. A boundary is the first instant at which the clock shows its time or a later one: where the clock is set forward over
/// several boundaries, those are one instant; where it is set back, what it shows twice belongs to one stretch. Not thread-safe: it
/// remembers the boundaries around.
/// </summary>
internal sealed class CalendarGrid
{
    private const int Remembered = 64;

    /// <summary>Times beyond are refused, so that no tick count overflows.</summary>
    private const long MostMilliseconds = PaneMath.Limit / TimeSpan.TicksPerMillisecond / 2;

    private static readonly long EpochDay = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay;

    private readonly CalendarUnit _unit;
    private readonly SqlZone? _zone;
    private readonly long[] _numbers = new long[Remembered];
    private readonly long[] _starts = new long[Remembered];
    private long _last = long.MinValue;
    private long _from;
    private long _to = long.MinValue;

    public CalendarGrid(CalendarUnit unit)
    {
        _unit = unit;
        _zone = unit.Zone is null ? null : SqlZone.Of(unit.Zone);
        Array.Fill(_numbers, long.MinValue);
    }

    /// <summary>The boundary of a number, in the unit of times.</summary>
    public long Start(long number)
    {
        int place = (int)(number & (Remembered - 1));
        if (_numbers[place] == number)
        {
            return _starts[place];
        }

        long local = _unit.Months == 0
            ? _unit.Origin + (number * _unit.Ticks)
            : MonthStart(_unit.MonthOrigin + (number * _unit.Months)) + _unit.Origin;
        long ticks = _zone is null ? local : SqlZone.FirstInstant(local, _zone);
        long start = (_unit.IsMilliseconds ? PaneMath.FloorDivide(ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond) : ticks) + _unit.Shift;
        _numbers[place] = number;
        _starts[place] = start;
        return start;
    }

    /// <summary>The number of the last boundary that isn't after a time.</summary>
    /// <exception cref="LaminarException">The time is out of range.</exception>
    public long NumberOf(long time)
    {
        if (time >= _from && time < _to)
        {
            return _last;
        }

        long plain = time - _unit.Shift;
        if (_unit.IsMilliseconds)
        {
            if (plain is > MostMilliseconds or < -MostMilliseconds)
            {
                throw new LaminarException($"The event time {time} is out of range: no window can hold it.");
            }

            plain = (plain * TimeSpan.TicksPerMillisecond) + DateTime.UnixEpoch.Ticks;
        }

        long local = plain + (_zone is null ? 0 : SqlZone.OffsetAt(plain, _zone));
        long number = _unit.Months == 0
            ? PaneMath.FloorDivide(local - _unit.Origin, _unit.Ticks)
            : PaneMath.FloorDivide(MonthOf(local - _unit.Origin) - _unit.MonthOrigin, _unit.Months);
        while (Start(number) > time)
        {
            number--;
        }

        while (Start(number + 1) <= time)
        {
            number++;
        }

        _last = number;
        _from = Start(number);
        _to = Start(number + 1);
        return number;
    }

    /// <summary>Whether a time can have a boundary before it and one behind.</summary>
    public bool Holds(long time) => !_unit.IsMilliseconds || time - _unit.Shift is >= -MostMilliseconds and <= MostMilliseconds;

    /// <summary>The first of a month, counted from January 1970. Of any year: what windows are cut short by is decided where they are put out.</summary>
    private static long MonthStart(long month)
    {
        // Years from March, in cycles of 400 years: Hinnant, chrono-compatible low-level date algorithms.
        long year = 1970 + PaneMath.FloorDivide(month, 12);
        long ofYear = month - (PaneMath.FloorDivide(month, 12) * 12);
        long fromMarch = ofYear < 2 ? ofYear + 10 : ofYear - 2;
        year -= ofYear < 2 ? 1 : 0;
        long cycle = PaneMath.FloorDivide(year, 400);
        long ofCycle = year - (cycle * 400);
        long day = (((153 * fromMarch) + 2) / 5) + (ofCycle * 365) + (ofCycle / 4) - (ofCycle / 100);
        return ((cycle * 146_097) + day - 719_468 + EpochDay) * TimeSpan.TicksPerDay;
    }

    /// <summary>The month that a time is in, counted from January 1970.</summary>
    private static long MonthOf(long ticks)
    {
        // A guess, which is right or a month off.
        long month = PaneMath.FloorDivide((PaneMath.FloorDivide(ticks, TimeSpan.TicksPerDay) - EpochDay) * 4_800, 146_097);
        while (MonthStart(month) > ticks)
        {
            month--;
        }

        while (MonthStart(month + 1) <= ticks)
        {
            month++;
        }

        return month;
    }
}
