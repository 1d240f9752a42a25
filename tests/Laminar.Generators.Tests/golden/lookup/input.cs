using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts")]
public readonly partial record struct Trade(string? Symbol, int Venue, double Price, DateTime Ts);

[ReferenceTable("instruments")]
public sealed partial record Instrument([property: Key] string Symbol, string? Sector, decimal TickSize);

[ReferenceTable("fees")]
public partial struct Fee
{
    [System.ComponentModel.DataAnnotations.Key]
    public long Venue { get; set; }

    [Key]
    public string Symbol;

    public double Rate;
}

[StreamQuery("""
    SELECT i.sector, window_end, COUNT(*) AS trades, SUM(t.price * f.rate) AS fees
    FROM trades t
    JOIN instruments i ON t.symbol = i.symbol
    LEFT JOIN fees f ON f.symbol = t.symbol AND f.venue = t.venue AND f.rate < t.price
    WHERE t.price > 0
    GROUP BY i.sector, TUMBLE(ts, INTERVAL '1' MINUTE)
    """)]
public sealed partial class Fees;
