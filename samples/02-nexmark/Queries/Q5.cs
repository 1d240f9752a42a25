using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Hot items: the auctions with the most bids in the last ten seconds, every two.</summary>
[StreamQuery("""
    SELECT auction, COUNT(*) AS num, window_start, window_end
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(date_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end
    QUALIFY RANK() OVER (PARTITION BY window_start, window_end ORDER BY COUNT(*) DESC) = 1
    """)]
public sealed partial class Q5;
