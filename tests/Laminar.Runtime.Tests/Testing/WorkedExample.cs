using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Testing;

[StreamSource("quotes", Watermark = "at - INTERVAL '5' SECOND")]
public readonly partial record struct Quote(string Symbol, double Price, long Volume, DateTime At);

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

[StreamQuery("SELECT symbol, window_end, weighted_mean(price, volume) AS vwap FROM quotes GROUP BY symbol, TUMBLE(at, INTERVAL '1' MINUTE)")]
public sealed partial class QuoteMeans;

public class WorkedExample
{
    private static readonly DateTime Nine = new(2024, 1, 2, 9, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_mean_per_minute()
    {
        using var means = StreamTest.Of<Quote, QuoteMeans.Row>(QuoteMeans.Create, QuoteMeans.Restore);
        means.Push(new Quote("A", 10, 2, Nine), new Quote("A", 13, 1, Nine.AddSeconds(30)), new Quote("B", 7, 0, Nine.AddSeconds(40)));
        means.AssertRows();                                         // the minute isn't over
        means.Restart().AdvanceWatermark(Nine.AddMinutes(1));       // as after a crash
        means.AssertRows(new QuoteMeans.Row("A", Nine.AddMinutes(1), 11), new QuoteMeans.Row("B", Nine.AddMinutes(1), null));
        means.Push(new Quote("A", 20, 1, Nine.AddSeconds(90))).Complete();
        means.AssertMatchesBatch();
    }
}
