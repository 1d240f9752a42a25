using Laminar.Nexmark;

namespace Laminar.Bench.Data;

/// <summary>Bids of the seeded Nexmark generator at 10,000 events per second of event time, as arrays of rows.</summary>
public static class Bids
{
    private const int Seed = 42;

    /// <summary>In order of event time.</summary>
    public static Bid[] InOrder(int count)
    {
        var generator = new NexmarkGenerator();
        var chunk = new BidLite[Math.Min(count, 65_536)];
        var bids = new Bid[count];
        for (int i = 0; i < count; i += chunk.Length)
        {
            Span<BidLite> rows = chunk.AsSpan(0, Math.Min(chunk.Length, count - i));
            generator.Fill(rows);
            for (int j = 0; j < rows.Length; j++)
            {
                bids[i + j] = new Bid(rows[j].Auction, rows[j].Bidder, rows[j].Price, rows[j].Channel, rows[j].Ts);
            }
        }

        return bids;
    }

    /// <summary>Moves rows back by up to <paramref name="bound"/> of event time: what a network does to a stream. Seeded.</summary>
    public static LateBid[] OutOfOrder(Bid[] bids, TimeSpan bound)
    {
        var random = new Random(Seed);
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
