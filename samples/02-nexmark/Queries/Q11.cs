using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>How often each bidder bids before pausing for ten seconds.</summary>
[StreamQuery("""
    SELECT bidder, COUNT(*) AS bid_count, window_start AS starttime, window_end AS endtime
    FROM bid
    GROUP BY bidder, SESSION(date_time, INTERVAL '10' SECOND)
    """)]
public sealed partial class Q11;
