using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

/// <summary>Windows of 10 s that are asked more than sums, each as one would write it for that query alone, for rows in order.</summary>
public static class WindowLoops
{
    private const long Window = 10 * TimeSpan.TicksPerSecond;
    private const long Step = 2 * TimeSpan.TicksPerSecond;

    /// <summary>One table for all windows that begin together: at the end of a step all of it is a window's result.</summary>
    public static Outcome Cumulate(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var groups = new (int Count, long Total)[1 << 13];
        long stepEnd = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= stepEnd)
            {
                long next = ts - (ts % Step) + Step;
                for (; stepEnd != long.MinValue && stepEnd < next && keys.Count > 0; stepEnd += Step)
                {
                    EmitStep(keys, groups, stepEnd, ref rows, ref sum);
                }

                stepEnd = next;
            }

            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == groups.Length)
            {
                Array.Resize(ref groups, number * 2);
            }

            ref (int Count, long Total) group = ref groups[number];
            group.Count++;
            group.Total += bid.Price;
        }

        for (; keys.Count > 0; stepEnd += Step)
        {
            EmitStep(keys, groups, stepEnd, ref rows, ref sum);
        }

        return new Outcome(rows, sum);
    }

    /// <summary>Numbers of channels, and one set of (channel, bidder) for all of them.</summary>
    public static Outcome Distinct(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var channels = new KeyNumbers();
        var pairs = new KeyNumbers { IsMixed = true };
        var groups = new (int Bids, int Bidders)[1 << 14];
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                Flush(end - Window);
                end = ts - (ts % Window) + Window;
            }

            int number = channels.Of(bid.Channel, KeyHashing.Of(bid.Channel));
            ref (int Bids, int Bidders) group = ref groups[number];
            group.Bids++;
            long pair = ((long)bid.Channel << 40) ^ bid.Bidder;
            int before = pairs.Count;
            group.Bidders += pairs.Of(pair, KeyNumbers.Mix(pair)) == before ? 1 : 0;
        }

        Flush(end - Window);
        return new Outcome(rows, sum);

        void Flush(long start)
        {
            for (int i = 0; i < channels.Count; i++)
            {
                rows++;
                sum += channels.Keys[i] + start + groups[i].Bids + groups[i].Bidders;
                groups[i] = default;
            }

            channels.Clear();
            pairs.Clear();
        }
    }

    /// <summary>Rows of the window, brought together by key when it closes, and each key's prices sorted.</summary>
    public static Outcome Median(ReadOnlySpan<Bid> bids) => PerKey(bids, static (long key, Span<long> prices, long start, ref long rows, ref long sum) =>
    {
        prices.Sort();
        int half = prices.Length / 2;
        rows++;
        sum += key + start + (prices.Length % 2 == 1 ? 2 * prices[half] : prices[half - 1] + prices[half]);
    });

    /// <summary>The same, with places.</summary>
    public static Outcome Rank(ReadOnlySpan<Bid> bids) => PerKey(bids, static (long key, Span<long> prices, long start, ref long rows, ref long sum) =>
    {
        prices.Sort();
        long place = 1;
        for (int i = prices.Length - 1; i >= 0; i--)
        {
            place = i < prices.Length - 1 && prices[i] == prices[i + 1] ? place : prices.Length - i;
            sum += key + prices[i] + start + place;
        }

        rows += prices.Length;
    });

    /// <summary>Three bids in the entry of each auction, kept in order; of equal prices the lower bidder is first, as the query has it, whatever came before.</summary>
    public static Outcome TopThree(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var best = new (long Price, long Bidder)[3 << 13];
        var counts = new byte[1 << 13];
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                Flush(end - Window);
                end = ts - (ts % Window) + Window;
            }

            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == counts.Length)
            {
                Array.Resize(ref counts, number * 2);
                Array.Resize(ref best, number * 6);
            }

            int count = counts[number];
            Span<(long Price, long Bidder)> three = best.AsSpan(number * 3, 3);
            if (count == 3 && !IsBefore(in bid, in three[2]))
            {
                continue;
            }

            int at = count < 3 ? counts[number]++ : 2;
            for (; at > 0 && IsBefore(in bid, in three[at - 1]); at--)
            {
                three[at] = three[at - 1];
            }

            three[at] = (bid.Price, bid.Bidder);
        }

        Flush(end - Window);
        return new Outcome(rows, sum);

        static bool IsBefore(in Bid bid, in (long Price, long Bidder) other) => bid.Price > other.Price || (bid.Price == other.Price && bid.Bidder < other.Bidder);

        void Flush(long start)
        {
            for (int i = 0; i < keys.Count; i++)
            {
                for (int place = 0; place < counts[i]; place++)
                {
                    rows++;
                    sum += keys.Keys[i] + best[(i * 3) + place].Price + best[(i * 3) + place].Bidder + start;
                }

                counts[i] = 0;
            }

            keys.Clear();
        }
    }

    /// <summary>A table of counts, and the ten greatest of it by a queue of ten.</summary>
    public static Outcome BusiestTen(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var counts = new int[1 << 13];
        var ten = new PriorityQueue<(long Auction, int Bids), (int Bids, long Auction)>();
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                Flush(end - Window);
                end = ts - (ts % Window) + Window;
            }

            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == counts.Length)
            {
                Array.Resize(ref counts, number * 2);
            }

            counts[number]++;
        }

        Flush(end - Window);
        return new Outcome(rows, sum);

        void Flush(long start)
        {
            for (int i = 0; i < keys.Count; i++)
            {
                (long auction, int count) = (keys.Keys[i], counts[i]);
                if (ten.Count < 10)
                {
                    ten.Enqueue((auction, count), (count, -auction));
                }
                else if (ten.Peek() is var least && (count > least.Bids || (count == least.Bids && auction < least.Auction)))
                {
                    ten.EnqueueDequeue((auction, count), (count, -auction));
                }

                counts[i] = 0;
            }

            while (ten.TryDequeue(out (long Auction, int Bids) one, out _))
            {
                rows++;
                sum += one.Auction + start + one.Bids;
            }

            keys.Clear();
        }
    }

    private delegate void KeyDone(long key, Span<long> prices, long start, ref long rows, ref long sum);

    /// <summary>Prices of a window as they come, each with its key's number; at its end in one array, key by key.</summary>
    private static Outcome PerKey(ReadOnlySpan<Bid> bids, KeyDone done)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var kept = new List<(int Number, long Price)>();
        var ends = new int[1 << 13];
        long[] sorted = [];
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                Flush(end - Window);
                end = ts - (ts % Window) + Window;
            }

            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == ends.Length)
            {
                Array.Resize(ref ends, number * 2);
            }

            ends[number]++;
            kept.Add((number, bid.Price));
        }

        Flush(end - Window);
        return new Outcome(rows, sum);

        void Flush(long start)
        {
            sorted = sorted.Length < kept.Count ? new long[kept.Count * 2] : sorted;
            int place = 0;
            for (int i = 0; i < keys.Count; i++)
            {
                (ends[i], place) = (place, place + ends[i]);
            }

            foreach ((int number, long price) in CollectionsMarshal.AsSpan(kept))
            {
                sorted[ends[number]++] = price;
            }

            int from = 0;
            for (int i = 0; i < keys.Count; i++)
            {
                done(keys.Keys[i], sorted.AsSpan(from, ends[i] - from), start, ref rows, ref sum);
                from = ends[i];
                ends[i] = 0;
            }

            keys.Clear();
            kept.Clear();
        }
    }

    private static void EmitStep(KeyNumbers keys, (int Count, long Total)[] groups, long stepEnd, ref long rows, ref long sum)
    {
        long start = (stepEnd - 1) - ((stepEnd - 1) % Window);
        ReadOnlySpan<long> all = keys.Keys;
        for (int i = 0; i < all.Length; i++)
        {
            rows++;
            sum += all[i] + start + stepEnd + groups[i].Count + groups[i].Total;
        }

        if (stepEnd % Window == 0)
        {
            Array.Clear(groups, 0, all.Length);
            keys.Clear();
        }
    }
}
