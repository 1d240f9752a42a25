using System;
using Laminar;

namespace Shop;

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

[StreamQuery(File = "queries/vwap.sql")]
public sealed partial class Vwap;

[StreamQuery("SELECT symbol, window_start, window_end, LAST_VALUE(price) AS last FROM trades GROUP BY symbol, SESSION(ts, INTERVAL '20' SECOND)")]
public sealed partial class Bursts;

[StreamPipeline(File = "queries/cars.sql")]
public static partial class CarPipeline;

#if MISTAKE
[StreamQuery("SELECT symbl FROM trades")]
public sealed partial class Mistaken;
#endif

public static class Prices
{
    [StreamFunction]
    public static double Net(double price, double rate) => price * (1 - rate);
}

[StreamAggregate]
public struct WeightedMean
{
    private double _sum, _weights;

    public void Add(double value, double weight)
    {
        _sum += value * weight;
        _weights += weight;
    }

    public void Merge(in WeightedMean other)
    {
        _sum += other._sum;
        _weights += other._weights;
    }

    public readonly double? Result() => _weights == 0 ? null : _sum / _weights;
}
