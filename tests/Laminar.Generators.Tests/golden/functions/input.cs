using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long? Volume, DateTime Ts);

public static class Rules
{
    [StreamFunction]
    public static double? Notional(double price, long volume) => volume == 0 ? null : price * volume;

    [StreamFunction("trading_day")]
    public static DateOnly Day(DateTime time) => DateOnly.FromDateTime(time);
}

[StreamQuery("SELECT symbol, notional(price, volume) AS notional, trading_day(ts) AS day FROM trades WHERE notional(price, 1) > 100")]
public sealed partial class Notionals;
