using System.Diagnostics;
using Laminar.Bench.Report;

namespace Laminar.Bench;

/// <summary>Runs contenders in turn (A B C, A B C, ...), so that drift of the machine hits all alike, and checks that they agree.</summary>
public static class Runner
{
    private const int WarmUpRows = 8192;
    private const int WarmUpRounds = 4;
    private const int CallsPerRound = 40;

    /// <summary>Longer than the JIT waits before it compiles what was called often.</summary>
    private static readonly TimeSpan JitPause = TimeSpan.FromMilliseconds(150);

    /// <param name="workload">What to run.</param>
    /// <param name="repetitions">Timed runs of each contender, after one that isn't timed.</param>
    /// <exception cref="DisagreementException">A contender's rows aren't those of the reference.</exception>
    public static IReadOnlyList<Measurement> Run(Workload workload, int repetitions)
    {
        WarmUp(workload);
        double[][] seconds = [.. workload.Contenders.Select(_ => new double[repetitions])];
        var expected = workload.Contenders.Select(c => (c.Rows, Of: c.Reference ?? workload.Reference)).Distinct().ToDictionary(e => e, e => e.Of(e.Rows));
        for (int run = -1; run < repetitions; run++)
        {
            for (int c = 0; c < workload.Contenders.Count; c++)
            {
                Contender contender = workload.Contenders[c];
                GC.Collect();
                long start = Stopwatch.GetTimestamp();
                Outcome outcome = contender.Run(contender.Rows);
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (run >= 0)
                {
                    seconds[c][run] = elapsed;
                }

                Outcome right = expected[(contender.Rows, contender.Reference ?? workload.Reference)];
                if (outcome != right)
                {
                    throw new DisagreementException($"{workload.Name}: {contender.Name} ({contender.Input}) makes {outcome} of {contender.Rows:N0} rows, not {right}.");
                }
            }
        }

        Console.Error.WriteLine($"  {workload.Name} done");
        return [.. workload.Contenders.Select((c, i) => new Measurement(workload.Name, c.Name, c.Input, c.Rows, seconds[i]) { Bytes = workload.Bytes?.Invoke() ?? 0 })];
    }

    private static void WarmUp(Workload workload)
    {
        for (int round = 0; round < WarmUpRounds; round++)
        {
            foreach (Contender contender in workload.Contenders.Where(c => c.WarmsUp))
            {
                for (int call = 0; call < CallsPerRound; call++)
                {
                    contender.Run(Math.Min(WarmUpRows, contender.Rows));
                }
            }

            Thread.Sleep(JitPause);
        }
    }
}
