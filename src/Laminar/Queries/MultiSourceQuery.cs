using System.ComponentModel;
using Apache.Arrow;
using Laminar.Execution;

namespace Laminar;

/// <summary>
/// A query by itself over several sources: no threads, not thread-safe. Every generated <c>Query</c> of a query class that reads, directly or through other
/// queries, several sources is one; it adds a <c>Push</c> per source. Event time goes as far as the slowest source has come.
/// </summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class MultiSourceQuery<TRow> : PipelineQuery<TRow>
{
    private readonly List<SourceEntry> _sources = [];
    private readonly QueryPipeline _pipeline;

    /// <param name="info">What is known of the query.</param>
    /// <param name="pipeline">Runs it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MultiSourceQuery(QueryInfo info, QueryPipeline pipeline)
        : base(info, pipeline) => _pipeline = pipeline;

    /// <summary>An Arrow batch of one source, columns matched by name.</summary>
    /// <typeparam name="TSource">The source's row.</typeparam>
    /// <exception cref="LaminarException">The query doesn't read the source, a column is missing or of a type that doesn't fit, or the batch is damaged.</exception>
    public void Push<TSource>(RecordBatch batch)
        where TSource : ISourceRow<TSource> => EntryOf<TSource>().Process(batch);

    /// <summary>States that no more rows of one source before <paramref name="watermark"/> will come. Never moves back.</summary>
    /// <typeparam name="TSource">The source's row.</typeparam>
    /// <exception cref="LaminarException">The query doesn't read the source.</exception>
    public void AdvanceWatermark<TSource>(DateTime watermark)
        where TSource : ISourceRow<TSource> => EntryOf<TSource>().AdvanceWatermark(InUnit(watermark, TSource.EventTimeUnit == EventTimeUnit.Milliseconds));

    /// <summary>States that no more rows before <paramref name="watermark"/> will come, of any source. Never moves back.</summary>
    public sealed override void AdvanceWatermark(DateTime watermark)
    {
        foreach (SourceEntry source in _sources)
        {
            source.AdvanceWatermark(watermark);
        }
    }

    /// <summary>Where the rows of a source go in. To be asked for once per source.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PipelineEntry<TSource> Open<TSource>()
        where TSource : ISourceRow<TSource>
    {
        PipelineEntry<TSource> entry = _pipeline.Entry<TSource>() ?? throw NotRead<TSource>();
        _sources.Add(new SourceEntry<TSource>(entry));
        return entry;
    }

    private PipelineEntry<TSource> EntryOf<TSource>()
        where TSource : ISourceRow<TSource> => _sources.OfType<SourceEntry<TSource>>().FirstOrDefault()?.Entry ?? throw NotRead<TSource>();

    private LaminarException NotRead<TSource>() => new($"Query {Info.Name} doesn't read {typeof(TSource).Name}.");

    private abstract class SourceEntry
    {
        public abstract void AdvanceWatermark(DateTime watermark);
    }

    private sealed class SourceEntry<TSource>(PipelineEntry<TSource> entry) : SourceEntry
        where TSource : ISourceRow<TSource>
    {
        public PipelineEntry<TSource> Entry => entry;

        public override void AdvanceWatermark(DateTime watermark) => entry.AdvanceWatermark(InUnit(watermark, TSource.EventTimeUnit == EventTimeUnit.Milliseconds));
    }
}
