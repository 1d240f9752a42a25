using Laminar;

namespace Laminar.Bench;

/// <summary>A bid in event-time order.</summary>
[StreamSource("bids", Watermark = "ts")]
public readonly partial record struct Bid(long Auction, long Bidder, long Price, int Channel, DateTime Ts);

/// <summary>The same bid, arriving up to two seconds out of order.</summary>
[StreamSource("late_bids", Watermark = "ts - INTERVAL '2' SECOND")]
public readonly partial record struct LateBid(long Auction, long Bidder, long Price, int Channel, DateTime Ts);

/// <summary>The same bid with its channel's name: 10,004 distinct texts, half of the bids in four of them.</summary>
[StreamSource("text_bids", Watermark = "ts")]
public readonly partial record struct TextBid(long Auction, long Bidder, long Price, string Channel, DateTime Ts);
