using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts")]
public readonly partial record struct Trade(string? Symbol, double Price, DateTime Ts);

[StreamSource("orders", Watermark = "at - INTERVAL '1' SECOND")]
public readonly partial record struct Order(string Symbol, double? Price, DateTime At);

[StreamQuery("""
    SELECT t.symbol, t.price, o.price AS asked, o.at FROM trades t
    LEFT JOIN orders o ON t.symbol = o.symbol AND o.price <= t.price AND o.at BETWEEN t.ts - INTERVAL '2' SECOND AND t.ts + INTERVAL '2' SECOND
    """)]
public sealed partial class Matches;
