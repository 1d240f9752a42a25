using System.Buffers;
using BenchmarkDotNet.Attributes;
using Laminar.Bench.Contenders;
using Laminar.Bench.Queries;

namespace Laminar.Bench.Micro;

/// <summary>The whole state of a tumbling aggregate saved into memory that is there, and a query made from it: what a barrier and a recovery cost.</summary>
[Config(typeof(MicroConfig))]
public class SnapshotRestore
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private TumbleByAuction.Query<TumbleSum> _query = null!;
    private ReadOnlySequence<byte> _snapshot;

    [Params(1_000, 100_000, 1_000_000)]
    public int Groups { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _query = TumbleByAuction.Create(new TumbleSum());
        for (int auction = 0; auction < Groups; auction++)
        {
            _query.Push(new Bid(auction, 1, auction, 0, DateTime.UnixEpoch));
        }

        var bytes = new ArrayBufferWriter<byte>();
        _query.Snapshot(bytes);
        _snapshot = new ReadOnlySequence<byte>(bytes.WrittenMemory);
    }

    [GlobalCleanup]
    public void Cleanup() => _query.Dispose();

    /// <summary>The lower bound: the same bytes copied.</summary>
    [Benchmark(Baseline = true)]
    public int CopyOfMemory()
    {
        _buffer.ResetWrittenCount();
        _buffer.Write(_snapshot.FirstSpan);
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public int Snapshot()
    {
        _buffer.ResetWrittenCount();
        _query.Snapshot(_buffer);
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public long Restore()
    {
        using var restored = TumbleByAuction.Restore(_snapshot, new TumbleSum());
        return restored.Statistics.StateBytes;
    }
}
