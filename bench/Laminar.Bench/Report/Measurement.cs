namespace Laminar.Bench.Report;

/// <summary>All timed runs of one contender in one workload.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Input">What it read: rows, columns, bytes or a file.</param>
/// <param name="Rows">Input rows per run.</param>
/// <param name="Seconds">One figure per run, in the order of the runs.</param>
public sealed record Measurement(string Workload, string Contender, string Input, long Rows, double[] Seconds)
{
    /// <summary>Bytes of input per run where that is the measure; 0 where rows are.</summary>
    public long Bytes { get; init; }

    /// <summary>Contender and input: a column of the table.</summary>
    public string Column => $"{Contender} ({Input})";

    /// <summary>"M rows/s" or "MB/s".</summary>
    public string Unit => Bytes > 0 ? "MB/s" : "M rows/s";

    /// <summary>Median of the runs, in <see cref="Unit"/>.</summary>
    public double Rate => (Bytes > 0 ? Bytes : Rows) / Median(Seconds) / 1e6;

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Median of the run-by-run ratios of the rates of two contenders that ran in turn, so that drift of the machine cancels.</summary>
    public double RatioTo(Measurement other) => Median([.. Seconds.Zip(other.Seconds, (x, y) => y / other.Rows / (x / Rows))]);
}
