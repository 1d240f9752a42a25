using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar.Interpreter.Database;

/// <summary>Looks at a batch before any row of it is taken: a value that doesn't fit its column mustn't stop it half way.</summary>
internal static class BatchCheck
{
    /// <summary>The batch, or under a policy that skips, the stretches of it between rows that can't be taken.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="schema">The source's columns.</param>
    /// <param name="policy">What becomes of rows that can't be taken.</param>
    /// <param name="skipped">Told of each that is left out.</param>
    /// <exception cref="LaminarException">The batch lacks a column, has one of another type, or a row doesn't fit under <see cref="ErrorPolicy.Fail"/>.</exception>
    public static IReadOnlyList<RecordBatch> Sound(RecordBatch batch, RowSchema schema, ErrorPolicy policy, Action<RowFormatException> skipped)
    {
        using var reader = new ArrowRowReader(schema, batch);
        int[] doubtful = [.. Enumerable.Range(0, schema.Columns.Count).Where(c => IsDoubtful(schema.Columns[c], batch))];
        if (doubtful.Length == 0)
        {
            return [batch];
        }

        var parts = new List<RecordBatch>();
        int from = 0;
        ArrowRowReader at = reader;
        for (int row = 0; row < batch.Length; row++)
        {
            at.Row = row;
            try
            {
                foreach (int column in doubtful)
                {
                    BoxedRows.Get(ref at, column, schema.Columns[column]);
                }
            }
            catch (RowFormatException error)
            {
                if (policy == ErrorPolicy.Fail)
                {
                    throw new LaminarException($"Row {row} of the batch doesn't fit the source {schema.Name}, column {schema.Columns[error.Column].Name}: {error.Message}", error);
                }

                skipped(error);
                Add(from, row);
                from = row + 1;
            }
        }

        Add(from, batch.Length);
        return parts;

        void Add(int start, int end)
        {
            if (end > start)
            {
                parts.Add(start == 0 && end == batch.Length ? batch : batch.Slice(start, end - start));
            }
        }
    }

    // A value of the column's own type always fits when it needs no decoding; NULL where it can't be doesn't.
    private static bool IsDoubtful(RowColumn column, RecordBatch batch)
    {
        int[] places = ColumnNames.Map(new RowSchema("column", column), [.. batch.Schema.FieldsList.Select(f => f.Name)]);
        if (places[0] < 0)
        {
            return false;
        }

        IArrowArray array = batch.Column(places[0]);
        bool isPlain = column.Type is ColumnType.Boolean or ColumnType.Int8 or ColumnType.Int16 or ColumnType.Int32 or ColumnType.Int64 or ColumnType.UInt8 or ColumnType.UInt16
            or ColumnType.UInt32 or ColumnType.UInt64 or ColumnType.Float32 or ColumnType.Float64;
        return !isPlain || array.Data.DataType.TypeId != ArrowSchema.TypeOf(column).TypeId || (!column.Nullable && array.NullCount > 0);
    }
}
