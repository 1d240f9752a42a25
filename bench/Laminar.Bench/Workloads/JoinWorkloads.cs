using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Joins of two streams in order of time. Rows are those of the larger side.</summary>
/// <param name="bids">The bids, shared with other groups.</param>
/// <param name="rows">How many.</param>
public sealed class JoinWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private readonly Lazy<Market> _market = new(() => Market.Of(bids.Value));

    public IEnumerable<Workload> Workloads =>
    [
        OfBids("interval join", Queries.EarlyBids.Info, (m, n) => JoinLoops.Interval(m.Bids.AsSpan(0, n), m.Listings), GeneratedJoins.EarlyBids, PushedLoops.Interval),
        OfBids("ASOF join", Queries.LastListing.Info, (m, n) => JoinLoops.Last(m.Bids.AsSpan(0, n), m.Listings), GeneratedJoins.LastListing, PushedLoops.Last),
        OfBids("temporal join", Queries.ListingAsOf.Info, (m, n) => JoinLoops.Last(m.Bids.AsSpan(0, n), m.Listings), GeneratedJoins.ListingAsOf, PushedLoops.Last),

        // Three listings to 46 bids: fewer rows make it as long a run as the others'.
        Of("window join", Queries.NewSellers.Info, rows / 50 * 3, (m, n) => JoinLoops.Windows(m.Listings.AsSpan(0, n), m.People), GeneratedJoins.NewSellers),
    ];

    public void Dispose()
    {
    }

    private Workload OfBids(string name, QueryInfo info, Func<Market, int, Outcome> loop, Func<Market, int, Outcome> generated, Func<Market, int, Outcome> pushed)
    {
        Workload workload = Of(name, info, rows, loop, generated);
        return workload with { Contenders = [.. workload.Contenders, new("hand-written, pushed", "rows", rows, n => pushed(_market.Value, n)) { WarmsUp = true }] };
    }

    private Workload Of(string name, QueryInfo info, int count, Func<Market, int, Outcome> loop, Func<Market, int, Outcome> generated) => new(name, info.Sql, n => loop(_market.Value, n),
    [
        new("hand-written", "rows", count, n => loop(_market.Value, n)) { WarmsUp = true },
        new("generated", "rows", count, n => generated(_market.Value, n)) { WarmsUp = true },
    ]);
}
