using Laminar;

namespace Fraud.Queries;

/// <summary>Bursts of trades of one account: sessions with less than two seconds between trades.</summary>
[StreamQuery("""
    SELECT account_id, COUNT(*) AS burst_trades, SUM(volume) AS burst_volume, MIN(price) AS low, MAX(price) AS high, window_start, window_end
    FROM trades
    GROUP BY account_id, SESSION(ts, INTERVAL '2' SECOND)
    """)]
public sealed partial class RapidFire;
