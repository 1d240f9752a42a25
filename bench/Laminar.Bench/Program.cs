using Laminar.Bench;
using Laminar.Bench.Engines;
using Laminar.Bench.Inputs;
using Laminar.Bench.Micro;
using Laminar.Bench.Report;
using Laminar.Bench.Workloads;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

if (args is ["micro", ..])
{
    return MicroBenchmarks.Run(args[1..]);
}

bool compares = args is ["engines", ..];
BenchOptions options;
try
{
    options = compares ? BenchOptions.Parse(args[1..], BenchOptions.ForEngines) : BenchOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}

if (compares)
{
    return EngineRun.Run(options);
}

var results = new Results();
var disagreements = new List<string>();
var bids = new Lazy<Bid[]>(() => Bids.InOrder(options.Rows));
Func<IWorkloadGroup>[] groups =
[
    () => new RowWorkloads(bids, options.Rows),
    () => new SessionWorkloads(bids, options.Rows),
    () => new WindowWorkloads(bids, options.Rows),
    () => new JoinWorkloads(bids, options.Rows),
    () => new ChangeWorkloads(bids, options.Rows),
    () => new DisorderWorkloads(bids, options.Rows),
    () => new TextWorkloads(options.Rows),
    () => new DecodeWorkloads(bids, options.Rows),
];

foreach (Func<IWorkloadGroup> open in groups)
{
    using IWorkloadGroup group = open();
    foreach (Workload workload in group.Workloads.Where(w => w.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
    {
        try
        {
            results.Add(Runner.Run(workload, options.Runs));
        }
        catch (DisagreementException e)
        {
            disagreements.Add(e.Message);
        }
    }
}

try
{
    await RuntimeWorkloads.MeasureAsync(bids, results, options.Runs, options.Only);
    await FraudWorkload.MeasureAsync(results, options.Rows, options.Runs, options.Only);
}
catch (DisagreementException e)
{
    disagreements.Add(e.Message);
}

if (results.Measurements.Count == 0 && disagreements.Count == 0)
{
    Console.Error.WriteLine($"No workload has '{options.Only}' in its name; bench/README.md lists them.");
    return 64;
}

Console.WriteLine(MarkdownTable.Of(results));
if (disagreements.Count > 0)
{
    Console.Error.WriteLine($"Contenders disagree; nothing is written.\n  {string.Join("\n  ", disagreements)}");
    return 1;
}

if (options.Json is not null)
{
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Json))!);
    File.WriteAllText(options.Json, results.ToJson());
}

if (options.Save)
{
    ResultsFolder.Save(results);
}

return options.Gate && results.AllRatios.Any(r => r.Value < 0.75 * r.Goal) ? 2 : 0;
