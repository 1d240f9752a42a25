using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>
/// Bids on auctions that were open at the time, which q4 and q6 read. The public text says only that an auction is open until it expires; that it does so within
/// ten seconds is what bounds the state, and holds for this generator at 1,000 events per second and more.
/// </summary>
[StreamQuery("""
    SELECT a.id, a.category, a.seller, b.price, a.date_time AS opened, b.date_time
    FROM auction AS a JOIN bid AS b
        ON a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.date_time + INTERVAL '10' SECOND
    WHERE b.date_time <= a.expires
    """)]
public sealed partial class OpenBids;
