using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.Execution;
using Laminar.State;

namespace Laminar;

/// <summary>
/// A query by itself over one source: no threads, not thread-safe. Every generated <c>Query</c> of a query class that reads, directly or
/// through other queries, one source is one.
/// </summary>
/// <typeparam name="TSource">The source's row.</typeparam>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class SingleSourceQuery<TSource, TRow> : IStreamQuery<TRow>, IStreamInput<TSource>
{
    private readonly QueryPipeline<TSource> _pipeline;
    private readonly bool _isMilliseconds;

    /// <param name="info">What is known of the query.</param>
    /// <param name="pipeline">Runs it.</param>
    /// <param name="isMilliseconds">The event time is a BIGINT of milliseconds.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected SingleSourceQuery(QueryInfo info, QueryPipeline<TSource> pipeline, bool isMilliseconds)
    {
        Info = info;
        _pipeline = pipeline;
        _isMilliseconds = isMilliseconds;
    }

    /// <inheritdoc/>
    public QueryInfo Info { get; }

    /// <inheritdoc/>
    public QueryStatistics Statistics => new(_pipeline.RowsIn, _pipeline.RowsOut, _pipeline.LateRows, _pipeline.ErrorRows, _pipeline.StateBytes);

    /// <summary>
    /// Asked about each row that fails: true to count and skip it. Null (the default): the row's exception leaves <c>Push</c> and the query is faulted.
    /// </summary>
    public Func<StreamRowException, bool>? OnError
    {
        set => _pipeline.OnError = value;
    }

    /// <summary>What CURRENT_TIMESTAMP and its kind read; the system's clock at first. In a runtime it is that of <see cref="LaminarOptions.TimeProvider"/>.</summary>
    public TimeProvider Clock
    {
        set => _pipeline.Clock = value;
    }

    /// <inheritdoc/>
    public void Push(in TSource row) => _pipeline.Process(new ReadOnlySpan<TSource>(in row));

    /// <inheritdoc/>
    public void Push(ReadOnlySpan<TSource> rows) => _pipeline.Process(rows);

    /// <summary>Many rows, in order. Results don't depend on how rows are cut into calls.</summary>
    public void Push(TSource[] rows) => _pipeline.Process(rows);

    /// <summary>An Arrow batch, columns matched by name.</summary>
    /// <exception cref="LaminarException">A column is missing or of a type that doesn't fit, or the batch is damaged.</exception>
    public void Push(RecordBatch batch) => _pipeline.Process(batch);

    /// <inheritdoc/>
    public void AdvanceWatermark(DateTime watermark) =>
        _pipeline.AdvanceWatermark(_isMilliseconds ? RowTime.ToMilliseconds(watermark) : RowTime.ToTicks(watermark));

    /// <inheritdoc/>
    public void Complete() => _pipeline.Complete();

    /// <inheritdoc/>
    public void Snapshot(IBufferWriter<byte> writer) => _pipeline.Save(writer);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>States progress in the unit of a BIGINT event time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Advance(long watermarkMs) => _pipeline.AdvanceWatermark(watermarkMs);

    /// <summary>Takes over what a snapshot holds.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Load(ReadOnlySequence<byte> snapshot)
    {
        _pipeline.Load(ref snapshot);
        SnapshotParts.End(snapshot);
    }
}
