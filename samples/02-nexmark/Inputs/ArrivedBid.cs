using Laminar;

namespace NexmarkQueries.Inputs;

/// <summary>A bid with the instant at which it arrived by the program's clock, which is the event time of q12.</summary>
[StreamSource("arrived_bid", Watermark = "p_time")]
public readonly partial record struct ArrivedBid(long Auction, long Bidder, long Price, DateTime PTime);
