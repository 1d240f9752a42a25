using System.ComponentModel;
using Apache.Arrow;

namespace Laminar.Execution;

/// <summary>What an operator knows of the rows of its source, for Arrow batches of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SourceRows
{
    private protected SourceRows()
    {
    }

    /// <summary>Their columns.</summary>
    public abstract RowSchema Schema { get; }

    /// <summary>Those of a row type.</summary>
    public static SourceRows Of<TRow>()
        where TRow : IStreamRow<TRow> => Typed<TRow>.Instance;

    /// <summary>For messages: where a row stands, and the row as its type prints itself; only where it stands when it can't be read.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="row">From 0.</param>
    public abstract string Describe(RecordBatch batch, int row);

    /// <summary>A whole row of an Arrow batch.</summary>
    internal TRow Read<TRow>(ref ArrowRowReader reader, int row) => ((Reader<TRow>)this).Read(ref reader, row);

    /// <summary>An error that a row can't be read for, with the name of its column; others as they are.</summary>
    internal Exception Named(Exception error) =>
        error is RowFormatException { Column: >= 0 } format && format.Column < Schema.Columns.Count
            ? new RowFormatException(format.Column, $"Column {Schema.Columns[format.Column].Name}: {format.Message}", format)
            : error;

    private abstract class Reader<TRow> : SourceRows
    {
        public abstract TRow Read(ref ArrowRowReader reader, int row);
    }

    private sealed class Typed<TRow> : Reader<TRow>
        where TRow : IStreamRow<TRow>
    {
        public static readonly Typed<TRow> Instance = new();

        public override RowSchema Schema => TRow.Schema;

        public override TRow Read(ref ArrowRowReader reader, int row)
        {
            reader.Row = row;
            return TRow.Read(ref reader);
        }

        public override string Describe(RecordBatch batch, int row)
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
}
