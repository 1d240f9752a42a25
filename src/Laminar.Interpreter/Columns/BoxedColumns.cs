using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Columns;

/// <summary>Rows of values in the form in which expressions hold them, into and out of vectors.</summary>
internal static class BoxedColumns
{
    /// <summary>Puts rows into columns from position 0 on; what the columns held is forgotten.</summary>
    public static void Fill(IReadOnlyList<Vector?> columns, IReadOnlyList<object?[]> rows, int from, int count)
    {
        for (int c = 0; c < columns.Count; c++)
        {
            if (columns[c] is not { } column)
            {
                continue;
            }

            column.ClearNulls();
            for (int i = 0; i < count; i++)
            {
                if (rows[from + i][c] is { } value)
                {
                    column.Put(i, value);
                }
                else
                {
                    column.SetNull(i);
                }
            }
        }
    }

    /// <summary>One row of a chunk.</summary>
    public static object?[] Of(Chunk chunk, int row, int columns)
    {
        var values = new object?[columns];
        for (int c = 0; c < columns; c++)
        {
            Vector column = chunk.Column(c);
            values[c] = column.IsNull(row) ? null : column.Boxed(row);
        }

        return values;
    }
}
