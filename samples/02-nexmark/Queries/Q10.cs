using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Bids for files by day and minute.</summary>
[StreamQuery("""
    SELECT auction, bidder, price, date_time, extra, DATE_FORMAT(date_time, 'yyyy-MM-dd') AS dt, DATE_FORMAT(date_time, 'HH:mm') AS hm
    FROM bid
    """)]
public sealed partial class Q10;
