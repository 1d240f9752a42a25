using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// Count, mean and sum of squared differences from the mean of numbers: what variances are made of. A value is added as Welford does (Note on a
/// method for calculating corrected sums of squares and products, Technometrics 1962), two are merged as Chan, Golub and LeVeque do (Updating
/// formulae and a pairwise algorithm for computing sample variances, COMPSTAT 1982): equal numbers have a variance of exactly 0 either way. Unmanaged.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Moments
{
    private double _mean;
    private double _squares;

    /// <summary>Values added.</summary>
    public long Count { get; private set; }

    /// <summary>VAR_POP; NaN of no values.</summary>
    public readonly double VariancePop => _squares / Count;

    /// <summary>VAR_SAMP, of at least two values.</summary>
    public readonly double VarianceSample => _squares / (Count - 1);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        Count++;
        double difference = value - _mean;
        _mean += difference / Count;
        _squares += difference * (value - _mean);
    }

    /// <summary>Adds what another one has.</summary>
    public void Merge(in Moments other)
    {
        if (other.Count == 0)
        {
            return;
        }

        if (Count == 0)
        {
            this = other;
            return;
        }

        double count = Count + other.Count;
        double difference = other._mean - _mean;
        _squares += other._squares + (difference * difference * (Count * (other.Count / count)));
        _mean += difference * (other.Count / count);
        Count += other.Count;
    }
}
