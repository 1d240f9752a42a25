using System.ComponentModel;
using Apache.Arrow;
using Laminar.Execution;

namespace Laminar;

/// <summary>
/// A query by itself over one source: no threads, not thread-safe. Every generated <c>Query</c> of a query class that reads, directly or
/// through other queries, one source is one.
/// </summary>
/// <typeparam name="TSource">The source's row.</typeparam>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class SingleSourceQuery<TSource, TRow> : PipelineQuery<TRow>, IStreamInput<TSource>
    where TSource : ISourceRow<TSource>
{
    private readonly PipelineEntry<TSource> _entry;
    private readonly bool _isMilliseconds;

    /// <param name="info">What is known of the query.</param>
    /// <param name="pipeline">Runs it.</param>
    /// <param name="isMilliseconds">The event time is a BIGINT of milliseconds.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SingleSourceQuery(QueryInfo info, QueryPipeline pipeline, bool isMilliseconds)
        : base(info, pipeline)
    {
        _entry = Entry<TSource>() ?? throw new LaminarException($"Query {info.Name} doesn't read {typeof(TSource).Name}.");

        // The source's watermark says so; where it has none, the windows over it do.
        _isMilliseconds = isMilliseconds || TSource.EventTimeUnit == EventTimeUnit.Milliseconds;
    }

    /// <inheritdoc/>
    public void Push(in TSource row) => _entry.Process(new ReadOnlySpan<TSource>(in row));

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<TSource> rows) => _entry.Process(rows);

    /// <summary>Many rows, in order. Results don't depend on how rows are cut into calls.</summary>
    public void Push(TSource[] rows) => _entry.Process(rows);

    /// <summary>An Arrow batch, columns matched by name.</summary>
    /// <exception cref="LaminarException">A column is missing or of a type that doesn't fit, or the batch is damaged.</exception>
    public void Push(RecordBatch batch) => _entry.Process(batch);

    /// <inheritdoc/>
    public sealed override void AdvanceWatermark(DateTime watermark) => _entry.AdvanceWatermark(InUnit(watermark, _isMilliseconds));

    /// <summary>States progress in the unit of a BIGINT event time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Advance(long watermarkMs) => _entry.AdvanceWatermark(watermarkMs);
}
