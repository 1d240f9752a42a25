namespace Laminar.Runtime.Tests.Generated;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts)
{
    /// <summary>Trades 25 ms apart, shuffled by less than the watermark's delay.</summary>
    public static Trade[] Make(int seed, int count)
    {
        var random = new Random(seed);
        var start = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i => new Trade(
            "SYM" + random.Next(40), random.Next(1, 1000) / 4.0, random.Next(1, 500), start.AddMilliseconds((i * 25) - random.Next(4000))))];
    }
}

/// <summary>Mergeable: aggregated per partition before the exchange.</summary>
[StreamQuery("""
    SELECT symbol, window_end, SUM(volume) AS volume, COUNT(*) AS trades, MAX(price) AS high
    FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class Bars;

/// <summary>Overlapping windows over an expression as key.</summary>
[StreamQuery("""
    SELECT volume / 100 AS hundred, window_end, COUNT(*) AS n
    FROM trades WHERE price > 20 GROUP BY volume / 100, HOP(ts, INTERVAL '5' SECOND, INTERVAL '20' SECOND)
    """)]
public sealed partial class Hundreds;

[StreamQuery("SELECT symbol, price * volume AS turnover, ts FROM trades WHERE volume % 2 = 0")]
public sealed partial class Turnovers;

/// <summary>A query over a query, to one global row per window.</summary>
[StreamQuery("SELECT window_end, COUNT(*) AS n, COUNT(DISTINCT symbol) AS symbols FROM turnovers GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)")]
public sealed partial class TurnoverCounts;
