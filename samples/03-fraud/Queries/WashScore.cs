using Laminar;

namespace Fraud.Queries;

/// <summary>What an account has bought and sold of a symbol within five seconds: about as much of both looks like trades with itself.</summary>
[StreamQuery("""
    SELECT account_id, symbol,
           SUM(CASE WHEN side = 'buy' THEN volume ELSE 0 END) AS buy_volume,
           SUM(CASE WHEN side = 'sell' THEN volume ELSE 0 END) AS sell_volume,
           SUM(CASE WHEN side = 'buy' THEN 1 ELSE 0 END) AS buy_count,
           SUM(CASE WHEN side = 'sell' THEN 1 ELSE 0 END) AS sell_count,
           window_start
    FROM trades
    GROUP BY account_id, symbol, TUMBLE(ts, INTERVAL '5' SECOND)
    """)]
public sealed partial class WashScore;
