using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts")]
public readonly partial record struct Trade(string Symbol, double? Price, long Volume, DateTime Ts);

[StreamQuery("""
    SELECT symbol, window_start, SUM(volume) AS volume, RANK() OVER w AS place, LAG(symbol) OVER w AS before
    FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '10' SECOND)
    WINDOW w AS (PARTITION BY window_start, window_end ORDER BY SUM(volume) DESC)
    """)]
public sealed partial class Places;

[StreamQuery("""
    SELECT symbol, ts, price - LAG(price) OVER w AS step, AVG(price) OVER w AS average, COUNT(DISTINCT volume) OVER w AS volumes
    FROM trades WINDOW w AS (PARTITION BY symbol ORDER BY ts ROWS 9 PRECEDING)
    """)]
public sealed partial class Steps;
