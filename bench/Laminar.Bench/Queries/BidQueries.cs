using Laminar;

namespace Laminar.Bench.Queries;

// The performance page's single-input workloads, in the order of its list.

[StreamQuery("SELECT auction, bidder, price, channel, ts FROM bids")]
public sealed partial class PassThrough;

[StreamQuery("SELECT auction, bidder, price * 89 / 100 AS euros, ts FROM bids")]
public sealed partial class Projection;

[StreamQuery("SELECT auction, price FROM bids WHERE auction % 123 = 0")]
public sealed partial class Filter;

[StreamQuery("""
    SELECT auction, window_start, COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest
    FROM bids
    GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class TumbleByAuction;

[StreamQuery("""
    SELECT auction, window_start, COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest
    FROM late_bids
    GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class TumbleOutOfOrder;

[StreamQuery("""
    SELECT channel, window_start, COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest
    FROM text_bids
    GROUP BY channel, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class TumbleByChannel;

[StreamQuery("""
    SELECT auction, window_start, COUNT(*) AS bids
    FROM bids
    GROUP BY auction, HOP(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND)
    """)]
public sealed partial class HopByAuction;

[StreamQuery("SELECT window_start, MAX(price) AS highest FROM bids GROUP BY TUMBLE(ts, INTERVAL '10' SECOND)")]
public sealed partial class GlobalMax;

[StreamQuery("""
    SELECT bidder, window_start, window_end, COUNT(*) AS bids, SUM(price) AS total
    FROM bids
    GROUP BY bidder, SESSION(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class SessionByBidder;

[StreamQuery("""
    SELECT auction, window_start, COUNT(*) AS bids, SUM(price) AS total, MAX(price) AS highest
    FROM bids
    GROUP BY auction, HOP(ts, INTERVAL '1' SECOND, INTERVAL '10' SECOND)
    """)]
public sealed partial class HopTenfold;
