using Laminar;

namespace NexmarkQueries.Queries.AsWritten;

/// <summary>q5 as the public text has it: a join of the counts of each window with the greatest of them, which is corrected while a window's counts come in.</summary>
[StreamQuery("""
    SELECT bids.auction, bids.num, bids.starttime, bids.endtime
    FROM (
        SELECT auction, COUNT(*) AS num, window_start AS starttime, window_end AS endtime
        FROM TABLE(HOP(TABLE bid, DESCRIPTOR(date_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
        GROUP BY auction, window_start, window_end
    ) AS bids
    JOIN (
        SELECT MAX(counts.num) AS maxn, counts.starttime, counts.endtime
        FROM (
            SELECT COUNT(*) AS num, window_start AS starttime, window_end AS endtime
            FROM TABLE(HOP(TABLE bid, DESCRIPTOR(date_time), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
            GROUP BY auction, window_start, window_end
        ) AS counts
        GROUP BY counts.starttime, counts.endtime
    ) AS best
        ON bids.starttime = best.starttime AND bids.endtime = best.endtime AND bids.num >= best.maxn
    """)]
public sealed partial class Q5AsWritten;
