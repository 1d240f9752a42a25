using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// APPROX_PERCENTILE: how many values fell into each of the buckets (a^(i-1), a^i], whose middle is off by at most 1 % of the value. Masson, Rim and Lee:
/// DDSketch, a fast and fully-mergeable quantile sketch with relative-error guarantees (VLDB 2019). What it answers depends on the values alone, not on
/// their order or on what was merged with what. Buckets are counted in a <see cref="DistinctSet"/>; there are fewer than 150,000 for all numbers there are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class QuantileSketch
{
    /// <summary>How far a result may be off, of the value.</summary>
    public const double Accuracy = 0.01;

    private const double Base = (1 + Accuracy) / (1 - Accuracy);

    /// <summary>Makes the numbers of all buckets of positive values positive.</summary>
    private const long Offset = 50_000;

    private const long Infinite = 100_000;
    private const long NotANumber = 200_000;

    private static readonly double LogBase = Math.Log(Base);

    private (long Bucket, long Count)[] _buckets = new (long, long)[64];

    /// <summary>The bucket of a value; greater for greater values.</summary>
    public static ulong Bucket(double value)
    {
        if (double.IsNaN(value))
        {
            return NotANumber;
        }

        if (value == 0)
        {
            return 0;
        }

        double size = Math.Abs(value);
        long bucket = double.IsInfinity(size) ? Infinite : Offset + (long)Math.Ceiling(Math.Log(size) / LogBase);
        return (ulong)(value < 0 ? -bucket : bucket);
    }

    /// <summary>What a value of a bucket is taken for.</summary>
    public static double Middle(ulong bucket)
    {
        long number = (long)bucket;
        return number switch
        {
            0 => 0,
            NotANumber => double.NaN,
            Infinite => double.PositiveInfinity,
            -Infinite => double.NegativeInfinity,
            < 0 => -Middle((ulong)-number),

            // In two steps: the power alone may be beyond DOUBLE.
            _ => Math.Pow(Base, (number - Offset) * 0.5) * (2 / (1 + Base)) * Math.Pow(Base, (number - Offset) * 0.5),
        };
    }

    /// <summary>The value that is the fraction of the way from the least to the greatest, rounded down to one of them.</summary>
    public double Value(DistinctSet counts, in DistinctHandle set, decimal fraction)
    {
        if (_buckets.Length < set.Count)
        {
            _buckets = new (long, long)[Math.Max(set.Count, _buckets.Length * 2)];
        }

        int used = 0;
        long total = 0;
        for (int record = set.Head; record != 0; record = counts.Next(record))
        {
            long count = counts.TimesOf(record);
            _buckets[used++] = ((long)counts[record].Low, count);
            total += count;
        }

        Span<(long Bucket, long Count)> buckets = _buckets.AsSpan(0, used);
        buckets.Sort();
        long rank = (long)((total - 1) * fraction);
        foreach ((long bucket, long count) in buckets)
        {
            rank -= count;
            if (rank < 0)
            {
                return Middle((ulong)bucket);
            }
        }

        return double.NaN;
    }
}
