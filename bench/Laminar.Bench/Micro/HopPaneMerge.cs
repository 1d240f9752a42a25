using BenchmarkDotNet.Attributes;
using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Queries;

namespace Laminar.Bench.Micro;

/// <summary>
/// A slide of a hopping window, per slide: every group gets one row in a new pane, and the window that ends there is made of its five panes.
/// </summary>
[Config(typeof(MicroConfig))]
public class HopPaneMerge
{
    private const long SlideTicks = 2 * TimeSpan.TicksPerSecond;

    private HopByAuction.Query<HopSum> _query = null!;
    private HopTable _table = null!;
    private Bid[] _rows = null!;
    private long _pane;

    [Params(1_000, 10_000, 100_000)]
    public int Groups { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _query = HopByAuction.Create(new HopSum());
        _table = new HopTable();
        _rows = new Bid[Groups];
        _pane = DateTime.UnixEpoch.Ticks / SlideTicks;
        for (int i = 0; i < 8; i++)
        {
            HandWritten();
            Generated();
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _query.Dispose();

    [Benchmark(Baseline = true)]
    public long HandWritten()
    {
        long rows = 0, sum = 0;
        NextPane();
        foreach (ref readonly Bid bid in _rows.AsSpan())
        {
            _table.Add(bid.Auction, _pane);
        }

        _table.Flush(_pane, ref rows, ref sum);
        return sum;
    }

    [Benchmark]
    public long Generated()
    {
        NextPane();
        _query.Push(_rows);
        _query.AdvanceWatermark(new DateTime((_pane + 1) * SlideTicks, DateTimeKind.Utc));
        return _query.Sink.Outcome.Checksum;
    }

    private void NextPane()
    {
        _pane++;
        var ts = new DateTime(_pane * SlideTicks, DateTimeKind.Utc);
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i] = new Bid(i, 1, i, 0, ts);
        }
    }
}
