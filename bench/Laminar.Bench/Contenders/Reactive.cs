using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace Laminar.Bench.Contenders;

/// <summary>System.Reactive, as its users write it: operators over a subject, windows cut by a boundary stream from event time.</summary>
public static class Reactive
{
    private static readonly long WindowTicks = TimeSpan.FromSeconds(10).Ticks;
    private static readonly long SlideTicks = TimeSpan.FromSeconds(2).Ticks;

    public static Outcome PassThrough(Bid[] bids) => Drive(bids, source => source.Select(b => b.Auction + b.Bidder + b.Price + b.Channel + b.Ts.Ticks));

    public static Outcome Projection(Bid[] bids) => Drive(
        bids,
        source => source.Select(b => (b.Auction, b.Bidder, Euros: checked(b.Price * 89) / 100, b.Ts)).Select(r => r.Auction + r.Bidder + r.Euros + r.Ts.Ticks));

    public static Outcome Filter(Bid[] bids) => Drive(bids, source => source.Where(b => b.Auction % 123 == 0).Select(b => b.Auction + b.Price));

    public static Outcome Tumble(Bid[] bids) => Drive(
        bids,
        source => Windows(source, WindowTicks).SelectMany(window =>
            window.Rows.GroupBy(b => b.Auction).SelectMany(group => group
                .Aggregate((Count: 0L, Sum: 0L, Max: long.MinValue), (a, b) => (a.Count + 1, a.Sum + b.Price, Math.Max(a.Max, b.Price)))
                .Select(a => group.Key + window.Start + a.Count + a.Sum + a.Max))));

    /// <summary>Five overlapping windows, each with groups of its own.</summary>
    public static Outcome Hop(Bid[] bids) => Drive(
        bids,
        source => source
            .SelectMany(b => Enumerable.Range(0, 5).Select(i => (Start: ((b.Ts.Ticks / SlideTicks) - i) * SlideTicks, b.Auction)))
            .GroupByUntil(r => r.Start, group => source.Where(b => b.Ts.Ticks >= group.Key + WindowTicks))
            .SelectMany(window => window.GroupBy(r => r.Auction).SelectMany(group => group.LongCount().Select(count => group.Key + window.Key + count))));

    public static Outcome GlobalMax(Bid[] bids) => Drive(
        bids,
        source => Windows(source, WindowTicks).SelectMany(window => window.Rows.Select(b => b.Price).Max().Select(max => window.Start + max)));

    private static IObservable<(long Start, IObservable<Bid> Rows)> Windows(IObservable<Bid> source, long size) => source
        .GroupByUntil(b => b.Ts.Ticks - (b.Ts.Ticks % size), group => source.Where(b => b.Ts.Ticks >= group.Key + size))
        .Select(group => (group.Key, (IObservable<Bid>)group));

    private static Outcome Drive(Bid[] bids, Func<IObservable<Bid>, IObservable<long>> query)
    {
        long rows = 0, sum = 0;
        using var subject = new Subject<Bid>();
        using IDisposable subscription = query(subject).Subscribe(value =>
        {
            rows++;
            sum += value;
        });
        foreach (Bid bid in bids)
        {
            subject.OnNext(bid);
        }

        subject.OnCompleted();
        return new Outcome(rows, sum);
    }
}
