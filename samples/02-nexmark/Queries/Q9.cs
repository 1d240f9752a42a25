using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>The winning bid of each auction.</summary>
[StreamQuery("""
    SELECT a.id, a.item_name, a.description, a.initial_bid, a.reserve, a.date_time, a.expires, a.seller, a.category, a.extra,
           b.auction, b.bidder, b.price, b.date_time AS bid_date_time, b.extra AS bid_extra
    FROM auction AS a JOIN bid AS b
        ON a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.date_time + INTERVAL '10' SECOND
    WHERE b.date_time <= a.expires
    QUALIFY ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.date_time) = 1
    """)]
public sealed partial class Q9;
