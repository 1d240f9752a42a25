using System;
using Laminar;

namespace Shop;

[StreamSource("buys", Watermark = "ts")]
public readonly partial record struct Buy(string Symbol, long Volume, DateTime Ts);

[StreamSource("sells", Watermark = "ts - INTERVAL '1' SECOND")]
public readonly partial record struct Sell(string Symbol, int Volume, DateTime Ts);

[StreamQuery("""
    SELECT symbol, window_start, SUM(volume) AS net
    FROM (SELECT symbol, volume, ts FROM buys UNION ALL SELECT symbol, -volume, ts FROM sells)
    GROUP BY symbol, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class Net;
