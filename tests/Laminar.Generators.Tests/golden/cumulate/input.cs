using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

[StreamQuery("""
    SELECT symbol, window_start, window_end, SUM(volume) AS volume, MAX(price) AS high
    FROM trades
    GROUP BY symbol, CUMULATE(ts, INTERVAL '1' HOUR, INTERVAL '1' DAY, TIME ZONE 'America/New_York')
    """)]
public sealed partial class SoFar;

[StreamQuery("""
    SELECT window_start, COUNT(*) AS trades
    FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MONTH))
    GROUP BY window_start, window_end
    EMIT CHANGES
    """)]
public sealed partial class Months;
