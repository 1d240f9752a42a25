using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.Workloads;

/// <summary>Sessions of bidders, and windows ten of which overlap, in order of time.</summary>
/// <param name="bids">The bids, shared with other groups.</param>
public sealed class SessionWorkloads(Lazy<Bid[]> bids, int rows) : IWorkloadGroup
{
    private readonly int _few = Math.Max(1, rows / 10);
    private readonly Lazy<ArrowBatches> _batches = new(() => ArrowBatches.Of<Bid>(bids.Value));
    private readonly Lazy<DuckDb> _duckDb = new(() => DuckDb.Of(bids.Value));
    private Interpreted? _interpreted;

    public IEnumerable<Workload> Workloads =>
    [
        new("session", Queries.SessionByBidder.Info.Sql, n => Loop(bids.Value.AsSpan(0, n)),
        [
            new("hand-written", "rows", rows, n => Loop(bids.Value.AsSpan(0, n))) { WarmsUp = true },
            new("generated", "rows", rows, n => Generated.Session(new RowFeed<Bid>(bids.Value), n)) { WarmsUp = true },
            new("generated", "columns", rows, n => Generated.Session(new ColumnFeed<Bid>(_batches.Value), n)) { WarmsUp = true },
            new("interpreter", "columns", _few, Interpret),
            new("DuckDB", "columns", rows, _ => _duckDb.Value.Session()),
        ]),
        new("hop 10 s / 1 s", Queries.HopTenfold.Info.Sql, n => Generated.HopTenfold(new RowFeed<Bid>(bids.Value), n),
        [
            new("generated", "rows", rows, n => Generated.HopTenfold(new RowFeed<Bid>(bids.Value), n)) { WarmsUp = true },
            new("tumble", "rows", rows, n => Generated.Tumble(new RowFeed<Bid>(bids.Value), n)) { WarmsUp = true, Reference = n => RowLoops.Tumble(bids.Value.AsSpan(0, n)) },
            new("DuckDB", "columns", rows, _ => _duckDb.Value.HopTenfold()),
        ]),
    ];

    public void Dispose()
    {
        if (_duckDb.IsValueCreated)
        {
            _duckDb.Value.Dispose();
        }
    }

    private static Outcome Loop(ReadOnlySpan<Bid> bids)
    {
        var table = new SessionTable();
        foreach (ref readonly Bid bid in bids)
        {
            long ticks = bid.Ts.Ticks;
            if (ticks >= table.NextSecond)
            {
                table.Turn(ticks);
            }

            table.Add(bid.Bidder, ticks, bid.Price);
        }

        return table.Finish();
    }

    private Outcome Interpret(int n)
    {
        _interpreted ??= new Interpreted(Interpreted.Bids, ArrowBatches.Of<Bid>(bids.Value.AsSpan(0, n)));
        return _interpreted.Run(Queries.SessionByBidder.Info, n);
    }
}
