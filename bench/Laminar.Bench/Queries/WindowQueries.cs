using Laminar;

namespace Laminar.Bench.Queries;

// What a window can be asked besides sums: each keeps more than a number per group.

[StreamQuery("""
    SELECT auction, window_start, window_end, COUNT(*) AS bids, SUM(price) AS total
    FROM bids
    GROUP BY auction, CUMULATE(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND)
    """)]
public sealed partial class CumulateByAuction;

[StreamQuery("""
    SELECT channel, window_start, COUNT(*) AS bids, COUNT(DISTINCT bidder) AS bidders
    FROM bids
    GROUP BY channel, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class DistinctBidders;

[StreamQuery("""
    SELECT auction, window_start, MEDIAN(price) AS middle
    FROM bids
    GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class MedianPrice;

[StreamQuery("""
    SELECT auction, bidder, price, window_start
    FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, auction ORDER BY price DESC) <= 3
    """)]
public sealed partial class TopThree;

[StreamQuery("""
    SELECT auction, window_start, COUNT(*) AS bids
    FROM bids
    GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)
    ORDER BY bids DESC, auction LIMIT 10
    """)]
public sealed partial class BusiestTen;

[StreamQuery("""
    SELECT auction, price, window_start, RANK() OVER (PARTITION BY window_start, auction ORDER BY price DESC) AS place
    FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND))
    """)]
public sealed partial class Ranks;
