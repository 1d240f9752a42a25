using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>How often each bidder bids in ten seconds of the wall clock.</summary>
[StreamQuery("""
    SELECT bidder, COUNT(*) AS bid_count, window_start AS starttime, window_end AS endtime
    FROM TABLE(TUMBLE(TABLE arrived_bid, DESCRIPTOR(p_time), INTERVAL '10' SECOND))
    GROUP BY bidder, window_start, window_end
    """)]
public sealed partial class Q12;
