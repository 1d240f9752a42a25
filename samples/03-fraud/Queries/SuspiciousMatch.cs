using Laminar;

namespace Fraud.Queries;

/// <summary>Trades with all orders of the symbol within two seconds, before or behind, and how far the prices are apart: orders ahead of somebody else's trade.</summary>
[StreamQuery("""
    SELECT t.symbol, t.price AS trade_price, t.volume, o.order_id, o.account_id, o.side, o.price AS order_price, t.price - o.price AS price_diff
    FROM trades t JOIN orders o ON t.symbol = o.symbol AND o.ts BETWEEN t.ts - INTERVAL '2' SECOND AND t.ts + INTERVAL '2' SECOND
    """)]
public sealed partial class SuspiciousMatch;
