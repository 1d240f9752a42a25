using Fraud;
using Fraud.Feeds;
using Laminar.Bench.Inputs;
using Laminar.Nexmark;
using NexmarkQueries.Inputs;

namespace Laminar.Bench.Engines;

/// <summary>The rows that the harness's queries read, seeded, each kind made when the first query needs it.</summary>
/// <param name="rows">Bids or trades; other sources have as many as belong to that time.</param>
public sealed class EngineInputs(int rows)
{
    private readonly Lazy<IEngineFeed> _bids = new(() => new EngineFeed<Nexmark.Bid>(Take<Nexmark.Bid>(rows, (g, to) => g.Fill(to))));
    private readonly Lazy<IEngineFeed> _arrived = new(() => new EngineFeed<ArrivedBid>([.. Take<Nexmark.Bid>(rows, (g, to) => g.Fill(to)).Select(b => new ArrivedBid(b.Auction, b.Bidder, b.Price, b.DateTime))]));
    private readonly Lazy<IEngineFeed> _auctions = new(() => new EngineFeed<Auction>(Take<Auction>(3 * rows / 46, (g, to) => g.Fill(to))));
    private readonly Lazy<IEngineFeed> _manyAuctions = new(() => new EngineFeed<Auction>(Take<Auction>(rows / 4 * 3, (g, to) => g.Fill(to))));
    private readonly Lazy<IEngineFeed> _persons = new(() => new EngineFeed<Person>(Take<Person>(rows / 4, (g, to) => g.Fill(to))));
    private readonly Lazy<IEngineFeed> _trades = new(() => new EngineFeed<Trade>([.. Enumerable.Range(0, rows).Select(i => MarketMaker.TradeAt(i))]));
    private readonly Lazy<IEngineFeed> _orders = new(() => new EngineFeed<Order>([.. Enumerable.Range(0, rows).Where(i => MarketMaker.HasOrder(i)).Select(i => MarketMaker.OrderAt(i))]));
    private readonly Lazy<Market> _market = new(() => Market.Of(Inputs.Bids.InOrder(rows)));

    private delegate void FillRows<TRow>(NexmarkGenerator generator, Span<TRow> rows);

    /// <summary>Nexmark's bids with text.</summary>
    public EngineSetting Bids() => new(_bids.Value);

    /// <summary>The same, by the time at which they arrive, which here is that of the event.</summary>
    public EngineSetting ArrivedBids() => new(_arrived.Value);

    /// <summary>Nexmark's auctions and the bids of that time.</summary>
    public EngineSetting AuctionsAndBids() => new(_auctions.Value, _bids.Value);

    /// <summary>Nexmark's auctions and persons of a longer time.</summary>
    public EngineSetting AuctionsAndPersons() => new(_manyAuctions.Value, _persons.Value);

    /// <summary>The fraud sample's trades.</summary>
    public EngineSetting Trades() => new(_trades.Value);

    /// <summary>Its trades and orders.</summary>
    public EngineSetting TradesAndOrders() => new(_trades.Value, _orders.Value);

    /// <summary>Numeric bids.</summary>
    public EngineSetting PlainBids() => new(PlainFeed(_market.Value.Bids));

    /// <summary>The same up to two seconds out of order.</summary>
    public EngineSetting LateBids() => new(PlainFeed(Inputs.Bids.OutOfOrder(_market.Value.Bids, TimeSpan.FromSeconds(2))));

    /// <summary>The same with the channel's name.</summary>
    public EngineSetting TextBids() => new(PlainFeed(Inputs.Bids.WithText(rows)));

    /// <summary>Numeric bids and the listings of that time.</summary>
    public EngineSetting PlainBidsAndListings() => new(PlainFeed(_market.Value.Bids), PlainFeed(_market.Value.Listings));

    /// <summary>Listings and people.</summary>
    public EngineSetting PeopleAndListings() => new(PlainFeed(_market.Value.People), PlainFeed(_market.Value.Listings));

    private static EngineFeed<TRow> PlainFeed<TRow>(TRow[] rows)
        where TRow : ISourceRow<TRow> => new(rows);

    private static TRow[] Take<TRow>(int count, FillRows<TRow> fill)
    {
        var taken = new TRow[count];
        fill(new NexmarkGenerator(), taken);
        return taken;
    }
}
