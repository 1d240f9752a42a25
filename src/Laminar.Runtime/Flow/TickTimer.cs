using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Flow;

/// <summary>
/// Wakes a core when the wall clock reaches what an operator waits for. A timer is armed only while something waits, so that nothing ticks where nothing
/// happens. Belongs to one core; the timer only wakes it.
/// </summary>
internal sealed class TickTimer : IDisposable
{
    /// <summary>Timers take no more than some weeks; longer waits are cut into such.</summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _armed;

    // The first look sets the operator's clock, and makes up for what was due while nothing ran.
    private int _fired = 1;

    public TickTimer(TimeProvider time, IWakeable core)
    {
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _fired, 1);
                core.Wake();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ticks UTC.</summary>
    public long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>It is time to look at the clock.</summary>
    public bool HasFired => Volatile.Read(ref _fired) != 0;

    /// <summary>The clock has been looked at.</summary>
    public void Seen()
    {
        Volatile.Write(ref _fired, 0);
        _armed = false;
    }

    /// <summary>Fires when the clock says so much; <see cref="long.MaxValue"/>: nothing waits. A timer that is armed stays, for nothing is ever due before it.</summary>
    public void WaitFor(long tick)
    {
        if (tick == long.MaxValue || _armed || HasFired)
        {
            return;
        }

        _armed = true;
        long now = Now;
        if (tick > now)
        {
            _timer.Change(TimeSpan.FromTicks(Math.Min(tick - now, MostWait.Ticks)), Timeout.InfiniteTimeSpan);
        }

        // It may have come to pass while the timer was set.
        if (tick <= Now)
        {
            Volatile.Write(ref _fired, 1);
        }
    }

    public void Dispose() => _timer.Dispose();
}
