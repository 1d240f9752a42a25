using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Sources;

/// <summary>
/// Tells when a partition has been silent for its timeout. A timer is armed only while the partition is silent and not yet idle, so a busy
/// partition costs one look at the clock per batch and nothing ticks. Belongs to one core; the timer only wakes it.
/// </summary>
internal sealed class IdleTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ITimer _timer;
    private long _lastActive;
    private int _armed;

    public IdleTimer(TimeProvider time, TimeSpan timeout, IWakeable core)
    {
        _time = time;
        _timeout = timeout;
        _lastActive = time.GetTimestamp();
        _timer = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _armed, 0);
                core.Wake();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something came.</summary>
    public void Touch() => _lastActive = _time.GetTimestamp();

    /// <summary>Nothing is there: true when that has lasted long enough; otherwise the core will be woken when it has.</summary>
    public bool IsIdle()
    {
        TimeSpan left = _timeout - _time.GetElapsedTime(_lastActive);
        if (left <= TimeSpan.Zero)
        {
            return true;
        }

        if (Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
        }

        return false;
    }

    public void Dispose() => _timer.Dispose();
}
