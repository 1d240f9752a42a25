using BenchmarkDotNet.Attributes;
using Laminar.Bench.Engines;

namespace Laminar.Bench.Micro;

/// <summary>A few queries of the harness in each of the three engines, from making the query to its last row; what they make of the rows is compared before.</summary>
[Config(typeof(MicroConfig))]
public class ThreeEngines
{
    private const int Bids = 200_000;

    /// <summary>The interpreter compares a row of a join with all that are kept, so all get as few.</summary>
    private const int Rows = 10_000;

    private EngineCase _query = null!;

    [Params("tumble", "hop", "session", "interval join", "filter")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _query = new EngineCases(new EngineInputs(Bids)).All.Single(e => e.Name == Query).Make();
        _query.Check(Rows);
    }

    [Benchmark(Baseline = true)]
    public Outcome Generated() => _query.RunGenerated(Rows);

    [Benchmark]
    public Outcome Interpreted() => _query.RunInterpreter(Rows);

    [Benchmark]
    public Outcome OperatorGraph() => _query.RunGraph(Rows);
}
