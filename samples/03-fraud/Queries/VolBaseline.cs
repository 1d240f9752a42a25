using Laminar;

namespace Fraud.Queries;

/// <summary>What a symbol usually trades: its volume, trades and average price in the last ten seconds, every two.</summary>
[StreamQuery("""
    SELECT symbol, SUM(volume) AS total_volume, COUNT(*) AS trade_count, AVG(price) AS avg_price, window_start, window_end
    FROM trades
    GROUP BY symbol, HOP(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND)
    """)]
public sealed partial class VolBaseline;
