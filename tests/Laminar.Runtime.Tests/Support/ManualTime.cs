namespace Laminar.Runtime.Tests.Support;

/// <summary>Time that moves only when the test says so.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Armed, TaskCompletionSource Seen)> _waiters = [];
    private long _now;
    private int _armed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(GetTimestamp());

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_timers)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Completes when timers were armed this many times in all.</summary>
    public Task ArmedAsync(int times, CancellationToken token)
    {
        lock (_timers)
        {
            if (_armed >= times)
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((times, seen));
            return seen.Task.WaitAsync(token);
        }
    }

    public void Advance(TimeSpan by)
    {
        long now = Interlocked.Add(ref _now, by.Ticks);
        ManualTimer[] due;
        lock (_timers)
        {
            due = [.. _timers.Where(t => t.Due <= now)];
        }

        foreach (ManualTimer timer in due)
        {
            timer.Fire();
        }
    }

    private void Armed()
    {
        lock (_timers)
        {
            _armed++;
            foreach ((int armed, TaskCompletionSource seen) in _waiters)
            {
                if (_armed >= armed)
                {
                    seen.TrySetResult();
                }
            }
        }
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private long _due = long.MaxValue;

        public long Due => Interlocked.Read(ref _due);

        public void Fire()
        {
            Interlocked.Exchange(ref _due, long.MaxValue);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                Interlocked.Exchange(ref _due, long.MaxValue);
            }
            else
            {
                Interlocked.Exchange(ref _due, time.GetTimestamp() + dueTime.Ticks);
                time.Armed();
            }

            return true;
        }

        public void Dispose() => Interlocked.Exchange(ref _due, long.MaxValue);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
