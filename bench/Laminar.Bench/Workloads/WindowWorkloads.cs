using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Windows that are asked more than sums, over rows in order of time.</summary>
/// <param name="bids">The bids, shared with other groups.</param>
/// <param name="rows">How many.</param>
public sealed class WindowWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private delegate Outcome Loop(ReadOnlySpan<Bid> bids);

    private delegate Outcome Query(Feed<Bid> feed, int rows);

    public IEnumerable<Workload> Workloads =>
    [
        Over("cumulate", Queries.CumulateByAuction.Info, WindowLoops.Cumulate, GeneratedWindows.Cumulate),
        Over("distinct", Queries.DistinctBidders.Info, WindowLoops.Distinct, GeneratedWindows.Distinct),
        Over("median", Queries.MedianPrice.Info, WindowLoops.Median, GeneratedWindows.Median),
        Over("top 3", Queries.TopThree.Info, WindowLoops.TopThree, GeneratedWindows.TopThree),
        Over("busiest 10", Queries.BusiestTen.Info, WindowLoops.BusiestTen, GeneratedWindows.BusiestTen),
        Over("rank", Queries.Ranks.Info, WindowLoops.Rank, GeneratedWindows.Rank),
    ];

    public void Dispose()
    {
    }

    private Workload Over(string name, QueryInfo info, Loop loop, Query generated) => new(name, info.Sql, n => loop(bids.Value.AsSpan(0, n)),
    [
        new("hand-written", "rows", rows, n => loop(bids.Value.AsSpan(0, n))) { WarmsUp = true },
        new("generated", "rows", rows, n => generated(new RowFeed<Bid>(bids.Value), n)) { WarmsUp = true },
    ]);
}
