namespace Laminar.Runtime.Tests.Functions;

/// <summary>Functions that queries of another project call.</summary>
public static class Shared
{
    [StreamFunction("last_digit")]
    public static string LastDigit(string symbol) => symbol[^1..];

    [StreamFunction]
    public static long Checked(long volume) => volume % 50 == 0 ? throw new InvalidDataException("a round volume") : volume;
}

/// <summary>The mean of prices, each as often as its volume.</summary>
[StreamAggregate("mean_price")]
public struct MeanPrice
{
    private double _turnover;
    private long _volume;

    public void Add(double price, long volume)
    {
        _turnover += price * volume;
        _volume += volume;
    }

    public void Merge(in MeanPrice other)
    {
        _turnover += other._turnover;
        _volume += other._volume;
    }

    public readonly double? Result() => _volume == 0 ? null : _turnover / _volume;
}
