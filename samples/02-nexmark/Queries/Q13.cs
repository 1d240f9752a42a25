using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Bids with what a side input says about them.</summary>
[StreamQuery("""
    SELECT b.auction, b.bidder, b.price, b.date_time, s.value
    FROM bid AS b JOIN side_input AS s ON MOD(b.auction, 10000) = s.key
    """)]
public sealed partial class Q13;
