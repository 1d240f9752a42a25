using System.Runtime.CompilerServices;

namespace Laminar.Nexmark;

/// <summary>
/// Makes the events of one seed. Each kind has its own cursor: filling bids doesn't move auctions. Events are handed out in order of arrival,
/// which is order of time unless <see cref="NexmarkOptions.Disorder"/> is set. Allocates nothing after construction. Not thread-safe.
/// </summary>
public sealed class NexmarkGenerator
{
    private const long FirstId = 1000;
    private const long FirstCategory = 10;
    private const int Categories = 5;
    private const int IdLead = 10;
    private const int HotBatch = 100;

    private readonly NexmarkOptions _options;
    private readonly EventOrder _order;
    private readonly long _start;
    private readonly long _ticksPerEvent;
    private readonly Lazy<TextPool> _texts;
    private long _persons;
    private long _auctions;
    private long _bids;
    private long _liteBids;

    /// <param name="options">Null for the public generator's defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate, ratio or count below 1, a part that isn't one of the parts, or disorder of a day or more.</exception>
    public NexmarkGenerator(NexmarkOptions? options = null)
    {
        _options = options ?? new NexmarkOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.EventsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.EventsPerSecond, 10_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ActivePeople, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.InFlightAuctions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.HotSellerRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.HotAuctionRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.HotBidderRatio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Parts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Part, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.Part, _options.Parts);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Disorder, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.Disorder, TimeSpan.FromDays(1));
        _start = _options.Start.ToUniversalTime().Ticks;
        _ticksPerEvent = TimeSpan.TicksPerSecond % _options.EventsPerSecond == 0 ? TimeSpan.TicksPerSecond / _options.EventsPerSecond : 0;
        _order = new EventOrder(_options.Seed, _options.Disorder.Ticks * _options.EventsPerSecond / TimeSpan.TicksPerSecond);
        _texts = new Lazy<TextPool>(() => new TextPool(_options.Seed));
    }

    /// <summary>How many places of the order of arrival (of its part) the persons have passed. Set to one that was read before, they go on from there.</summary>
    public long PersonPosition
    {
        get => _persons;
        set => _persons = NotNegative(value);
    }

    /// <summary>The same of the auctions.</summary>
    public long AuctionPosition
    {
        get => _auctions;
        set => _auctions = NotNegative(value);
    }

    /// <summary>The same of the bids with text.</summary>
    public long BidPosition
    {
        get => _bids;
        set => _bids = NotNegative(value);
    }

    /// <summary>Fills all of <paramref name="rows"/> with the next bids.</summary>
    public void Fill(Span<BidLite> rows)
    {
        long arrival = _liteBids;
        for (int i = 0; i < rows.Length; i++)
        {
            long number = NextBid(ref arrival);
            var random = new EventRandom(_options.Seed, number);
            (long auction, long bidder) = AuctionAndBidder(number, ref random);
            long price = random.Price();
            int channel = random.Below(2) > 0 ? (int)random.Below(TextPool.HotChannels.Length) : TextPool.HotChannels.Length + (int)random.Below(TextPool.Channels);
            rows[i] = new BidLite(auction, bidder, price, channel, TimeOf(number));
        }

        _liteBids = arrival;
    }

    /// <summary>Fills <paramref name="rows"/> with the next bids, the same as the numeric ones, until one would arrive at <paramref name="before"/> or later.</summary>
    /// <returns>Rows filled.</returns>
    public int Fill(Span<Bid> rows, DateTime? before = null)
    {
        TextPool texts = _texts.Value;
        long end = ArrivalAt(before);
        for (int i = 0; i < rows.Length; i++)
        {
            long next = _bids;
            long number = NextBid(ref next);
            if (ArrivalOf(next - 1) >= end)
            {
                return i;
            }

            _bids = next;
            var random = new EventRandom(_options.Seed, number);
            (long auction, long bidder) = AuctionAndBidder(number, ref random);
            long price = random.Price();
            bool hot = random.Below(2) > 0;
            long channel = random.Below(hot ? TextPool.HotChannels.Length : TextPool.Channels);
            rows[i] = new Bid(
                auction,
                bidder,
                price,
                hot ? TextPool.HotChannels[channel] : texts.ChannelNames[channel],
                hot ? texts.HotUrls[channel] : texts.Urls[channel],
                TimeOf(number),
                Pick(texts.BidExtras, ref random));
        }

        return rows.Length;
    }

    /// <summary>Fills <paramref name="rows"/> with the next auctions, until one would arrive at <paramref name="before"/> or later.</summary>
    /// <returns>Rows filled.</returns>
    public int Fill(Span<Auction> rows, DateTime? before = null)
    {
        TextPool texts = _texts.Value;
        long end = ArrivalAt(before);
        for (int i = 0; i < rows.Length; i++)
        {
            long next = _auctions;
            long number;
            do
            {
                number = _order.NumberAt(ArrivalOf(next++));
            }
            while (!EventNumbers.IsAuction(number));

            if (ArrivalOf(next - 1) >= end)
            {
                return i;
            }

            _auctions = next;
            var random = new EventRandom(_options.Seed, number);
            long seller = random.Below(_options.HotSellerRatio) > 0
                ? EventNumbers.LastPerson(number) / HotBatch * HotBatch
                : AnyPerson(number, ref random);
            long initial = random.Price();
            rows[i] = new Auction(
                FirstId + EventNumbers.LastAuction(number),
                Pick(texts.ItemNames, ref random),
                Pick(texts.Descriptions, ref random),
                initial,
                initial + random.Price(),
                TimeOf(number),
                TimeOf(number).AddMilliseconds(1 + random.Below(Math.Max(1, 2 * HorizonMs()))),
                FirstId + seller,
                FirstCategory + random.Below(Categories),
                Pick(texts.AuctionExtras, ref random));
        }

        return rows.Length;
    }

    /// <summary>Fills <paramref name="rows"/> with the next persons, until one would arrive at <paramref name="before"/> or later.</summary>
    /// <returns>Rows filled.</returns>
    public int Fill(Span<Person> rows, DateTime? before = null)
    {
        TextPool texts = _texts.Value;
        long end = ArrivalAt(before);
        for (int i = 0; i < rows.Length; i++)
        {
            long next = _persons;
            long number;
            do
            {
                number = _order.NumberAt(ArrivalOf(next++));
            }
            while (!EventNumbers.IsPerson(number));

            if (ArrivalOf(next - 1) >= end)
            {
                return i;
            }

            _persons = next;
            var random = new EventRandom(_options.Seed, number);
            rows[i] = new Person(
                FirstId + EventNumbers.LastPerson(number),
                Pick(texts.Names, ref random),
                Pick(texts.Emails, ref random),
                Pick(texts.CreditCards, ref random),
                Pick(TextPool.Cities, ref random),
                Pick(TextPool.States, ref random),
                TimeOf(number),
                Pick(texts.PersonExtras, ref random));
        }

        return rows.Length;
    }

    private static long NotNegative(long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return position;
    }

    private static string Pick(string[] pool, ref EventRandom random) => pool[random.Below(pool.Length)];

    /// <summary>Where among all events the one at a place of this part arrives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ArrivalOf(long position) => _options.Parts == 1
        ? position
        : (((position / EventNumbers.Total * _options.Parts) + _options.Part) * EventNumbers.Total) + (position % EventNumbers.Total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long NextBid(ref long arrival)
    {
        long number;
        do
        {
            number = _order.NumberAt(ArrivalOf(arrival++));
        }
        while (!EventNumbers.IsBid(number));

        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (long Auction, long Bidder) AuctionAndBidder(long number, ref EventRandom random)
    {
        long last = EventNumbers.LastAuction(number);
        long auction;
        if (random.Below(_options.HotAuctionRatio) > 0)
        {
            auction = last / HotBatch * HotBatch;
        }
        else
        {
            // The lead makes a bid now and then come before its auction.
            long first = Math.Max(0, last - _options.InFlightAuctions);
            auction = first + random.Below(last - first + 1 + IdLead);
        }

        // The second of a batch, so that the hot bidder isn't the hot seller.
        long bidder = random.Below(_options.HotBidderRatio) > 0
            ? (EventNumbers.LastPerson(number) / HotBatch * HotBatch) + 1
            : AnyPerson(number, ref random);
        return (FirstId + auction, FirstId + bidder);
    }

    private long AnyPerson(long number, ref EventRandom random)
    {
        long persons = EventNumbers.LastPerson(number) + 1;
        long active = Math.Min(persons, _options.ActivePeople);
        return persons - active + random.Below(active + IdLead);
    }

    /// <summary>How long it takes until as many auctions as are open have been added.</summary>
    private long HorizonMs() => 1000L * _options.InFlightAuctions * EventNumbers.Total / EventNumbers.Auctions / _options.EventsPerSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DateTime TimeOf(long number)
    {
        long ticks = _ticksPerEvent > 0 ? number * _ticksPerEvent : (long)((Int128)number * TimeSpan.TicksPerSecond / _options.EventsPerSecond);
        return new DateTime(_start + ticks, DateTimeKind.Utc);
    }

    private long ArrivalAt(DateTime? before) => before is null
        ? long.MaxValue
        : (long)((Int128)Math.Max(0, before.Value.ToUniversalTime().Ticks - _start) * _options.EventsPerSecond / TimeSpan.TicksPerSecond);
}
