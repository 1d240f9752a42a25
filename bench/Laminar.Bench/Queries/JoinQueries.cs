using Laminar;

namespace Laminar.Bench.Queries;

// The performance page's joins, over what Nexmark's people open and bid for.

[StreamQuery("SELECT b.auction, b.price, l.seller, b.ts FROM bids b JOIN listings l ON b.auction = l.auction AND b.ts BETWEEN l.ts AND l.ts + INTERVAL '10' SECOND")]
public sealed partial class EarlyBids;

[StreamQuery("""
    SELECT p.person, p.window_start
    FROM (SELECT person, window_start, window_end FROM people GROUP BY person, TUMBLE(ts, INTERVAL '10' SECOND)) AS p
    JOIN (SELECT seller, window_start, window_end FROM listings GROUP BY seller, TUMBLE(ts, INTERVAL '10' SECOND)) AS l
        ON p.person = l.seller AND p.window_start = l.window_start AND p.window_end = l.window_end
    """)]
public sealed partial class NewSellers;

[StreamQuery("SELECT b.bidder, b.price, l.auction, b.ts FROM bids b ASOF JOIN listings l MATCH_CONDITION (b.ts >= l.ts) ON b.bidder = l.seller")]
public sealed partial class LastListing;

[StreamQuery("SELECT b.bidder, b.price, l.auction, b.ts FROM bids b JOIN listings FOR SYSTEM_TIME AS OF b.ts AS l ON b.bidder = l.seller")]
public sealed partial class ListingAsOf;
