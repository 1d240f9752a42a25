using Laminar.Nexmark;

namespace Laminar.Bench.Inputs;

/// <summary>Bids of the seeded Nexmark generator at 10,000 events per second of event time, as arrays of rows.</summary>
public static class Bids
{
    private const int Seed = 42;
    private const int ChunkRows = 65_536;

    /// <summary>In order of event time.</summary>
    public static Bid[] InOrder(int count)
    {
        var generator = new NexmarkGenerator();
        return Fill<BidLite, Bid>(count, generator.Fill, b => new Bid(b.Auction, b.Bidder, b.Price, b.Channel, b.Ts));
    }

    /// <summary>The same bids, with the channel's name instead of its number.</summary>
    public static TextBid[] WithText(int count)
    {
        var generator = new NexmarkGenerator();
        return Fill<Nexmark.Bid, TextBid>(count, rows => generator.Fill(rows), b => new TextBid(b.Auction, b.Bidder, b.Price, b.Channel, b.DateTime));
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

    private delegate void FillChunk<TEvent>(Span<TEvent> rows);

    private static TRow[] Fill<TEvent, TRow>(int count, FillChunk<TEvent> fill, Func<TEvent, TRow> convert)
    {
        var chunk = new TEvent[Math.Min(count, ChunkRows)];
        var rows = new TRow[count];
        for (int i = 0; i < count; i += chunk.Length)
        {
            Span<TEvent> events = chunk.AsSpan(0, Math.Min(chunk.Length, count - i));
            fill(events);
            for (int j = 0; j < events.Length; j++)
            {
                rows[i + j] = convert(events[j]);
            }
        }

        return rows;
    }
}
