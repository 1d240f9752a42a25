using System.Buffers;

namespace Laminar.Bench.Running;

/// <summary>Counts rows and keeps nothing.</summary>
public sealed class CountingSink<TRow> : IAppendSink<TRow>
    where TRow : IStreamRow<TRow>, IAppendRow
{
    private long _rows;

    public string Description => "counter";

    public bool IsExactlyOnce => false;

    public long Rows => Volatile.Read(ref _rows);

    public ISinkWriter<TRow> Open(SinkContext context) => new Writer(this);

    private sealed class Writer(CountingSink<TRow> sink) : ISinkWriter<TRow>
    {
        public void Recover(long committed, ReadOnlySpan<byte> token)
        {
        }

        public void Write(ReadOnlySpan<TRow> rows) => sink._rows += rows.Length;

        public void Prepare(long epoch, IBufferWriter<byte> token)
        {
        }

        public void Commit(long epoch, ReadOnlySpan<byte> token)
        {
        }

        public void Dispose()
        {
        }
    }
}
