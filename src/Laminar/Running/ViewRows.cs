using System.Collections;
using Apache.Arrow;

namespace Laminar;

/// <summary>
/// All rows of a kept query at one moment, in no order. It never changes, may be read by several threads, and holds its memory until it is forgotten. Rows of an updating query
/// stand as they came last, so <c>Kind</c> is <see cref="RowKind.Insert"/> or <see cref="RowKind.UpdateAfter"/>, and <see cref="RowKind.Insert"/> behind a restart.
/// </summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class ViewRows<TRow> : IReadOnlyCollection<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>Rows.</summary>
    public abstract int Count { get; }

    /// <summary>The committed epoch that these are the rows of, on every core; 0 before the first one. Null when uncommitted rows were asked for.</summary>
    public abstract long? Epoch { get; }

    /// <inheritdoc/>
    public abstract IEnumerator<TRow> GetEnumerator();

    /// <summary>The rows as Arrow batches of up to <paramref name="maxRows"/>.</summary>
    public IEnumerable<RecordBatch> ToBatches(int maxRows = 8192)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return Batches(maxRows);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<RecordBatch> Batches(int maxRows)
    {
        var builder = new ArrowBatchBuilder<TRow>();
        foreach (TRow row in this)
        {
            builder.Add(in row);
            if (builder.Count == maxRows)
            {
                yield return builder.Build();
            }
        }

        if (builder.Count > 0)
        {
            yield return builder.Build();
        }
    }
}
