using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Which rows must meet on one core before a stage.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Routing
{
    /// <summary>Stateless, or state per input partition: runs where the rows are.</summary>
    Local,

    /// <summary>Rows with equal <see cref="Stage{TIn, TOut}.KeyHash"/> meet.</summary>
    ByKey,

    /// <summary>All rows meet on one core.</summary>
    Single,
}

/// <summary>A kind of operator, instantiated once per core (or partition) that runs it. Implemented by generated code; stateless itself.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Stage<TIn, TOut>
{
    /// <summary>Unique within its query: "aggregate", "aggregate.local", ...</summary>
    public abstract string Name { get; }

    /// <summary>Identifies the state's layout; empty for a stateless stage.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Which rows must meet.</summary>
    public abstract Routing Routing { get; }

    /// <summary>A well-mixed hash of the grouping key, the same on every core and machine. Only for <see cref="Routing.ByKey"/>.</summary>
    public virtual uint KeyHash(in TIn row) => 0;

    /// <summary>A new instance that writes into <paramref name="output"/>.</summary>
    public abstract Operator<TIn> Create(RowCollector<TOut> output);
}

/// <summary>A stage as generated code makes it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public class QueryStage<TIn, TOut>(string name, string fingerprint, Routing routing, Func<RowCollector<TOut>, Operator<TIn>> create) : Stage<TIn, TOut>
{
    /// <inheritdoc/>
    public sealed override string Name => name;

    /// <inheritdoc/>
    public sealed override string Fingerprint => fingerprint;

    /// <inheritdoc/>
    public sealed override Routing Routing => routing;

    /// <inheritdoc/>
    public sealed override Operator<TIn> Create(RowCollector<TOut> output) => create(output);
}

/// <summary>A stream of rows in a runtime's graph: what a source or a stage puts out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStreamNode<TRow>;

/// <summary>What generated queries build their part of a runtime's graph with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStageGraph
{
    /// <summary>The source with this row type. It must have been added (by <c>AddSource</c>) before the runtime starts.</summary>
    IStreamNode<TRow> Source<TRow>()
        where TRow : ISourceRow<TRow>;

    /// <summary>The output of another query, added if it isn't there yet.</summary>
    IStreamNode<TRow> Query<TRow>(QueryDefinition<TRow> definition)
        where TRow : IStreamRow<TRow>;

    /// <summary>The rows that are late for a query, which is added if it isn't there yet. They are rows of what the query's only stage reads.</summary>
    IStreamNode<TIn> Late<TIn, TOut>(QueryDefinition<TOut> query)
        where TOut : IStreamRow<TOut>;

    /// <summary>All rows of several streams; time goes as far as the slowest of them has come.</summary>
    IStreamNode<TRow> Union<TRow>(params IStreamNode<TRow>[] inputs);

    /// <summary>A stage over a stream, with an exchange before it where its routing and the number of partitions ask for one.</summary>
    IStreamNode<TOut> Stage<TIn, TOut>(IStreamNode<TIn> input, Stage<TIn, TOut> stage);

    /// <summary>
    /// An aggregation that can be done in two phases. With one input partition, <paramref name="whole"/> runs alone; with several,
    /// <paramref name="local"/> runs per partition without an exchange and <paramref name="final"/> merges its partial rows by key.
    /// </summary>
    IStreamNode<TOut> TwoPhase<TIn, TPartial, TOut>(
        IStreamNode<TIn> input, Stage<TIn, TOut> whole, Stage<TIn, TPartial> local, Stage<TPartial, TOut> final);
}

/// <summary>A query as a runtime adds it. One static instance per generated query class.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryDefinition<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>The query's text, plan and fingerprint.</summary>
    public abstract QueryInfo Info { get; }

    /// <summary>Adds the query's stages and answers with its output.</summary>
    public abstract IStreamNode<TRow> Build(IStageGraph graph);

    /// <summary>The query as a part of one that reads it, on the caller's thread.</summary>
    public abstract QueryPipeline Into(RowCollector<TRow> output);
}
