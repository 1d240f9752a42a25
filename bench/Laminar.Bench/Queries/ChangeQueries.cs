using Laminar;

namespace Laminar.Bench.Queries;

// Results that change with every row: joins of groups, the last row of a key, the first rows of a key.

[StreamQuery("""
    SELECT a.auction, a.bids, l.seller
    FROM (SELECT auction, COUNT(*) AS bids FROM bids GROUP BY auction) AS a JOIN listings l ON a.auction = l.auction
    """)]
public sealed partial class CountedListings;

[StreamQuery("""
    SELECT a.auction, a.bids, l.seller
    FROM (SELECT auction, COUNT(*) AS bids FROM bids GROUP BY auction) AS a LEFT JOIN listings l ON a.auction = l.auction
    """)]
public sealed partial class CountedAuctions;

[StreamQuery("SELECT auction, bidder, price, ts FROM bids QUALIFY ROW_NUMBER() OVER (PARTITION BY auction ORDER BY ts DESC) = 1")]
public sealed partial class LastBids;

[StreamQuery("SELECT auction, bidder, price FROM bids QUALIFY ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) <= 3")]
public sealed partial class BestBids;
