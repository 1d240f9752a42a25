using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>A user's sink at the end of a chain of operators: it sees rows, not watermarks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SinkOutput<TRow, TSink>(TSink sink) : IRowOutput<TRow>
    where TSink : ISink<TRow>
{
    public static bool TakesWatermarks => false;

    public static bool HasRoom => false;

    /// <summary>The sink itself, living inside the operator.</summary>
    public TSink Sink = sink;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Emit(in TRow row, long watermark) => Sink.Emit(in row);

    public readonly RowRoom<TRow> Room(int rows) => default;

    public readonly void Take(int rows)
    {
    }

    public readonly void Watermark(long watermark)
    {
    }
}
