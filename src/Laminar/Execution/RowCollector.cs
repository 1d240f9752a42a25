using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>
/// What an operator of the runtime writes into: rows, each with the watermark before it, and the watermark behind the last. The stage that
/// owns it empties it after every call; it grows when one call emits much (closing a large window) and keeps its arrays.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RowCollector<TRow>
{
    private TRow[] _rows = new TRow[1024];
    private long[] _watermarks = new long[1024];
    private long _watermark = long.MinValue;

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>The output watermark now; never moves back.</summary>
    public long Watermark => Count == 0 ? _watermark : Math.Max(_watermark, _watermarks[Count - 1]);

    /// <summary>The rows held.</summary>
    public ReadOnlySpan<TRow> Rows => _rows.AsSpan(0, Count);

    /// <summary>The watermark before each row held.</summary>
    public ReadOnlySpan<long> Watermarks => _watermarks.AsSpan(0, Count);

    /// <param name="row">The row.</param>
    /// <param name="watermark">The one before it; never falls from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row, long watermark)
    {
        int count = Count;
        TRow[] rows = _rows;
        if ((uint)count >= (uint)rows.Length)
        {
            Grow();
            rows = _rows;
        }

        rows[count] = row;
        _watermarks[count] = watermark;
        Count = count + 1;
    }

    /// <summary>Room for a row with the watermark before it; where the row has references its members are null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref TRow Next(long watermark)
    {
        int count = Count;
        if (count == _rows.Length)
        {
            Grow();
        }

        _watermarks[count] = watermark;
        Count = count + 1;
        return ref _rows[count];
    }

    /// <summary>Room for some rows behind those that are held.</summary>
    internal RowRoom<TRow> Room(int rows)
    {
        while (_rows.Length - Count < rows)
        {
            Grow();
        }

        return new RowRoom<TRow>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), Count), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_watermarks), Count));
    }

    /// <summary>Takes the rows that were written into the <see cref="Room"/>.</summary>
    internal void Take(int rows) => Count += rows;

    public void Advance(long watermark)
    {
        if (watermark > _watermark)
        {
            _watermark = watermark;
        }
    }

    /// <summary>Forgets the rows, not the watermark.</summary>
    public void Clear()
    {
        _watermark = Watermark;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            Array.Clear(_rows, 0, Count);
        }

        Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        Array.Resize(ref _rows, _rows.Length * 2);
        Array.Resize(ref _watermarks, _watermarks.Length * 2);
    }
}

/// <summary>The struct that a generated operator is specialised with when it writes into a collector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CollectorOutput<TRow>(RowCollector<TRow> collector) : IRowOutput<TRow>
{
    public static bool TakesWatermarks => true;

    public static bool HasRoom => true;

    public RowRoom<TRow> Room(int rows) => collector.Room(rows);

    public void Take(int rows) => collector.Take(rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(in TRow row, long watermark) => collector.Add(in row, watermark);

    public void Watermark(long watermark) => collector.Advance(watermark);
}
