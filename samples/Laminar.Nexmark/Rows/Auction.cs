namespace Laminar.Nexmark;

/// <summary>An item for sale. Ids count from 1,000; categories are 10 to 14; prices are in cents.</summary>
[StreamSource("auction", Watermark = "date_time - INTERVAL '4' SECOND")]
public readonly partial record struct Auction(
    long Id, string ItemName, string Description, long InitialBid, long Reserve, DateTime DateTime, DateTime Expires, long Seller, long Category, string Extra);
