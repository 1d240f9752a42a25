using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>A byte buffer that grows and is reused, 1 GiB at most. Not thread-safe.</summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public sealed class RowBuffer
{
    /// <summary>Bytes at most.</summary>
    public const int MaxBytes = 1 << 30;

    private byte[] _bytes = new byte[4096];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Forgets the bytes and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was written behind a place.</summary>
    internal void Truncate(int length) => Length = length;

    /// <summary>At least <paramref name="size"/> bytes behind what was written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Reserve(int size)
    {
        if (_bytes.Length - Length < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Bytes that were written already.</summary>
    internal Span<byte> At(int offset) => _bytes.AsSpan(offset, Length - offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance(int size) => Length += size;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        long needed = (long)Length + size;
        if (needed > MaxBytes)
        {
            throw new LaminarException($"A batch of rows is over the limit of {MaxBytes} bytes.");
        }

        Array.Resize(ref _bytes, (int)Math.Min(MaxBytes, Math.Max(_bytes.Length * 2L, needed)));
    }
}
