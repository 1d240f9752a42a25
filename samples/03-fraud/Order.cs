using Laminar;

namespace Fraud;

/// <summary>An order that was placed.</summary>
[StreamSource("orders", Watermark = "ts")]
public readonly partial record struct Order(string OrderId, string AccountId, string Symbol, string Side, long Quantity, double Price, DateTime Ts);
