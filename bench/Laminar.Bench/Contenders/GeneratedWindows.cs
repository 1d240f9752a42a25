using Laminar.Bench.Inputs;

namespace Laminar.Bench.Contenders;

/// <summary>Generated queries over windows that are asked more than sums, by themselves, with struct sinks.</summary>
public static class GeneratedWindows
{
    public static Outcome Cumulate(Feed<Bid> feed, int rows)
    {
        using var query = Queries.CumulateByAuction.Create(new CumulateSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Distinct(Feed<Bid> feed, int rows)
    {
        using var query = Queries.DistinctBidders.Create(new DistinctSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Median(Feed<Bid> feed, int rows)
    {
        using var query = Queries.MedianPrice.Create(new MedianSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome TopThree(Feed<Bid> feed, int rows)
    {
        using var query = Queries.TopThree.Create(new TopThreeSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome BusiestTen(Feed<Bid> feed, int rows)
    {
        using var query = Queries.BusiestTen.Create(new BusiestTenSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Rank(Feed<Bid> feed, int rows)
    {
        using var query = Queries.Ranks.Create(new RankSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }
}
