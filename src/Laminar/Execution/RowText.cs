using System.ComponentModel;
using Apache.Arrow;

namespace Laminar.Execution;

/// <summary>Rows of Arrow batches as text, for messages.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowText
{
    /// <summary>Where a row stands, and the row as its type prints itself; only where it stands when it can't be read.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">From 0.</param>
    public static string Of<TRow>(RecordBatch batch, int row)
        where TRow : IStreamRow<TRow>
    {
        string place = $"{row} of an Arrow batch";
        try
        {
            var reader = new ArrowRowReader(TRow.Schema, batch) { Row = row };
            try
            {
                return $"{place}: {TRow.Read(ref reader)}";
            }
            finally
            {
                reader.Dispose();
            }
        }
        catch (Exception error) when (error is LaminarException or OverflowException)
        {
            // What can't be read may be the very reason for the message.
            return place;
        }
    }
}
