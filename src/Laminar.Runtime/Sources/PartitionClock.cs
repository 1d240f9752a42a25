using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Sources;

/// <summary>
/// The watermarks of a source's partitions as each last said, so that an idle one can follow the others. Following at the source (rather
/// than leaving idle channels out further down) also moves what the idle partition's own operators hold. One entry per partition; each is
/// written by its own core.
/// </summary>
internal sealed class PartitionClock(int partitions)
{
    private readonly long[] _watermarks = Enumerable.Repeat(long.MinValue, partitions).ToArray();
    private readonly int[] _states = new int[partitions];
    private readonly IWakeable?[] _cores = new IWakeable?[partitions];
    private int _idle;

    private const int Active = 0;
    private const int Idle = 1;
    private const int Ended = 2;

    public void Register(int partition, IWakeable core) => _cores[partition] = core;

    /// <summary>Tells how far a partition has come; wakes those that follow it.</summary>
    public void Report(int partition, long watermark)
    {
        Volatile.Write(ref _watermarks[partition], watermark);
        WakeIdle(partition);
    }

    public void SetIdle(int partition, bool idle)
    {
        int next = idle ? Idle : Active;
        if (_states[partition] != next)
        {
            Volatile.Write(ref _states[partition], next);
            Interlocked.Add(ref _idle, idle ? 1 : -1);
            WakeIdle(partition);
        }
    }

    public void SetEnded(int partition)
    {
        SetIdle(partition, false);
        Volatile.Write(ref _states[partition], Ended);
        WakeIdle(partition);
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
