using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Prices in euros.</summary>
[StreamQuery("""
    SELECT auction, bidder, 0.908 * CAST(price AS DECIMAL(20, 0)) AS price, date_time, extra FROM bid
    """)]
public sealed partial class Q1;
