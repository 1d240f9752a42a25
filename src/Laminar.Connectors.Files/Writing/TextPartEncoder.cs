using System.Buffers;
using Laminar.Formats;

namespace Laminar.Connectors.Files.Writing;

/// <summary>JSON Lines and CSV.</summary>
internal sealed class TextPartEncoder<TRow>(IRowEncoder<TRow> rows) : IPartEncoder<TRow>
    where TRow : IStreamRow<TRow>
{
    private const int FlushBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 65_536);
    private Stream _to = Stream.Null;
    private long _length;

    public void Begin(Stream to, bool atFileStart)
    {
        _to = to;
        _length = 0;
        _buffer.ResetWrittenCount();
        if (atFileStart)
        {
            rows.WriteHeader(_buffer);
        }
    }

    public void Write(ReadOnlySpan<TRow> batch)
    {
        foreach (ref readonly TRow row in batch)
        {
            rows.Write(in row, _buffer);
            if (_buffer.WrittenCount >= FlushBytes)
            {
                Flush();
            }
        }
    }

    public void Flush()
    {
        _to.Write(_buffer.WrittenSpan);
        _length += _buffer.WrittenCount;
        _buffer.ResetWrittenCount();
    }

    public long End()
    {
        Flush();
        _to = Stream.Null;
        return _length;
    }

    public void Dispose() => (rows as IDisposable)?.Dispose();
}
