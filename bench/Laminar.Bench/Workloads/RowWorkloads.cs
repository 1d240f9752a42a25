using Apache.Arrow;
using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>The performance page's single-input workloads over numeric bids in order of time, as rows and as Arrow batches.</summary>
/// <param name="bids">The bids, shared with other groups.</param>
public sealed class RowWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private readonly int _few = Math.Max(1, rows / 10);
    private readonly Lazy<ArrowBatches> _batches = new(() => ArrowBatches.Of<Bid>(bids.Value));
    private readonly Lazy<DuckDb> _duckDb = new(() => DuckDb.Of(bids.Value));
    private readonly Lazy<Interpreted> _interpreted = new(() =>
        new Interpreted(Interpreted.Bids, ArrowBatches.Of<Bid>(bids.Value.AsSpan(0, Math.Max(1, rows / 10)))));

    private delegate Outcome RowLoop(ReadOnlySpan<Bid> bids);

    private delegate Outcome ColumnLoop(ReadOnlySpan<RecordBatch> batches);

    private delegate Outcome Query(Feed<Bid> feed, int rows);

    public IEnumerable<Workload> Workloads =>
    [
        Over("pass-through", Queries.PassThrough.Info, RowLoops.PassThrough, ColumnLoops.PassThrough, Generated.PassThrough, d => d.PassThrough(), Reactive.PassThrough),
        Over("projection", Queries.Projection.Info, RowLoops.Projection, ColumnLoops.Projection, Generated.Projection, d => d.Projection(), Reactive.Projection),
        Over("filter", Queries.Filter.Info, RowLoops.Filter, ColumnLoops.Filter, Generated.Filter, d => d.Filter(), Reactive.Filter),
        Over("tumble", Queries.TumbleByAuction.Info, RowLoops.Tumble, ColumnLoops.Tumble, Generated.Tumble, d => d.Tumble(), Reactive.Tumble),
        Over("hop", Queries.HopByAuction.Info, RowLoops.Hop, ColumnLoops.Hop, Generated.Hop, d => d.Hop(), Reactive.Hop),
        Over("global max", Queries.GlobalMax.Info, RowLoops.GlobalMax, ColumnLoops.GlobalMax, Generated.GlobalMax, d => d.GlobalMax(), Reactive.GlobalMax),
    ];

    public void Dispose()
    {
        if (_duckDb.IsValueCreated)
        {
            _duckDb.Value.Dispose();
        }
    }

    private Workload Over(string name, QueryInfo info, RowLoop rowLoop, ColumnLoop columnLoop, Query generated, Func<DuckDb, Outcome> duckDb, RowLoop reactive) =>
        new(name, info.Sql, n => rowLoop(bids.Value.AsSpan(0, n)),
        [
            new("hand-written", "rows", rows, n => rowLoop(bids.Value.AsSpan(0, n))) { WarmsUp = true },
            new("generated", "rows", rows, n => generated(new RowFeed<Bid>(bids.Value), n)) { WarmsUp = true },
            new("hand-written", "columns", rows, n => columnLoop(_batches.Value.First(n))) { WarmsUp = true },
            new("generated", "columns", rows, n => generated(new ColumnFeed<Bid>(_batches.Value), n)) { WarmsUp = true },
            new("interpreter", "columns", _few, n => _interpreted.Value.Run(info, n)),
            new("DuckDB", "columns", rows, _ => duckDb(_duckDb.Value)),
            new("Reactive", "rows", _few, n => reactive(bids.Value.AsSpan(0, n))),
        ]);
}
