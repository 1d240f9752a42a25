using System.Buffers;
using System.ComponentModel;
using Laminar.Execution;
using Laminar.State;

namespace Laminar;

/// <summary>A query by itself: no threads, not thread-safe. What all generated <c>Query</c> classes share, whatever they read.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class PipelineQuery<TRow> : IStreamQuery<TRow>
{
    private readonly QueryPipeline _pipeline;
    private readonly ReferenceTables _tables = new(createsMissing: true);

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PipelineQuery(QueryInfo info, QueryPipeline pipeline)
    {
        Info = info;
        _pipeline = pipeline.HasConstants ? new ConstantRowsPipeline(pipeline) : pipeline;
        _pipeline.Open(_tables);
    }

    /// <inheritdoc/>
    public QueryInfo Info { get; }

    /// <inheritdoc/>
    public QueryStatistics Statistics => new(_pipeline.RowsIn, _pipeline.RowsOut, _pipeline.LateRows, _pipeline.ErrorRows, _pipeline.StateBytes);

    /// <summary>
    /// Asked about each row that fails: true to count and skip it. Null (the default): the row's exception leaves <c>Push</c> and the query is faulted.
    /// Results that fail, and rows of other queries, are asked about as well, unless the query says <c>WITH (on_error = 'fail')</c> or <c>'skip'</c> itself;
    /// by <c>'dead_letter'</c> they come here, where no runtime writes its file.
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
    public abstract void AdvanceWatermark(DateTime watermark);

    /// <summary>
    /// Says what the wall clock says, to a query that goes by it (EMIT EVERY ... PROCESSING TIME); to others it does nothing. By itself a query looks at no clock:
    /// what has changed is emitted when a call passes a multiple of the interval, counted from 1970 on, however many it passes. The first call is one, for all that has
    /// changed before it. A clock may be set back: that passes too, and it goes on from there. Where the clock stands is part of a snapshot.
    /// </summary>
    /// <param name="now">Of kind <see cref="DateTimeKind.Local"/> it is converted to UTC.</param>
    public void AdvanceProcessingTime(DateTime now) => _pipeline.AdvanceProcessingTime(RowTime.ToTicks(now));

    /// <inheritdoc/>
    public void Complete() => _pipeline.Complete();

    /// <inheritdoc/>
    public void Snapshot(IBufferWriter<byte> writer)
    {
        _pipeline.Save(writer);
        _tables.Save(writer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes over what a snapshot holds.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Load(ReadOnlySequence<byte> snapshot)
    {
        _pipeline.Load(ref snapshot);
        _tables.Load(ref snapshot);
        SnapshotParts.End(snapshot);
    }

    /// <summary>A reference table that the query joins.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ReferenceTable<TTable> Table<TTable>()
        where TTable : IReferenceRow<TTable> => _tables.Find<TTable>()!;

    /// <summary>Where the rows of a base source go in; null for a type that isn't one. To be asked for once.</summary>
    private protected PipelineEntry<TSource>? Entry<TSource>() => _pipeline.Entry<TSource>();

    /// <summary>The operator that emits the query's rows, by the sink that lives inside it.</summary>
    private protected IRowsTo<SinkOutput<TRow, TSink>> Last<TSink>()
        where TSink : struct, ISink<TRow> => (IRowsTo<SinkOutput<TRow, TSink>>)_pipeline.Last;

    /// <summary>Late rows of the last query to a callback; null: they are only counted.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void HandOnLate<TIn>(Action<TIn>? action) => ((Operator<TIn>)_pipeline.Last).Late = action is null ? null : new LateAction<TIn>(action);

    /// <summary>A moment in the unit of a source's event time.</summary>
    private protected static long InUnit(DateTime watermark, bool isMilliseconds) => isMilliseconds ? RowTime.ToMilliseconds(watermark) : RowTime.ToTicks(watermark);
}
