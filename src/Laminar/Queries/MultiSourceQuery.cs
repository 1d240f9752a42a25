using System.ComponentModel;
using Apache.Arrow;
using Laminar.Execution;

namespace Laminar;

/// <summary>
/// A query by itself over several sources: no threads, not thread-safe. Every generated <c>Query</c> of a query class that reads, directly or through other
/// queries, several sources is one; it adds a <c>Push</c> per source. Event time goes as far as the slowest source has come. One that reads no source at all (VALUES)
/// has rows when it is completed.
/// </summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class MultiSourceQuery<TRow> : PipelineQuery<TRow>
{
    private readonly List<SourceEntry> _sources = [];
    private readonly bool _isMilliseconds;

    /// <param name="info">What is known of the query.</param>
    /// <param name="pipeline">Runs it.</param>
    /// <param name="isMilliseconds">The event time is a BIGINT of milliseconds.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MultiSourceQuery(QueryInfo info, QueryPipeline pipeline, bool isMilliseconds)
        : base(info, pipeline)
    {
        _isMilliseconds = isMilliseconds;
    }

    /// <summary>An Arrow batch of one source, columns matched by name.</summary>
    /// <typeparam name="TSource">The source's row.</typeparam>
    /// <exception cref="LaminarException">The query doesn't read the source, a column is missing or of a type that doesn't fit, or the batch is damaged.</exception>
    public void Push<TSource>(RecordBatch batch)
        where TSource : ISourceRow<TSource> => EntryOf<TSource>().Process(batch);

    /// <summary>States that no more rows of one source before <paramref name="watermark"/> will come. Never moves back.</summary>
    /// <typeparam name="TSource">The source's row.</typeparam>
    /// <exception cref="LaminarException">The query doesn't read the source.</exception>
    public void AdvanceWatermark<TSource>(DateTime watermark)
        where TSource : ISourceRow<TSource> => EntryOf<TSource>().AdvanceWatermark(InUnit(watermark, IsMilliseconds<TSource>()));

    /// <summary>States that no more rows before <paramref name="watermark"/> will come, of any source. Never moves back.</summary>
    public sealed override void AdvanceWatermark(DateTime watermark)
    {
        foreach (SourceEntry source in _sources)
        {
            source.AdvanceWatermark(InUnit(watermark, source.IsMilliseconds));
        }
    }

    /// <summary>States progress of all sources in the unit of a BIGINT event time.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Advance(long watermarkMs) => _sources.ForEach(source => source.AdvanceWatermark(watermarkMs));

    /// <summary>Where the rows of a source go in. To be asked for once per source.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PipelineEntry<TSource> Open<TSource>()
        where TSource : ISourceRow<TSource>
    {
        PipelineEntry<TSource> entry = Entry<TSource>() ?? throw NotRead<TSource>();
        _sources.Add(new SourceEntry<TSource>(entry, IsMilliseconds<TSource>()));
        return entry;
    }

    private PipelineEntry<TSource> EntryOf<TSource>()
        where TSource : ISourceRow<TSource> => _sources.OfType<SourceEntry<TSource>>().FirstOrDefault()?.Entry ?? throw NotRead<TSource>();

    // The source's watermark says so; where it has none, the windows over it do.
    private bool IsMilliseconds<TSource>()
        where TSource : ISourceRow<TSource> => _isMilliseconds || TSource.EventTimeUnit == EventTimeUnit.Milliseconds;

    private LaminarException NotRead<TSource>() => new($"Query {Info.Name} doesn't read {typeof(TSource).Name}.");

    private abstract class SourceEntry(bool isMilliseconds)
    {
        public bool IsMilliseconds => isMilliseconds;

        public abstract void AdvanceWatermark(long watermark);
    }

    private sealed class SourceEntry<TSource>(PipelineEntry<TSource> entry, bool isMilliseconds) : SourceEntry(isMilliseconds)
        where TSource : ISourceRow<TSource>
    {
        public PipelineEntry<TSource> Entry => entry;

        public override void AdvanceWatermark(long watermark) => entry.AdvanceWatermark(watermark);
    }
}
