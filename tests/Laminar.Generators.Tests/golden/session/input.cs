using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Account, double Price, long Volume, DateTime Ts);

[StreamQuery("""
    SELECT account, window_start, window_end, COUNT(*) AS trades, MIN(price) AS low, MAX(price) AS high
    FROM trades
    GROUP BY account, SESSION(ts, INTERVAL '2' SECOND)
    """)]
public sealed partial class RapidFire;
