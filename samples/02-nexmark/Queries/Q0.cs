using Laminar;

namespace NexmarkQueries.Queries;

/// <summary>Passes bids through: what a row costs without any work.</summary>
[StreamQuery("""
    SELECT auction, bidder, price, date_time, extra FROM bid
    """)]
public sealed partial class Q0;
