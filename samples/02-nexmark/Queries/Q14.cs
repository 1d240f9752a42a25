using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>A calculation with a filter, a CASE and a function in C#.</summary>
[StreamQuery("""
    SELECT auction, bidder, 0.908 * CAST(price AS DECIMAL(20, 0)) AS price,
           CASE
               WHEN EXTRACT(HOUR FROM date_time) >= 8 AND EXTRACT(HOUR FROM date_time) <= 18 THEN 'dayTime'
               WHEN EXTRACT(HOUR FROM date_time) <= 6 OR EXTRACT(HOUR FROM date_time) >= 20 THEN 'nightTime'
               ELSE 'otherTime'
           END AS bid_time_type,
           date_time, extra, count_char(extra, 'c') AS c_counts
    FROM bid
    WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000
    """)]
public sealed partial class Q14;
