using System.Diagnostics;
using Laminar.Bench.Report;

namespace Laminar.Bench;

/// <summary>Runs contenders in turn (A B C, A B C, ...), so that drift of the machine hits all alike, and checks that they agree.</summary>
public static class Runner
{
    /// <param name="workload">What to run.</param>
    /// <param name="repetitions">Timed runs of each contender, after two that aren't timed.</param>
    /// <exception cref="InvalidOperationException">Two contenders disagree on the same input.</exception>
    public static IReadOnlyList<Measurement> Run(Workload workload, int repetitions)
    {
        var seconds = workload.Contenders.Select(_ => new double[repetitions]).ToArray();
        var expected = new Dictionary<int, (string Name, Outcome Outcome)>();
        for (int run = -2; run < repetitions; run++)
        {
            for (int c = 0; c < workload.Contenders.Count; c++)
            {
                Contender contender = workload.Contenders[c];
                GC.Collect();
                long start = Stopwatch.GetTimestamp();
                Outcome outcome = contender.Run();
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (run >= 0)
                {
                    seconds[c][run] = elapsed;
                }

                if (!expected.TryAdd(contender.Rows, (contender.Name, outcome)) && expected[contender.Rows].Outcome != outcome)
                {
                    throw new InvalidOperationException(
                        $"{workload.Name}: {contender.Name} says {outcome}, {expected[contender.Rows].Name} says {expected[contender.Rows].Outcome}.");
                }
            }
        }

        Console.Error.WriteLine($"  {workload.Name} done");
        return [.. workload.Contenders.Select((c, i) => new Measurement(workload.Name, c.Name, c.Input, c.Rows, seconds[i]))];
    }
}
