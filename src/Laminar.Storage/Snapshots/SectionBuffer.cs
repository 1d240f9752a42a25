using System.Buffers;

namespace Laminar.Storage;

/// <summary>Collects a section's bytes in pooled chunks and passes full ones on.</summary>
internal sealed class SectionBuffer(SnapshotFile file) : IBufferWriter<byte>
{
    private const int ChunkBytes = 256 << 10;
    private byte[] _chunk = [];
    private int _used;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _chunk.Length - _used);
        _used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_chunk.Length - _used < Math.Max(1, sizeHint))
        {
            Flush();
            _chunk = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, sizeHint));
        }

        return _chunk.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Passes on what there is.</summary>
    internal void Flush()
    {
        if (_chunk.Length > 0)
        {
            file.Append(_chunk, _used);
            _chunk = [];
            _used = 0;
        }
    }
}
