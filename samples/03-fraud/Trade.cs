using Laminar;

namespace Fraud;

/// <summary>A trade that was made. Side is <c>buy</c> or <c>sell</c>; the reference is that of the account's order, empty where the order isn't known.</summary>
[StreamSource("trades", Watermark = "ts")]
public readonly partial record struct Trade(string AccountId, string Symbol, string Side, double Price, long Volume, string OrderRef, DateTime Ts);
