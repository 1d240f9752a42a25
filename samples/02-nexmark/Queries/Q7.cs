using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>The highest bid of each ten seconds.</summary>
[StreamQuery("""
    SELECT b.auction, b.price, b.bidder, b.date_time, b.extra
    FROM bid AS b
    JOIN (
        SELECT MAX(price) AS price, window_end, window_time
        FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(date_time), INTERVAL '10' SECOND))
        GROUP BY window_start, window_end
    ) AS best
        ON b.price = best.price AND b.date_time BETWEEN best.window_end - INTERVAL '10' SECOND AND best.window_end
    """)]
public sealed partial class Q7;
