using System.Diagnostics;
using System.Globalization;
using Fraud.Feeds;
using Laminar;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine("""
        Six queries over trades and orders at once, as somebody who looks for fraud runs them: baselines, candles, bursts, wash trades, matches.

        Usage: fraud [--trades N] [--cores N]

          --trades N   trades, 20 per second of event time, and 3 orders for 10 of them (default: 10,000,000)
          --cores N    threads to run on (default: 1)
        """);
    return 0;
}

if (Option("--trades", 10_000_000) is not (> 0 and var trades) || Option("--cores", 1) is not (> 0 and <= 1024 and var cores))
{
    Console.Error.WriteLine("--trades takes a whole number from 1, --cores one from 1 to 1,024.");
    return 2;
}

await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = (int)cores });
IReadOnlyList<(string Name, Func<QueryStatistics> Counted)> queries = Pipeline.AddTo(laminar, trades);
var clock = Stopwatch.StartNew();
await laminar.StartAsync();
Task done = laminar.WaitForCompletionAsync();
long before = 0;
while (await Task.WhenAny(done, Task.Delay(1000)) != done)
{
    long now = queries[0].Counted().RowsIn;
    Console.Error.WriteLine($"  ... {now:N0} trades, {now - before:N0} in the last second");
    before = now;
}

await done;
double seconds = clock.Elapsed.TotalSeconds;
foreach ((string name, Func<QueryStatistics> counted) in queries)
{
    QueryStatistics statistics = counted();
    Console.WriteLine($"{name,-16} {statistics.RowsIn,14:N0} rows in {statistics.RowsOut,14:N0} out {statistics.StateBytes / 1024.0,9:N0} kB of state at the end");
}

Console.WriteLine($"{trades / seconds:N0} trades per second with all six, on {cores} core(s): {seconds:F2} s");
return 0;

long Option(string name, long fallback) => Array.IndexOf(args, name) is >= 0 and int i
    ? i + 1 < args.Length && long.TryParse(args[i + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long number) ? number : -1
    : fallback;
