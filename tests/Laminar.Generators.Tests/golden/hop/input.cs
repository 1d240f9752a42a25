using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

// Entries of several panes, and a store beside them.
[StreamQuery("""
    SELECT symbol, window_start, MAX(price) AS high, COUNT(DISTINCT volume) AS sizes
    FROM trades
    GROUP BY symbol, HOP(ts, INTERVAL '20' SECOND, INTERVAL '1' MINUTE)
    """)]
public sealed partial class Sizes;

// The same windows as two stacks, in two phases.
[StreamQuery("SELECT symbol, window_end, MAX(price) AS high FROM trades GROUP BY symbol, HOP(ts, INTERVAL '20' SECOND, INTERVAL '1' MINUTE)")]
public sealed partial class Highs;
