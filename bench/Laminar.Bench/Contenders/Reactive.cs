using System.Reactive.Linq;
using System.Reactive.Subjects;

namespace Laminar.Bench.Contenders;

/// <summary>System.Reactive, as its users write it: operators over a subject, windows cut by a boundary stream from event time.</summary>
public static class Reactive
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;
    private const long SlideTicks = 2 * TimeSpan.TicksPerSecond;

    public static Outcome PassThrough(ReadOnlySpan<Bid> bids) => Drive(bids, source => source.Select(b => b.Auction + b.Bidder + b.Price + b.Channel + b.Ts.Ticks));

    public static Outcome Projection(ReadOnlySpan<Bid> bids) => Drive(
        bids,
        source => source.Select(b => (b.Auction, b.Bidder, Euros: checked(b.Price * 89) / 100, b.Ts)).Select(r => r.Auction + r.Bidder + r.Euros + r.Ts.Ticks));

    public static Outcome Filter(ReadOnlySpan<Bid> bids) => Drive(bids, source => source.Where(b => b.Auction % 123 == 0).Select(b => b.Auction + b.Price));

    public static Outcome Tumble(ReadOnlySpan<Bid> bids) => Drive(
        bids,
        source => Windows(source, b => b.Ts.Ticks, delay: 0).SelectMany(window =>
            window.Rows.GroupBy(b => b.Auction).SelectMany(group => group
                .Aggregate((Count: 0L, Sum: 0L, Max: long.MinValue), (a, b) => (a.Count + 1, a.Sum + b.Price, Math.Max(a.Max, b.Price)))
                .Select(a => group.Key + window.Start + a.Count + a.Sum + a.Max))));

    /// <summary>Five overlapping windows, each with groups of its own.</summary>
    public static Outcome Hop(ReadOnlySpan<Bid> bids) => Drive(
        bids,
        source => source
            .SelectMany(b => Enumerable.Range(0, 5).Select(i => (Start: ((b.Ts.Ticks / SlideTicks) - i) * SlideTicks, b.Auction)))
            .GroupByUntil(r => r.Start, group => source.Where(b => b.Ts.Ticks >= group.Key + WindowTicks))
            .SelectMany(window => window.GroupBy(r => r.Auction).SelectMany(group => group.LongCount().Select(count => group.Key + window.Key + count))));

    public static Outcome GlobalMax(ReadOnlySpan<Bid> bids) => Drive(
        bids,
        source => Windows(source, b => b.Ts.Ticks, delay: 0).SelectMany(window => window.Rows.Select(b => b.Price).Max().Select(max => window.Start + max)));

    /// <summary>A window closes when a row comes that is two seconds behind its end: none is late, so none is lost.</summary>
    public static Outcome TumbleOutOfOrder(ReadOnlySpan<LateBid> bids) => Drive(
        bids,
        source => Windows(source, b => b.Ts.Ticks, delay: SlideTicks).SelectMany(window =>
            window.Rows.GroupBy(b => b.Auction).SelectMany(group => group
                .Aggregate((Count: 0L, Sum: 0L, Max: long.MinValue), (a, b) => (a.Count + 1, a.Sum + b.Price, Math.Max(a.Max, b.Price)))
                .Select(a => group.Key + window.Start + a.Count + a.Sum + a.Max))));

    public static Outcome TumbleByText(ReadOnlySpan<TextBid> bids) => Drive(
        bids,
        source => Windows(source, b => b.Ts.Ticks, delay: 0).SelectMany(window =>
            window.Rows.GroupBy(b => b.Channel).SelectMany(group => group
                .Aggregate((Count: 0L, Sum: 0L, Max: long.MinValue), (a, b) => (a.Count + 1, a.Sum + b.Price, Math.Max(a.Max, b.Price)))
                .Select(a => group.Key.Length + window.Start + a.Count + a.Sum + a.Max))));

    private static IObservable<(long Start, IObservable<TRow> Rows)> Windows<TRow>(IObservable<TRow> source, Func<TRow, long> ticks, long delay) => source
        .GroupByUntil(row => ticks(row) - (ticks(row) % WindowTicks), group => source.Where(row => ticks(row) - delay >= group.Key + WindowTicks))
        .Select(group => (group.Key, (IObservable<TRow>)group));

    private static Outcome Drive<TRow>(ReadOnlySpan<TRow> rowsIn, Func<IObservable<TRow>, IObservable<long>> query)
    {
        long rows = 0, sum = 0;
        using var subject = new Subject<TRow>();
        using IDisposable subscription = query(subject).Subscribe(value =>
        {
            rows++;
            sum += value;
        });
        foreach (TRow row in rowsIn)
        {
            subject.OnNext(row);
        }

        subject.OnCompleted();
        return new Outcome(rows, sum);
    }
}
