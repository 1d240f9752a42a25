namespace Laminar.Nexmark;

/// <summary>A bid on an auction. The price is in cents.</summary>
[StreamSource("bid", Watermark = "date_time - INTERVAL '4' SECOND")]
public readonly partial record struct Bid(long Auction, long Bidder, long Price, string Channel, string Url, DateTime DateTime, string Extra);
