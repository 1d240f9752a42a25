using Laminar.Bench.Inputs;
using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

/// <summary>The generated queries by themselves, one thread, with struct sinks that count and sum what comes out.</summary>
public static class Generated
{
    public static Outcome PassThrough(Feed<Bid> feed, int rows)
    {
        using var query = Queries.PassThrough.Create(new PassThroughSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Projection(Feed<Bid> feed, int rows)
    {
        using var query = Queries.Projection.Create(new ProjectionSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Filter(Feed<Bid> feed, int rows)
    {
        using var query = Queries.Filter.Create(new FilterSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Tumble(Feed<Bid> feed, int rows)
    {
        using var query = TumbleByAuction.Create(new TumbleSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome TumbleOutOfOrder(Feed<LateBid> feed, int rows)
    {
        using var query = Queries.TumbleOutOfOrder.Create(new TumbleOutOfOrderSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome TumbleByText(Feed<TextBid> feed, int rows)
    {
        using var query = TumbleByChannel.Create(new TumbleByTextSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Hop(Feed<Bid> feed, int rows)
    {
        using var query = HopByAuction.Create(new HopSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Session(Feed<Bid> feed, int rows)
    {
        using var query = SessionByBidder.Create(new SessionSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome HopTenfold(Feed<Bid> feed, int rows)
    {
        using var query = Queries.HopTenfold.Create(new HopTenfoldSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome GlobalMax(Feed<Bid> feed, int rows)
    {
        using var query = Queries.GlobalMax.Create(new GlobalMaxSum());
        feed.Push(query, query.Push, rows);
        query.Complete();
        return query.Sink.Outcome;
    }
}
