using System.Diagnostics;
using Laminar.Bench.Queries;
using Laminar.Bench.Report;
using Laminar.Bench.Running;

namespace Laminar.Bench.Workloads;

/// <summary>What cores and checkpoints do to a tumbling aggregate by key, through the runtime from source to sink.</summary>
public static class RuntimeWorkloads
{
    /// <summary>Long enough for several checkpoints: one a second.</summary>
    private const long RowsForCheckpoints = 120_000_000;

    private const long RowsForCores = 120_000_000;

    public static async Task MeasureAsync(Lazy<Bid[]> bids, Results results, int runs, string only)
    {
        if ("cores".Contains(only, StringComparison.OrdinalIgnoreCase))
        {
            var source = new Lazy<RepeatingSource>(() => new RepeatingSource(bids.Value, partitions: 2, RowsForCores / 2));
            (Measurement one, Measurement two) = await InTurnAsync(
                "cores", runs,
                ("1 core", RowsForCores, () => RunAsync(source.Value, cores: 1, directory: null)),
                ("2 cores", RowsForCores, () => RunAsync(source.Value, cores: 2, directory: null)));
            results.Add([one, two]);
            results.Add(new Ratio("cores", "2 cores / 1 core, two partitions", two.RatioTo(one), 1.6));
        }

        if ("checkpoint".Contains(only, StringComparison.OrdinalIgnoreCase))
        {
            var source = new Lazy<RepeatingSource>(() => new RepeatingSource(bids.Value, partitions: 2, RowsForCheckpoints / 2));
            string directory = Directory.CreateTempSubdirectory("laminar-bench-").FullName;
            try
            {
                (Measurement without, Measurement with) = await InTurnAsync(
                    "checkpoint", Math.Min(runs, 3),
                    ("without", RowsForCheckpoints, () => RunAsync(source.Value, cores: 2, directory: null)),
                    ("every second", RowsForCheckpoints, () => RunAsync(source.Value, cores: 2, Path.Combine(directory, Guid.NewGuid().ToString("N")))));
                results.Add([without, with]);
                results.Add(new Ratio("checkpoint", "every second / without", with.RatioTo(without), 0.9));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<long> RunAsync(RepeatingSource source, int cores, string? directory)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, DataDirectory = directory, CheckpointInterval = TimeSpan.FromSeconds(1) });
        laminar.AddSource(source);
        var sink = new CountingSink<TumbleByAuction.Row>();
        TumbleByAuction.AddTo(laminar).To(sink);
        await laminar.StartAsync();
        await laminar.WaitForCompletionAsync();
        return sink.Rows;
    }

    private static async Task<(Measurement First, Measurement Second)> InTurnAsync(
        string workload, int runs, (string Name, long Rows, Func<Task<long>> Run) first, (string Name, long Rows, Func<Task<long>> Run) second)
    {
        double[][] seconds = [new double[runs], new double[runs]];
        long? expected = null;
        for (int run = -1; run < runs; run++)
        {
            foreach (int which in (int[])[0, 1])
            {
                GC.Collect();
                long start = Stopwatch.GetTimestamp();
                long rowsOut = await (which == 0 ? first : second).Run();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if ((expected ??= rowsOut) != rowsOut)
                {
                    throw new DisagreementException($"{workload}: {(which == 0 ? first : second).Name} makes {rowsOut} rows, an earlier run made {expected}.");
                }

                if (run >= 0)
                {
                    seconds[which][run] = elapsed;
                }
            }
        }

        Console.Error.WriteLine($"  {workload} done");
        return (new(workload, first.Name, "rows", first.Rows, seconds[0]), new(workload, second.Name, "rows", second.Rows, seconds[1]));
    }
}
