using Laminar.Bench.Inputs;

namespace Laminar.Bench.Contenders;

/// <summary>Generated joins by themselves, with struct sinks.</summary>
public static class GeneratedJoins
{
    public static Outcome EarlyBids(Market market, int rows)
    {
        using var query = Queries.EarlyBids.Create(new EarlyBidsSum());
        market.PushBids(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome NewSellers(Market market, int rows)
    {
        using var query = Queries.NewSellers.Create(new NewSellersSum());
        market.PushPeople(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome LastListing(Market market, int rows)
    {
        using var query = Queries.LastListing.Create(new LastListingSum());
        market.PushBids(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome ListingAsOf(Market market, int rows)
    {
        using var query = Queries.ListingAsOf.Create(new ListingAsOfSum());
        market.PushBids(query, query, rows);
        query.Complete();
        return query.Sink.Outcome;
    }
}
