using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Sources;

/// <summary>
/// One partition among those of all sources whose rows meet: what it tells of itself, and how far it may go. Event times of different units are compared in ticks. It waits only for
/// partitions that are behind it, so the slowest never waits and somebody always goes on.
/// </summary>
/// <param name="clock">Of all of them.</param>
/// <param name="member">Its place there.</param>
/// <param name="drift">How far it may be ahead; null: it waits for nobody, but others wait for it.</param>
/// <param name="unit">Of its event time.</param>
internal sealed class DriftMember(PartitionClock clock, int member, TimeSpan? drift, EventTimeUnit unit)
{
    public void Register(IWakeable core) => clock.Register(member, core);

    public void Report(long watermark) => clock.Report(member, Ticks(watermark));

    public void SetIdle(bool idle) => clock.SetIdle(member, idle);

    public void SetEnded() => clock.SetEnded(member);

    public bool MustWait(long watermark) => drift is { } most && watermark > long.MinValue && clock.MustWait(member, Ticks(watermark) - most.Ticks);

    /// <summary>The watermark up to which it may go now, in its own unit.</summary>
    public long Limit()
    {
        long lowest = drift is null ? long.MaxValue : clock.LowestOther(member);
        return lowest is long.MaxValue or long.MinValue ? lowest : Own(lowest + drift!.Value.Ticks);
    }

    private long Ticks(long watermark) => unit == EventTimeUnit.Ticks || watermark is long.MinValue or long.MaxValue
        ? watermark
        : (Math.Clamp(watermark, -MostMilliseconds, MostMilliseconds) * TimeSpan.TicksPerMillisecond) + DateTime.UnixEpoch.Ticks;

    private long Own(long ticks) => unit == EventTimeUnit.Ticks ? ticks : (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>Beyond the years of DateTime, and within a long of ticks.</summary>
    private const long MostMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond / 2;
}
