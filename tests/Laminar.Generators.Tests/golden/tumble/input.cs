using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

[StreamQuery("""
    SELECT symbol, window_start, window_end, SUM(price * volume) / SUM(volume) AS vwap, COUNT(*) AS trades
    FROM trades
    GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)
    """)]
public sealed partial class Vwap;
