using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>How a loop reads its input, whatever the columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBatchInput
{
    /// <summary>Each row brings the watermark before it.</summary>
    static abstract bool IsStamped { get; }

    /// <summary>Columns lie side by side, so that many rows can be compared at once.</summary>
    static abstract bool IsColumns { get; }

    /// <summary>Rows.</summary>
    int Count { get; }

    /// <summary>The watermark before a row; meaningless where rows bring none.</summary>
    long WatermarkBefore(int row);
}

/// <summary>How a loop over whole rows reads its input.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowInput<TRow> : IBatchInput
{
    ref readonly TRow Row(int row);
}

/// <summary>Rows without watermarks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PlainInput<TRow>(ReadOnlySpan<TRow> rows) : IRowInput<TRow>
{
    private readonly ref TRow _first = ref MemoryMarshal.GetReference(rows);

    public static bool IsStamped => false;

    public static bool IsColumns => false;

    public int Count { get; } = rows.Length;

    public long WatermarkBefore(int row) => long.MinValue;

    public ref readonly TRow Row(int row) => ref Unsafe.Add(ref _first, row);
}

/// <summary>Rows with the watermark before each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct StampedInput<TRow>(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling) : IRowInput<TRow>
{
    private readonly ref TRow _first = ref MemoryMarshal.GetReference(rows);
    private readonly ref long _firstWatermark = ref MemoryMarshal.GetReference(watermarks);
    private readonly long _ceiling = ceiling;

    public static bool IsStamped => true;

    public static bool IsColumns => false;

    public int Count { get; } = rows.Length;

    public long WatermarkBefore(int row) => Math.Min(Unsafe.Add(ref _firstWatermark, row), _ceiling);

    public ref readonly TRow Row(int row) => ref Unsafe.Add(ref _first, row);
}
