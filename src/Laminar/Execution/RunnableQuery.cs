using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>A generated query: what a runtime adds, what a query by itself runs, and what another query reads.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
/// <param name="info">Null of a query inside another one, which nobody asks.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RunnableQuery<TRow>(QueryInfo? info) : QueryDefinition<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <inheritdoc/>
    public sealed override QueryInfo Info => info ?? throw new InvalidOperationException("A query inside another has no text of its own.");

    /// <summary>Everything from the base sources' rows to this query's, on the caller's thread.</summary>
    /// <typeparam name="TOut">Where its rows go; a struct that lives inside the last operator.</typeparam>
    public abstract QueryPipeline Open<TOut>(TOut output)
        where TOut : struct, IRowOutput<TRow>;

    /// <inheritdoc/>
    public sealed override QueryPipeline Into(RowCollector<TRow> output) => Open(new CollectorOutput<TRow>(output));
}

/// <summary>A generated query of one operator over what it reads.</summary>
/// <inheritdoc cref="RunnableQuery{TRow}"/>
/// <typeparam name="TIn">The rows that it reads.</typeparam>
/// <typeparam name="TRow">The query's row.</typeparam>
/// <param name="info">Null of a query inside another one, which nobody asks.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StagedQuery<TIn, TRow>(QueryInfo? info) : RunnableQuery<TRow>(info)
    where TRow : IStreamRow<TRow>
{
    /// <inheritdoc/>
    public sealed override QueryPipeline Open<TOut>(TOut output) => Over(Create(output));

    /// <summary>The operator.</summary>
    protected abstract QueryOperator<TIn> Create<TOut>(TOut output)
        where TOut : struct, IRowOutput<TRow>;

    /// <summary>The operator behind what it reads: a source, where nothing else is said.</summary>
    protected virtual QueryPipeline Over(QueryOperator<TIn> last) => new SourcePipeline<TIn>(last);

    /// <summary>The operator as a stage of a runtime.</summary>
    protected Operator<TIn> To(RowCollector<TRow> output) => Create(new CollectorOutput<TRow>(output));
}
