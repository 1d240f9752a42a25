using System;
using Laminar;

namespace Shop;

/// <summary>A positional record struct with a watermark.</summary>
[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long? Volume, DateTime Ts);

/// <summary>A class whose member is called like one of the interface.</summary>
public partial class Outer
{
    [StreamSource]
    internal sealed partial class Order
    {
        public required string Schema { get; init; }

        public decimal Amount { get; set; }

        [EventTime]
        public long PlacedAtMs { get; set; }
    }
}
