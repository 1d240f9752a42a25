using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>The ten highest bids on each auction.</summary>
[StreamQuery("""
    SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY price DESC) AS rank_number FROM bid)
    WHERE rank_number <= 10
    """)]
public sealed partial class Q19;
