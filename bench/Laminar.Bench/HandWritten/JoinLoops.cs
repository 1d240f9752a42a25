namespace Laminar.Bench.HandWritten;

/// <summary>Joins of two streams in order of time, as one would write each for its query alone: the two are read as one, by their times.</summary>
public static class JoinLoops
{
    private const long Window = 10 * TimeSpan.TicksPerSecond;

    /// <summary>Listings by auction; the table is forgotten in two halves, so that one holds at least the last ten seconds.</summary>
    public static Outcome Interval(ReadOnlySpan<Bid> bids, ReadOnlySpan<Listing> listings)
    {
        long rows = 0, sum = 0;
        KeyNumbers young = new(), old = new();
        var youngOf = new (long Seller, long Ts)[1 << 14];
        var oldOf = new (long Seller, long Ts)[1 << 14];
        long turn = long.MinValue;
        int next = 0;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            for (; next < listings.Length && listings[next].Ts.Ticks <= ts; next++)
            {
                ref readonly Listing listing = ref listings[next];
                if (listing.Ts.Ticks >= turn)
                {
                    (young, old, youngOf, oldOf) = (old, young, oldOf, youngOf);
                    young.Clear();
                    turn = listing.Ts.Ticks + Window;
                }

                youngOf[young.Of(listing.Auction, KeyHashing.Of(listing.Auction))] = (listing.Seller, listing.Ts.Ticks);
            }

            uint hash = KeyHashing.Of(bid.Auction);
            int found = young.Find(bid.Auction, hash);
            (long Seller, long Ts) of = default;
            if (found >= 0)
            {
                of = youngOf[found];
            }
            else if ((found = old.Find(bid.Auction, hash)) >= 0)
            {
                of = oldOf[found];
            }

            if (found >= 0 && ts <= of.Ts + Window)
            {
                rows++;
                sum += bid.Auction + bid.Price + of.Seller + ts;
            }
        }

        return new Outcome(rows, sum);
    }

    /// <summary>Two sets per window, and those in both when it ends.</summary>
    public static Outcome Windows(ReadOnlySpan<Listing> listings, ReadOnlySpan<NewPerson> people)
    {
        long rows = 0, sum = 0;
        KeyNumbers persons = new(), sellers = new();
        long end = long.MinValue;
        int next = 0;
        foreach (ref readonly Listing listing in listings)
        {
            long ts = listing.Ts.Ticks;
            for (; next < people.Length && people[next].Ts.Ticks <= ts; next++)
            {
                Turn(people[next].Ts.Ticks);
                persons.Of(people[next].Person, KeyHashing.Of(people[next].Person));
            }

            Turn(ts);
            sellers.Of(listing.Seller, KeyHashing.Of(listing.Seller));
        }

        Turn(long.MaxValue - Window);
        return new Outcome(rows, sum);

        void Turn(long ts)
        {
            if (ts < end)
            {
                return;
            }

            foreach (long person in persons.Keys)
            {
                if (sellers.Find(person, KeyHashing.Of(person)) >= 0)
                {
                    rows++;
                    sum += person + end - Window;
                }
            }

            persons.Clear();
            sellers.Clear();
            end = ts - (ts % Window) + Window;
        }
    }

    /// <summary>The last listing of each seller so far.</summary>
    public static Outcome Last(ReadOnlySpan<Bid> bids, ReadOnlySpan<Listing> listings)
    {
        long rows = 0, sum = 0;
        var sellers = new KeyNumbers();
        var auctions = new long[1 << 13];
        int next = 0;
        foreach (ref readonly Bid bid in bids)
        {
            for (; next < listings.Length && listings[next].Ts <= bid.Ts; next++)
            {
                int number = sellers.Of(listings[next].Seller, KeyHashing.Of(listings[next].Seller));
                if (number == auctions.Length)
                {
                    Array.Resize(ref auctions, number * 2);
                }

                auctions[number] = listings[next].Auction;
            }

            int found = sellers.Find(bid.Bidder, KeyHashing.Of(bid.Bidder));
            if (found >= 0)
            {
                rows++;
                sum += bid.Bidder + bid.Price + auctions[found] + bid.Ts.Ticks;
            }
        }

        return new Outcome(rows, sum);
    }
}
