using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Sources;

/// <summary>
/// The watermarks of a source's partitions as each last said, so that an idle one can follow the others, and one that is far ahead can wait
/// for them. Following at the source (rather than leaving idle channels out further down) also moves what the idle partition's own operators
/// hold. One entry per partition; each is written by its own core. Also the partitions of several sources in one unit of time (<see cref="DriftMember"/>).
/// </summary>
internal sealed class PartitionClock(int partitions)
{
    private readonly long[] _watermarks = Enumerable.Repeat(long.MinValue, partitions).ToArray();
    private readonly int[] _states = new int[partitions];
    private readonly IWakeable?[] _cores = new IWakeable?[partitions];
    private readonly int[] _quiet = new int[partitions];
    private readonly long[] _waitFor = Enumerable.Repeat(NotWaiting, partitions).ToArray();
    private int _idle;
    private int _waiting;

    private const int Active = 0;
    private const int Idle = 1;
    private const int Ended = 2;
    private const long NotWaiting = long.MaxValue;

    public void Register(int partition, IWakeable core) => _cores[partition] = core;

    /// <summary>Tells how far a partition has come; wakes those that follow it.</summary>
    public void Report(int partition, long watermark)
    {
        Volatile.Write(ref _watermarks[partition], watermark);
        WakeIdle(partition);
        WakeWaiting(watermark);
    }

    /// <summary>Tells whether a partition has something to read: one that has nothing isn't waited for.</summary>
    public void SetQuiet(int partition, bool quiet)
    {
        int next = quiet ? 1 : 0;
        if (_quiet[partition] != next)
        {
            Volatile.Write(ref _quiet[partition], next);
            WakeWaiting(long.MaxValue);
        }
    }

    /// <summary>
    /// Whether a partition should read on only later, because some other that has something to read hasn't come as far as
    /// <paramref name="mark"/>. The slowest never waits, so somebody always goes on. When it is true, the partition's core will be woken.
    /// </summary>
    public bool MustWait(int partition, long mark)
    {
        if (mark <= LowestOther(partition))
        {
            if (_waitFor[partition] != NotWaiting)
            {
                Volatile.Write(ref _waitFor[partition], NotWaiting);
                Interlocked.Decrement(ref _waiting);
            }

            return false;
        }

        if (_waitFor[partition] == NotWaiting)
        {
            Volatile.Write(ref _waitFor[partition], mark);
            Interlocked.Increment(ref _waiting);
        }

        // The others may have come far enough before they could see that somebody waits: the caller's next look decides.
        if (mark <= LowestOther(partition))
        {
            _cores[partition]?.Wake();
        }

        return true;
    }

    public void SetIdle(int partition, bool idle)
    {
        int next = idle ? Idle : Active;
        if (_states[partition] != next)
        {
            Volatile.Write(ref _states[partition], next);
            Interlocked.Add(ref _idle, idle ? 1 : -1);
            WakeIdle(partition);
            WakeWaiting(long.MaxValue);
        }
    }

    public void SetEnded(int partition)
    {
        SetIdle(partition, false);
        Volatile.Write(ref _states[partition], Ended);
        WakeIdle(partition);
        WakeWaiting(long.MaxValue);
    }

    /// <summary>How far an idle partition may follow: the minimum of the active ones; <see cref="long.MinValue"/> when there is none.</summary>
    public long Follow()
    {
        long min = long.MaxValue;
        bool any = false;
        for (int i = 0; i < partitions; i++)
        {
            if (Volatile.Read(ref _states[i]) == Active)
            {
                min = Math.Min(min, Volatile.Read(ref _watermarks[i]));
                any = true;
            }
        }

        return any ? min : long.MinValue;
    }

    /// <summary>How far the slowest of the others has come that is waited for; <see cref="long.MaxValue"/> when there is none.</summary>
    public long LowestOther(int partition)
    {
        long min = long.MaxValue;
        for (int i = 0; i < partitions; i++)
        {
            if (i != partition && Volatile.Read(ref _states[i]) == Active && Volatile.Read(ref _quiet[i]) == 0)
            {
                min = Math.Min(min, Volatile.Read(ref _watermarks[i]));
            }
        }

        return min;
    }

    private void WakeWaiting(long watermark)
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) == 0)
        {
            return;
        }

        for (int i = 0; i < partitions; i++)
        {
            if (Volatile.Read(ref _waitFor[i]) is var mark && mark != NotWaiting && mark <= watermark)
            {
                _cores[i]?.Wake();
            }
        }
    }

    private void WakeIdle(int except)
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _idle) == 0)
        {
            return;
        }

        for (int i = 0; i < partitions; i++)
        {
            if (i != except && Volatile.Read(ref _states[i]) == Idle)
            {
                _cores[i]?.Wake();
            }
        }
    }
}
