using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Laminar.Runtime.Epochs;

namespace Laminar.Runtime.Rings;

/// <summary>
/// A slot of a <see cref="BatchRing{TRow}"/>: rows, the watermark before each, the watermark behind the last, then at most one signal.
/// The arrays belong to the slot for good and are made when the first row needs them.
/// </summary>
internal sealed class Batch<TRow>(int capacity)
{
    private TRow[] _rows = [];
    private long[] _watermarks = [];

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(0, Count);

    public ReadOnlySpan<long> Watermarks => _watermarks.AsSpan(0, Count);

    /// <summary>The sender's watermark behind the last row.</summary>
    public long WatermarkAfter { get; set; }

    public SignalKind Kind { get; set; }

    public Epoch? Epoch { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row, long watermark)
    {
        int count = Count;
        TRow[] rows = _rows;
        if ((uint)count >= (uint)rows.Length)
        {
            Allocate();
            rows = _rows;
        }

        rows[count] = row;
        _watermarks[count] = watermark;
        Count = count + 1;
    }

    /// <summary>Copies as many rows as there is room for.</summary>
    /// <returns>Rows taken.</returns>
    public int AddRange(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks)
    {
        if (_rows.Length == 0)
        {
            Allocate();
        }

        int taken = Math.Min(rows.Length, capacity - Count);
        rows[..taken].CopyTo(_rows.AsSpan(Count));
        watermarks[..taken].CopyTo(_watermarks.AsSpan(Count));
        Count += taken;
        return taken;
    }

    /// <summary>Empties the slot for its next use; references are let go.</summary>
    public void Reset()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            Array.Clear(_rows, 0, Count);
        }

        Count = 0;
        Kind = SignalKind.None;
        Epoch = null;
    }

    [MemberNotNull(nameof(_rows), nameof(_watermarks))]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Allocate()
    {
        _rows = new TRow[capacity];
        _watermarks = new long[capacity];
    }
}
