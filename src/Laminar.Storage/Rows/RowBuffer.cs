namespace Laminar.Storage;

/// <summary>A byte buffer that grows and is reused, 1 GiB at most. Not thread-safe.</summary>
public sealed class RowBuffer
{
    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Forgets the bytes and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Room for <paramref name="size"/> bytes behind what was written.</summary>
    internal Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Array.Resize(ref _bytes, (int)Math.Min(1 << 30, Math.Max(_bytes.Length * 2L, (long)Length + size)));
        }

        return _bytes.AsSpan(Length);
    }

    internal Span<byte> At(int offset) => _bytes.AsSpan(offset);

    internal void Advance(int size) => Length += size;
}
