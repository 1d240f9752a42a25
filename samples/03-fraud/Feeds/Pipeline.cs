using Fraud.Queries;
using Laminar;

namespace Fraud.Feeds;

/// <summary>The six queries at once in a runtime.</summary>
public static class Pipeline
{
    /// <summary>Adds the feeds and the queries, with a reader that takes every result, to a runtime.</summary>
    /// <param name="laminar">The runtime, not yet started.</param>
    /// <param name="trades">Trades to come.</param>
    /// <returns>What each query has counted, whenever it is asked.</returns>
    public static IReadOnlyList<(string Name, Func<QueryStatistics> Counted)> AddTo(ILaminarRuntime laminar, long trades)
    {
        laminar.AddSource(MarketFeeds.Trades(trades));
        laminar.AddSource(MarketFeeds.Orders(trades));
        return
        [
            Taken(VolBaseline.AddTo(laminar)),
            Taken(OhlcVol.AddTo(laminar)),
            Taken(RapidFire.AddTo(laminar)),
            Taken(WashScore.AddTo(laminar)),
            Taken(SuspiciousMatch.AddTo(laminar)),
            Taken(AsofMatch.AddTo(laminar)),
        ];
    }

    private static (string Name, Func<QueryStatistics> Counted) Taken<TRow>(QueryHandle<TRow> query)
        where TRow : IStreamRow<TRow>
    {
        query.Subscribe(static _ => { });
        return (query.Info.Name, () => query.Statistics);
    }
}
