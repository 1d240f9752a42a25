using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar;

/// <summary>
/// Collects rows into Arrow batches of <see cref="ArrowSchema.Of(RowSchema)"/>. For a row that is an <see cref="IChangelogRow"/> a text column
/// <c>kind</c> comes first: <c>insert</c>, <c>update_before</c>, <c>update_after</c>, <c>delete</c>. Not thread-safe.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class ArrowBatchBuilder<TRow>
    where TRow : IStreamRow<TRow>
{
    private static readonly bool IsChangelog = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) && !TRow.Schema.HasKind;

    private readonly ArrowColumnBuilder[] _columns;
    private readonly ArrowColumnBuilder? _kinds;

    public ArrowBatchBuilder()
    {
        Schema rows = ArrowSchema.Of(TRow.Schema);
        _columns = [.. TRow.Schema.Columns.Select(c => new ArrowColumnBuilder(c.Name, ArrowSchema.TypeOf(c), c))];
        _kinds = IsChangelog ? new ArrowColumnBuilder(RowKinds.Column, StringType.Default) : null;
        Schema = IsChangelog
            ? new Schema([new Field(RowKinds.Column, StringType.Default, nullable: false), .. rows.FieldsList], null)
            : rows;
    }

    /// <summary>The schema of the batches, <c>kind</c> included.</summary>
    public Schema Schema { get; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of values held, about.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (ArrowColumnBuilder column in _columns)
            {
                bytes += column.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>Adds a row. When it throws, the row isn't there.</summary>
    /// <exception cref="LaminarException">A DECIMAL beyond its column's precision, or text with half a surrogate pair.</exception>
    public void Add(in TRow row)
    {
        var writer = new ArrowRowWriter(_columns);
        try
        {
            TRow.Write(in row, ref writer);
        }
        catch
        {
            foreach (ArrowColumnBuilder column in _columns)
            {
                column.Truncate(Count);
            }

            throw;
        }

        _kinds?.AddText(RowKinds.NameOf(((IChangelogRow)(object)row).Kind));
        Count++;
    }

    /// <summary>The rows held, as a batch; the builder is empty afterwards.</summary>
    public RecordBatch Build()
    {
        var arrays = new List<IArrowArray>(_columns.Length + 1);
        if (_kinds is not null)
        {
            arrays.Add(_kinds.Build());
        }

        foreach (ArrowColumnBuilder column in _columns)
        {
            arrays.Add(column.Build());
        }

        var batch = new RecordBatch(Schema, arrays, Count);
        Count = 0;
        return batch;
    }
}
