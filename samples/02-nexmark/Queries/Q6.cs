using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>What a seller's last eleven auctions went for, on average.</summary>
[StreamQuery("""
    SELECT seller, AVG(price) OVER (PARTITION BY seller ORDER BY date_time ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS avg_price
    FROM (
        SELECT id, seller, price, date_time
        FROM TABLE(TUMBLE(TABLE open_bids, DESCRIPTOR(opened), INTERVAL '10' SECOND))
        QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, window_end, id, seller ORDER BY price DESC, date_time) = 1
    )
    """)]
public sealed partial class Q6;
