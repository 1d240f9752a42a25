namespace Laminar.Nexmark;

/// <summary>The same bids without text: the channel is a number, 0 to 3 for the hot ones. 40 bytes, no references. In order of time.</summary>
[StreamSource("bid_lite", Watermark = "ts")]
public readonly partial record struct BidLite(long Auction, long Bidder, long Price, int Channel, DateTime Ts);
