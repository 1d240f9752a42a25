using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>The average of what auctions went for, by category, as it changes with each auction that ends.</summary>
[StreamQuery("""
    SELECT category, AVG(final) AS final
    FROM (
        SELECT category, MAX(price) AS final
        FROM TABLE(TUMBLE(TABLE open_bids, DESCRIPTOR(opened), INTERVAL '10' SECOND))
        GROUP BY id, category, window_start, window_end
    )
    GROUP BY category
    """)]
public sealed partial class Q4;
