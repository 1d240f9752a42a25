using Laminar;

namespace Laminar.Bench;

/// <summary>An auction that opens, in event-time order.</summary>
[StreamSource("listings", Watermark = "ts")]
public readonly partial record struct Listing(long Auction, long Seller, DateTime Ts);

/// <summary>Somebody new, in event-time order.</summary>
[StreamSource("people", Watermark = "ts")]
public readonly partial record struct NewPerson(long Person, DateTime Ts);
