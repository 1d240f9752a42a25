using Laminar.Nexmark;

namespace Laminar.Bench.Data;

/// <summary>Bids of the seeded Nexmark generator at 10,000 events per second of event time, as arrays of rows.</summary>
public static class Bids
{
    public const ulong Seed = 42;

    /// <summary>Moves rows back by up to <paramref name="bound"/> of event time: what a network does to a stream. Seeded.</summary>
    public static LateBid[] OutOfOrder(Bid[] bids, TimeSpan bound)
    {
        var random = new Random((int)Seed);
        var arrival = new long[bids.Length];
        var rows = new LateBid[bids.Length];
        for (int i = 0; i < bids.Length; i++)
        {
            ref readonly Bid bid = ref bids[i];
            rows[i] = new LateBid(bid.Auction, bid.Bidder, bid.Price, bid.Channel, bid.Ts);
            arrival[i] = bid.Ts.Ticks + (long)(random.NextDouble() * bound.Ticks);
        }

        Array.Sort(arrival, rows);
        return rows;
    }
}
