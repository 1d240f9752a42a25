using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Results that change with every row; all that is kept is kept for ever, so a fifth of the rows is enough.</summary>
/// <param name="bids">The bids, shared with other groups.</param>
/// <param name="rows">How many other groups read.</param>
public sealed class ChangeWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private readonly Lazy<Market> _market = new(() => Market.Of(bids.Value));

    public IEnumerable<Workload> Workloads =>
    [
        Of("updating join", Queries.CountedListings.Info, (m, n) => ChangeLoops.Counted(m, n, outer: false), GeneratedChanges.CountedListings),
        Of("updating left join", Queries.CountedAuctions.Info, (m, n) => ChangeLoops.Counted(m, n, outer: true), GeneratedChanges.CountedAuctions),
        Of("keep last", Queries.LastBids.Info, (m, n) => ChangeLoops.Last(m.Bids.AsSpan(0, n)), GeneratedChanges.LastBids),
        Of("first 3 of a stream", Queries.BestBids.Info, (m, n) => ChangeLoops.Best(m.Bids.AsSpan(0, n)), GeneratedChanges.BestBids),
    ];

    public void Dispose()
    {
    }

    private Workload Of(string name, QueryInfo info, Func<Market, int, Outcome> loop, Func<Market, int, Outcome> generated) => new(name, info.Sql, n => loop(_market.Value, n),
    [
        new("hand-written", "rows", rows / 5, n => loop(_market.Value, n)) { WarmsUp = true },
        new("generated", "rows", rows / 5, n => generated(_market.Value, n)) { WarmsUp = true },
    ]);
}
