using Laminar;

namespace NexmarkQueries.Queries.AsWritten;

/// <summary>q4 as the public text has it: what an auction goes for counts with each higher bid, and the average is corrected each time. Both sides of the join are kept to the end.</summary>
[StreamQuery("""
    SELECT q.category, AVG(q.final) AS final
    FROM (
        SELECT MAX(b.price) AS final, a.category
        FROM auction AS a, bid AS b
        WHERE a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires
        GROUP BY a.id, a.category
    ) AS q
    GROUP BY q.category
    """)]
public sealed partial class Q4AsWritten;
