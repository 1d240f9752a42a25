using Apache.Arrow;

namespace Laminar.Bench.Inputs;

/// <summary>An input in memory that can be pushed into a query again and again, in the batches in which a source would hand it over.</summary>
/// <typeparam name="TRow">The source's row.</typeparam>
public abstract class Feed<TRow>
{
    /// <summary>Pushes the first rows.</summary>
    /// <param name="query">Takes rows.</param>
    /// <param name="columns">The same query's <c>Push(RecordBatch)</c>.</param>
    /// <param name="rows">How many, at least; a batch is never cut.</param>
    public abstract void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows);
}

/// <summary>Rows. One interface call per batch; the generated loop behind it is specialised for its sink as ever.</summary>
public sealed class RowFeed<TRow>(TRow[] all) : Feed<TRow>
{
    /// <summary>Rows per Push: what a source would hand over at once.</summary>
    private const int BatchRows = 4096;

    public override void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows)
    {
        for (int i = 0; i < rows; i += BatchRows)
        {
            query.Push(all.AsSpan(i, Math.Min(BatchRows, rows - i)));
        }
    }
}

/// <summary>Arrow batches, built beforehand.</summary>
public sealed class ColumnFeed<TRow>(ArrowBatches batches) : Feed<TRow>
{
    public override void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows)
    {
        foreach (RecordBatch batch in batches.First(rows))
        {
            columns(batch);
        }
    }
}
