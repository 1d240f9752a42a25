using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Windows by a text key: about 10,000 channels, half of the bids on four of them.</summary>
public sealed class TextWorkloads(int rows) : IWorkloadGroup
{
    private readonly int _few = Math.Max(1, rows / 10);
    private readonly Lazy<TextBid[]> _bids = new(() => Bids.WithText(rows));
    private DuckDb? _duckDb;
    private Interpreted? _interpreted;

    public IEnumerable<Workload> Workloads =>
    [
        new("tumble by text", Queries.TumbleByChannel.Info.Sql, n => TextLoops.Tumble(_bids.Value.AsSpan(0, n)),
        [
            new("hand-written", "rows", rows, n => TextLoops.Tumble(_bids.Value.AsSpan(0, n))) { WarmsUp = true },
            new("generated", "rows", rows, n => Generated.TumbleByText(new RowFeed<TextBid>(_bids.Value), n)) { WarmsUp = true },
            new("interpreter", "columns", _few, Interpret),
            new("DuckDB", "columns", rows, _ => (_duckDb ??= DuckDb.Of(_bids.Value)).TumbleByText()),
            new("Reactive", "rows", _few, n => Reactive.TumbleByText(_bids.Value.AsSpan(0, n))),
        ]),
    ];

    public void Dispose() => _duckDb?.Dispose();

    private Outcome Interpret(int n)
    {
        _interpreted ??= new Interpreted(Interpreted.TextBids, ArrowBatches.Of<TextBid>(_bids.Value.AsSpan(0, n)));
        return _interpreted.Run(Queries.TumbleByChannel.Info, n);
    }
}
