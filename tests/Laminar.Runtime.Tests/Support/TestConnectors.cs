using System.Buffers;

namespace Laminar.Runtime.Tests.Support;

/// <summary>Records what a sink is told; fails on request.</summary>
public sealed class RecordingSink<TRow> : IAppendSink<TRow>, ISinkWriter<TRow>
    where TRow : IStreamRow<TRow>, IAppendRow
{
    private readonly List<TRow> _open = [];
    private readonly Dictionary<long, List<TRow>> _prepared = [];

    public string Description => "recording";

    public bool IsExactlyOnce { get; init; } = true;

    public List<TRow> Committed { get; } = [];

    public List<string> Calls { get; } = [];

    public Exception? FailWrite { get; init; }

    public Exception? FailCommit { get; init; }

    /// <summary>Length of the tokens; their first byte is the epoch.</summary>
    public int TokenBytes { get; init; } = 1;

    public bool IsDisposed { get; private set; }

    public ISinkWriter<TRow> Open(SinkContext context) => this;

    public void Recover(long committed, ReadOnlySpan<byte> token) => Calls.Add($"recover {committed}");

    public void Write(ReadOnlySpan<TRow> rows)
    {
        if (FailWrite is not null)
        {
            throw FailWrite;
        }

        _open.AddRange(rows);
    }

    public void Prepare(long epoch, IBufferWriter<byte> token)
    {
        Calls.Add($"prepare {epoch}");
        _prepared[epoch] = [.. _open];
        _open.Clear();
        token.Write([(byte)epoch, .. new byte[TokenBytes - 1]]);
    }

    public void Commit(long epoch, ReadOnlySpan<byte> token)
    {
        if (FailCommit is not null)
        {
            throw FailCommit;
        }

        Calls.Add($"commit {epoch}, token {token[0]}");
        Committed.AddRange(_prepared[epoch]);
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>Rows from memory, one partition per array; replayable: the position is the number of rows read.</summary>
public sealed class MemorySource(params Event[][] partitions) : IConnectorSource<Event>
{
    public string Description => "memory";

    public bool IsReplayable => true;

    public int Partitions => partitions.Length;

    /// <summary>Fails when this row number of a partition is to be read.</summary>
    public int FailAt { get; init; } = -1;

    /// <summary>Length of the positions; the first four bytes count.</summary>
    public int PositionBytes { get; init; } = sizeof(int);

    public List<long> Acknowledged { get; } = [];

    /// <summary>Rows of the second partition that were read before the first had ended.</summary>
    public int MostAhead { get; private set; }

    private bool FirstEnded { get; set; }

    public IPartitionReader<Event> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(this, partition, partitions[partition], position.Length == 0 ? 0 : BitConverter.ToInt32(position.Span));

    private sealed class Reader(MemorySource source, int partition, Event[] rows, int at) : IPartitionReader<Event>
    {
        private int _at = at;

        public ReadStatus Read(Span<Event> into, out int count)
        {
            if (source.FailAt >= 0 && _at >= source.FailAt)
            {
                throw new IOException("the cable is cut");
            }

            count = Math.Min(Math.Min(into.Length, 100), rows.Length - _at);
            rows.AsSpan(_at, count).CopyTo(into);
            _at += count;
            source.FirstEnded |= partition == 0 && _at == rows.Length;
            if (partition == 1 && !source.FirstEnded)
            {
                source.MostAhead = _at;
            }

            return _at == rows.Length ? ReadStatus.End : ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer) =>
            writer.Write([.. BitConverter.GetBytes(_at), .. new byte[source.PositionBytes - sizeof(int)]]);

        public void Acknowledge(long epoch)
        {
            lock (source.Acknowledged)
            {
                source.Acknowledged.Add(epoch);
            }
        }

        public void Dispose()
        {
        }
    }
}
