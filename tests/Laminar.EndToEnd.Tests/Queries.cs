using Laminar;

namespace Laminar.EndToEnd.Tests;

[StreamSource("ticks", Watermark = "ts - INTERVAL '3' SECOND")]
public readonly partial record struct Tick(string Symbol, int? Venue, double Price, long Volume, DateTime Ts);

[StreamQuery("SELECT symbol, price * 2 AS twice, ts FROM ticks WHERE volume % 3 = 0")]
public sealed partial class Doubled;

[StreamQuery("""
    SELECT symbol, window_start, window_time, COUNT(*) AS n, SUM(volume) AS volume, MIN(price) AS low, MAX(price) AS high,
           FIRST_VALUE(price) AS first_price, LAST_VALUE(price) AS last_price
    FROM ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND)
    """)]
public sealed partial class Candles;

[StreamQuery("""
    SELECT symbol, venue, window_end, COUNT(*) AS n, AVG(volume) AS mean, COUNT(DISTINCT volume) AS sizes
    FROM ticks GROUP BY symbol, venue, HOP(ts, INTERVAL '2' SECOND, INTERVAL '8' SECOND) HAVING COUNT(*) > 1
    """)]
public sealed partial class Venues;

[StreamQuery("SELECT window_start, MAX(price) AS high, COUNT(*) AS n FROM ticks GROUP BY TUMBLE(ts, INTERVAL '4' SECOND)")]
public sealed partial class Peak;

[StreamQuery("SELECT symbol, SUM(n) AS n, MAX(high) AS high, window_end FROM candles GROUP BY symbol, TUMBLE(window_time, INTERVAL '20' SECOND)")]
public sealed partial class LongCandles;

[StreamQuery("SELECT symbol, window_start, COUNT(*) AS n, SUM(volume) AS volume FROM ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND) EMIT CHANGES")]
public sealed partial class LiveCounts;

[StreamQuery("SELECT symbol, venue, GROUPING(symbol, venue) AS g, window_start, COUNT(*) AS n, SUM(volume) AS volume FROM ticks GROUP BY CUBE(symbol, venue), TUMBLE(ts, INTERVAL '10' SECOND)")]
public sealed partial class Cubes;

[StreamQuery("SELECT symbol, venue, GROUPING(venue) AS g, window_start, COUNT(*) AS n FROM ticks GROUP BY symbol, ROLLUP(venue), HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)")]
public sealed partial class Rollups;

[StreamQuery("SELECT symbol, window_start, window_end, COUNT(*) AS n, MAX(price) AS high FROM ticks GROUP BY symbol, CUMULATE(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND)")]
public sealed partial class SoFar;

[StreamQuery("SELECT venue, window_start, COUNT(*) AS n, SUM(volume) AS volume FROM ticks GROUP BY venue, HOP(ts, INTERVAL '5' SECOND, INTERVAL '2' SECOND)")]
public sealed partial class Samples;

[StreamQuery("SELECT symbol, window_start, SUM(volume) AS volume FROM ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND) ORDER BY volume DESC LIMIT 3")]
public sealed partial class Busiest;

[StreamQuery("""
    SELECT venue, symbol, window_end, volume - LAG(volume) OVER w AS more, RANK() OVER w AS place
    FROM (SELECT venue, symbol, window_end, SUM(volume) AS volume FROM ticks GROUP BY venue, symbol, TUMBLE(ts, INTERVAL '4' SECOND))
    WINDOW w AS (PARTITION BY window_end, venue ORDER BY volume)
    """)]
public sealed partial class Places;
