namespace Laminar.Bench.Report;

/// <summary>All timed runs of one contender in one workload.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Input">What it read: rows or columns.</param>
/// <param name="Rows">Input rows per run.</param>
/// <param name="Seconds">One figure per run, in the order of the runs.</param>
public sealed record Measurement(string Workload, string Contender, string Input, int Rows, double[] Seconds)
{
    /// <summary>Median of the runs, in millions of input rows per second.</summary>
    public double MillionsPerSecond => Rows / Median(Seconds) / 1e6;

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
