using Laminar;

namespace Fraud.Queries;

/// <summary>Each trade with the last order of the symbol before it.</summary>
[StreamQuery("""
    SELECT t.symbol, t.account_id, t.price AS trade_price, t.volume, t.ts, o.order_id, o.account_id AS order_account, o.price AS order_price,
           t.price - o.price AS price_diff
    FROM trades t ASOF JOIN orders o MATCH_CONDITION (t.ts >= o.ts) ON t.symbol = o.symbol
    """)]
public sealed partial class AsofMatch;
