using Laminar.Bench.Contenders;
using Laminar.Bench.Data;

namespace Laminar.Bench;

/// <summary>The performance page's single-input workloads that run by now.</summary>
public sealed class Workloads : IDisposable
{
    private readonly Bid[] _bids;
    private readonly Bid[] _few;
    private readonly LateBid[] _lateBids;
    private readonly Lazy<DuckDb> _duckDb;
    private readonly Lazy<Interpreted> _interpreted;

    public Workloads(int rows)
    {
        _bids = Bids.InOrder(rows);
        _few = _bids[..Math.Max(1, rows / 10)];
        _lateBids = Bids.OutOfOrder(_bids, TimeSpan.FromSeconds(2));
        _duckDb = new(() => new DuckDb(_bids));
        _interpreted = new(() => new Interpreted(_few));
    }

    /// <summary>The bids, in order of event time: 10,000 per second.</summary>
    public Bid[] InOrder => _bids;

    /// <summary>The ratio that the performance page asks of every workload.</summary>
    public static double Goal(string workload, string contender) => contender switch
    {
        "hand-written" => 0.8,
        "interpreter" => workload is "pass-through" or "projection" or "filter" ? 1.5 : 3,
        "Reactive" => workload == "pass-through" ? 0 : 4,
        "DuckDB" => 1.3,
        _ => 0,
    };

    public IEnumerable<Workload> All()
    {
        yield return Over("pass-through", Queries.PassThrough.Info, HandWritten.PassThrough, Generated.PassThrough, d => d.PassThrough(), Reactive.PassThrough);
        yield return Over("projection", Queries.Projection.Info, HandWritten.Projection, Generated.Projection, d => d.Projection(), Reactive.Projection);
        yield return Over("filter", Queries.Filter.Info, HandWritten.Filter, Generated.Filter, d => d.Filter(), Reactive.Filter);
        yield return Over("tumble", Queries.TumbleByAuction.Info, HandWritten.Tumble, Generated.Tumble, d => d.Tumble(), Reactive.Tumble);
        yield return new Workload("tumble, 2 s disorder", Queries.TumbleOutOfOrder.Info.Sql,
        [
            new("hand-written", "rows", () => HandWritten.TumbleOutOfOrder(_lateBids), _lateBids.Length),
            new("generated", "rows", () => Generated.TumbleOutOfOrder(_lateBids), _lateBids.Length),
        ]);
        yield return Over("hop", Queries.HopByAuction.Info, HandWritten.Hop, Generated.Hop, d => d.Hop(), Reactive.Hop);
        yield return Over("global max", Queries.GlobalMax.Info, HandWritten.GlobalMax, Generated.GlobalMax, d => d.GlobalMax(), Reactive.GlobalMax);
    }

    public void Dispose()
    {
        if (_duckDb.IsValueCreated)
        {
            _duckDb.Value.Dispose();
        }
    }

    private delegate Outcome RowLoop(ReadOnlySpan<Bid> bids);

    private Workload Over(
        string name, QueryInfo info, RowLoop handWritten, RowLoop generated, Func<DuckDb, Outcome> duckDb, Func<Bid[], Outcome> reactive) =>
        new(name, info.Sql,
        [
            new("hand-written", "rows", () => handWritten(_bids), _bids.Length),
            new("generated", "rows", () => generated(_bids), _bids.Length),
            new("interpreter", "columns", () => _interpreted.Value.Run(info), _few.Length),
            new("DuckDB", "columns", () => duckDb(_duckDb.Value), _bids.Length),
            new("Reactive", "rows", () => reactive(_few), _few.Length),
        ]);
}
