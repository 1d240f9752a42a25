using Laminar.Nexmark;

namespace Laminar.Bench.Inputs;

/// <summary>The three streams of one seeded Nexmark run, as far as the bids reach: 46 bids, 3 listings and 1 person in 50 events.</summary>
/// <param name="Bids">In order of event time.</param>
/// <param name="Listings">The same.</param>
/// <param name="People">The same.</param>
public sealed record Market(Bid[] Bids, Listing[] Listings, NewPerson[] People)
{
    private const int SliceRows = 4096;

    public static Market Of(Bid[] bids)
    {
        DateTime end = bids[^1].Ts;
        var generator = new NexmarkGenerator();
        var listings = new List<Listing>();
        var auctions = new Auction[SliceRows];
        for (int filled = auctions.Length; filled == auctions.Length && (listings.Count == 0 || listings[^1].Ts <= end);)
        {
            filled = generator.Fill(auctions.AsSpan());
            listings.AddRange(auctions.Take(filled).Select(a => new Listing(a.Id, a.Seller, a.DateTime)));
        }

        var people = new List<NewPerson>();
        var persons = new Person[SliceRows];
        for (int filled = persons.Length; filled == persons.Length && (people.Count == 0 || people[^1].Ts <= end);)
        {
            filled = generator.Fill(persons.AsSpan());
            people.AddRange(persons.Take(filled).Select(p => new NewPerson(p.Id, p.DateTime)));
        }

        return new Market(bids, [.. listings.TakeWhile(l => l.Ts <= end)], [.. people.TakeWhile(p => p.Ts <= end)]);
    }

    /// <summary>The first bids and the listings of that time, in slices: listings up to the last bid of a slice come before its bids.</summary>
    public void PushBids(IStreamInput<Bid> bids, IStreamInput<Listing> listings, int rows)
    {
        int next = 0;
        for (int i = 0; i < rows; i += SliceRows)
        {
            ReadOnlySpan<Bid> slice = Bids.AsSpan(i, Math.Min(SliceRows, rows - i));
            int from = next;
            next = ListingsUntil(slice[^1].Ts, from);
            listings.Push(Listings.AsSpan(from..next));
            bids.Push(slice);
        }
    }

    /// <summary>The first bids by themselves, in the same slices.</summary>
    public void PushBids(IStreamInput<Bid> bids, int rows)
    {
        for (int i = 0; i < rows; i += SliceRows)
        {
            bids.Push(Bids.AsSpan(i, Math.Min(SliceRows, rows - i)));
        }
    }

    /// <summary>The first listings and the people of that time, likewise.</summary>
    public void PushPeople(IStreamInput<NewPerson> people, IStreamInput<Listing> listings, int rows)
    {
        int next = 0;
        for (int i = 0; i < rows; i += SliceRows)
        {
            ReadOnlySpan<Listing> slice = Listings.AsSpan(i, Math.Min(SliceRows, rows - i));
            int from = next;
            while (next < People.Length && People[next].Ts <= slice[^1].Ts)
            {
                next++;
            }

            people.Push(People.AsSpan(from..next));
            listings.Push(slice);
        }
    }

    private int ListingsUntil(DateTime time, int from)
    {
        while (from < Listings.Length && Listings[from].Ts <= time)
        {
            from++;
        }

        return from;
    }
}
