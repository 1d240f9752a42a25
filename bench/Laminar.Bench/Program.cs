using BenchmarkDotNet.Running;
using Laminar.Bench;
using Laminar.Bench.Report;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine("""
        Measures generated queries against a hand-written loop, the interpreter, DuckDB (one thread) and System.Reactive, in turn in one process.

        Usage: Laminar.Bench [--rows N] [--runs N] [--only TEXT] [--json FILE]
               Laminar.Bench micro [BenchmarkDotNet arguments]

          --rows N      bids (default 10000000; slow contenders read a tenth)
          --runs N      timed runs of each contender (default 5)
          --only TEXT   workloads whose name contains TEXT; also "cores" and "checkpoint"
          --json FILE   where to write the figures (default bench/results/latest.json)
        """);
    return 0;
}

if (args.Length > 0 && args[0] == "micro")
{
    BenchmarkSwitcher.FromAssembly(typeof(Workload).Assembly).Run(args[1..]);
    return 0;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and int i && i + 1 < args.Length ? args[i + 1] : fallback;

int rows = int.Parse(Option("--rows", "10000000"));
int runs = int.Parse(Option("--runs", "5"));
string only = Option("--only", "");
string json = Option("--json", Path.Combine("bench", "results", "latest.json"));

var results = new Results();
Console.Error.WriteLine($"Making {rows:N0} bids ...");
using var workloads = new Workloads(rows);
foreach (Workload workload in workloads.All().Where(w => w.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    results.Add(Runner.Run(workload, runs));
}

foreach (Measurement generated in results.Measurements.Where(m => m.Contender == "generated").ToList())
{
    foreach (Measurement other in results.Measurements.Where(m => m.Workload == generated.Workload && m.Contender != "generated"))
    {
        if (other.Contender != "hand-written" || other.Input == generated.Input)
        {
            results.AddRatio(generated.Workload, $"generated / {other.Contender} ({generated.Input})", Results.PairedRatio(generated, other), Workloads.Goal(generated.Workload, other.Contender));
        }
    }
}

await RuntimeWorkloads.MeasureAsync(workloads, results, runs, only);

Console.WriteLine(results.ToTable());
Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(json))!);
File.WriteAllText(json, results.ToJson());
Console.Error.WriteLine($"Figures: {json}");
return 0;
