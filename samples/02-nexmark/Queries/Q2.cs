using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Bids on some auctions.</summary>
[StreamQuery("""
    SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0
    """)]
public sealed partial class Q2;
