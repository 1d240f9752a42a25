using System.Numerics;
using System.Runtime.CompilerServices;
using Laminar.Runtime.Epochs;

namespace Laminar.Runtime.Rings;

/// <summary>
/// A slot of a <see cref="BatchRing{TRow}"/>: rows, the watermark before each, the watermark behind the last, then at most one signal.
/// The arrays belong to the slot for good and grow to its capacity as rows need them, so that a quiet ring stays small.
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
            Grow(count + 1);
            rows = _rows;
        }

        rows[count] = row;
        _watermarks[count] = watermark;
        Count = count + 1;
    }

    /// <summary>Whether a row is left for the next batch: the last that there is room for, and half of a step.</summary>
    public bool LeavesOut(in TRow row) => Count > 0 && Count == capacity - 1 && Steps.IsHalf(in row);

    /// <summary>Copies as many rows as there is room for, and cuts no step.</summary>
    /// <returns>Rows taken.</returns>
    public int AddRange(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks)
    {
        int taken = Steps.Whole(rows, capacity - Count);
        if (taken == 0 && Count == 0 && rows.Length > 0)
        {
            // A ring of single rows.
            taken = 1;
        }

        if (_rows.Length < Count + taken)
        {
            Grow(Count + taken);
        }

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int rows)
    {
        int length = Math.Min(capacity, Math.Max(32, (int)BitOperations.RoundUpToPowerOf2((uint)rows)));
        Array.Resize(ref _rows, length);
        Array.Resize(ref _watermarks, length);
    }
}
