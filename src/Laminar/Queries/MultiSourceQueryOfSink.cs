using System.Buffers;
using System.ComponentModel;
using Laminar.Execution;

namespace Laminar;

/// <summary>A query by itself over several sources, with its sink. Every generated <c>Query</c> of several sources is one.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
/// <typeparam name="TSink">Takes the rows.</typeparam>
public abstract class MultiSourceQuery<TRow, TSink> : MultiSourceQuery<TRow>
    where TRow : IStreamRow<TRow>
    where TSink : struct, ISink<TRow>
{
    private readonly IRowsTo<SinkOutput<TRow, TSink>> _last;

    /// <param name="query">The query.</param>
    /// <param name="sink">Takes its rows.</param>
    /// <param name="isMilliseconds">The event time is a BIGINT of milliseconds.</param>
    /// <param name="snapshot">What it goes on from; null: it begins.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected MultiSourceQuery(RunnableQuery<TRow> query, TSink sink, bool isMilliseconds, ReadOnlySequence<byte>? snapshot)
        : base(query.Info, query.Open(new SinkOutput<TRow, TSink>(sink)), isMilliseconds)
    {
        _last = Last<TSink>();
        if (snapshot is { } saved)
        {
            Load(saved);
        }
    }

    /// <summary>The sink, which lives inside the query. While it throws, a small struct holds what it held before the batch.</summary>
    public ref TSink Sink => ref _last.Output.Sink;
}
