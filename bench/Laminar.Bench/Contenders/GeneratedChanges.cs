using Laminar.Bench.Inputs;

namespace Laminar.Bench.Contenders;

/// <summary>Generated queries whose results change with every row, by themselves, with struct sinks.</summary>
public static class GeneratedChanges
{
    public static Outcome CountedListings(Market market, int rows)
    {
        using var query = Queries.CountedListings.Create(new CountedListingsSum());
        market.PushBids(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome CountedAuctions(Market market, int rows)
    {
        using var query = Queries.CountedAuctions.Create(new CountedAuctionsSum());
        market.PushBids(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome LastBids(Market market, int rows)
    {
        using var query = Queries.LastBids.Create(new LastBidsSum());
        market.PushBids(query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome BestBids(Market market, int rows)
    {
        using var query = Queries.BestBids.Create(new BestBidsSum());
        market.PushBids(query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }
}
