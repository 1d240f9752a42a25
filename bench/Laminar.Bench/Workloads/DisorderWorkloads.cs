using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Bids that arrive up to two seconds out of order: never sorted, no row lost.</summary>
public sealed class DisorderWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private readonly int _few = Math.Max(1, rows / 10);
    private readonly Lazy<LateBid[]> _late = new(() => Bids.OutOfOrder(bids.Value, TimeSpan.FromSeconds(2)));
    private readonly Lazy<DuckDb> _duckDb = new(() => DuckDb.Of(bids.Value));
    private Interpreted? _interpreted;

    /// <summary>DuckDB has the rows in order: it groups them whatever their order is.</summary>
    public IEnumerable<Workload> Workloads =>
    [
        new("tumble, 2 s disorder", Queries.TumbleOutOfOrder.Info.Sql, n => RowLoops.TumbleOutOfOrder(_late.Value.AsSpan(0, n)),
        [
            new("hand-written", "rows", rows, n => RowLoops.TumbleOutOfOrder(_late.Value.AsSpan(0, n))) { WarmsUp = true },
            new("generated", "rows", rows, n => Generated.TumbleOutOfOrder(new RowFeed<LateBid>(_late.Value), n)) { WarmsUp = true },
            new("interpreter", "columns", _few, Interpret),
            new("DuckDB", "columns", rows, _ => _duckDb.Value.Tumble()),
            new("Reactive", "rows", _few, n => Reactive.TumbleOutOfOrder(_late.Value.AsSpan(0, n))),
        ]),
    ];

    public void Dispose()
    {
        if (_duckDb.IsValueCreated)
        {
            _duckDb.Value.Dispose();
        }
    }

    private Outcome Interpret(int n)
    {
        _interpreted ??= new Interpreted(Interpreted.LateBids, ArrowBatches.Of<LateBid>(_late.Value.AsSpan(0, n)));
        return _interpreted.Run(Queries.TumbleOutOfOrder.Info, n);
    }
}
