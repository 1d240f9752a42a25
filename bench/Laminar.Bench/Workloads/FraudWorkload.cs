using System.Diagnostics;
using Fraud.Feeds;
using Laminar.Bench.Report;

namespace Laminar.Bench.Workloads;

/// <summary>The fraud pipeline's six queries at once through the runtime on one core, from two feeds in memory to a reader of each query's results.</summary>
public static class FraudWorkload
{
    private const string Name = "fraud";

    private const double GoalPerSecond = 2_000_000;

    /// <summary>As many as make up for the time in which loops aren't compiled for good yet.</summary>
    private const long WarmUpTrades = 4_000_000;

    public static async Task MeasureAsync(Results results, int rows, int runs, string only)
    {
        if (!Name.Contains(only, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        await RunAsync(Math.Min(rows, WarmUpTrades));
        double[] seconds = new double[runs];
        long[]? expected = null;
        for (int run = 0; run < runs; run++)
        {
            GC.Collect();
            (seconds[run], long[] rowsOut) = await RunAsync(rows);
            if (!(expected ??= rowsOut).AsSpan().SequenceEqual(rowsOut))
            {
                throw new DisagreementException($"{Name}: {string.Join(", ", rowsOut)} rows, an earlier run made {string.Join(", ", expected)}.");
            }
        }

        Console.Error.WriteLine($"  {Name} done");
        var measured = new Measurement(Name, "six queries, 1 core", "rows", rows, seconds);
        results.Add([measured]);
        results.Add(new Ratio(Name, $"trades per second / {GoalPerSecond:N0}", rows / Measurement.Median(seconds) / GoalPerSecond, 1));
    }

    /// <returns>The seconds from the start to the last result, and the rows of each query.</returns>
    private static async Task<(double Seconds, long[] RowsOut)> RunAsync(long trades)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = 1 });
        IReadOnlyList<(string Name, Func<QueryStatistics> Counted)> queries = Pipeline.AddTo(laminar, trades);
        long start = Stopwatch.GetTimestamp();
        await laminar.StartAsync();
        await laminar.WaitForCompletionAsync();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, [.. queries.Select(query => query.Counted().RowsOut)]);
    }
}
