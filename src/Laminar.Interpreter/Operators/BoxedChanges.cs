using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Rows of boxed values that come and go: read from chunks, compared, and collected for the next stage.</summary>
internal sealed class BoxedChanges
{
    private readonly ChangeColumns _changes;

    /// <param name="columns">What comes out.</param>
    /// <param name="hasKinds">False: rows only come, and have no kinds.</param>
    public BoxedChanges(IReadOnlyList<PlanColumn> columns, bool hasKinds = true)
    {
        Values = [.. columns.Select(c => BoxedValues.Of(c.Type))];
        Row = [.. Values.Select(v => v.NewVector())];
        _changes = new ChangeColumns(Row, hasKinds);
    }

    public BoxedValues[] Values { get; }

    /// <summary>The row that was filled last, at 0.</summary>
    public Vector[] Row { get; }

    /// <summary>A row of a chunk; its first columns, where that has fewer.</summary>
    public static object?[] Read(Chunk chunk, int row, IReadOnlyList<BoxedValues> values, int count) => [.. Enumerable.Range(0, count).Select(i => values[i].Read(chunk.Column(i), row))];

    /// <summary>Whether two rows are equal in their first columns; NULLs are.</summary>
    public static bool AreSame(IReadOnlyList<BoxedValues> values, object?[] a, object?[] b, int count) =>
        Enumerable.Range(0, count).All(i => a[i] is null || b[i] is null ? a[i] is null && b[i] is null : values[i].Key(a[i]!).Equals(values[i].Key(b[i]!)));

    /// <summary>What a row was, and what it is: nothing where they are equal. Null: it isn't there.</summary>
    public void Tell(object?[]? was, object?[]? now, ChunkStage next, long watermark = long.MinValue)
    {
        if (was is not null && now is not null)
        {
            if (!AreSame(Values, was, now, was.Length))
            {
                Put(was, RowKind.UpdateBefore, next, watermark);
                Put(now, RowKind.UpdateAfter, next, watermark);
            }
        }
        else if (was is not null)
        {
            Put(was, RowKind.Delete, next, watermark);
        }
        else if (now is not null)
        {
            Put(now, RowKind.Insert, next, watermark);
        }
    }

    public void Put(object?[] row, RowKind kind, ChunkStage next, long watermark = long.MinValue)
    {
        Fill(row);
        _changes.Add(new Chunk { Columns = Row, Rows = Selection.All(1), WatermarkBefore = [] }, 0, kind, next, watermark);
    }

    public void Fill(object?[] row)
    {
        for (int i = 0; i < Row.Length; i++)
        {
            Row[i].ClearNulls();
            if (row[i] is { } value)
            {
                Row[i].Put(0, value);
            }
            else
            {
                Row[i].SetNull(0);
            }
        }
    }

    public void Send(ChunkStage next) => _changes.Send(next);
}
