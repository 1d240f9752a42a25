using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// Where a generated operator hands its rows, in band with the watermark. A struct, so that a chain of operators (a query over a query) is
/// one inlined loop. User sinks are wrapped in <see cref="SinkOutput{TRow, TSink}"/>, runtime batches in <see cref="CollectorOutput{TRow}"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowOutput<TRow>
{
    /// <summary>Whether watermarks matter here: where they don't, loops don't work them out.</summary>
    static abstract bool TakesWatermarks { get; }

    /// <summary>Whether a loop that knows how many rows it puts out at most may ask for the room for all of them and write there.</summary>
    static abstract bool HasRoom { get; }

    /// <summary>Room behind the rows so far, of an output that has it. Nothing else may be put out until it is <see cref="Take"/>n.</summary>
    /// <param name="rows">How many at most.</param>
    RowRoom<TRow> Room(int rows);

    /// <summary>Takes the rows that were written into a room.</summary>
    /// <param name="rows">How many.</param>
    void Take(int rows);

    /// <param name="row">The row.</param>
    /// <param name="watermark">The output watermark as it was before this row.</param>
    void Emit(in TRow row, long watermark);

    /// <summary>Progress without a row. Never moves back.</summary>
    void Watermark(long watermark);
}
