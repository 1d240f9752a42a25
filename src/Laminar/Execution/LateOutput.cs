using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Takes rows that missed a window. They are few, so a call for each costs nothing that counts.</summary>
/// <typeparam name="TRow">The row of what the query reads.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LateOutput<TRow>
{
    /// <summary>One row.</summary>
    public abstract void Add(in TRow row);
}

/// <summary>Late rows to a callback.</summary>
/// <typeparam name="TRow">The row of what the query reads.</typeparam>
/// <param name="action">Called per row, on the thread that pushed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LateAction<TRow>(Action<TRow> action) : LateOutput<TRow>
{
    /// <inheritdoc/>
    public override void Add(in TRow row) => action(row);
}

/// <summary>Late rows on to whoever reads them. No watermark goes with them: nothing says when all have come.</summary>
/// <typeparam name="TRow">The row of what the query reads.</typeparam>
/// <param name="collector">Takes the rows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LateCollector<TRow>(RowCollector<TRow> collector) : LateOutput<TRow>
{
    /// <inheritdoc/>
    public override void Add(in TRow row) => collector.Add(in row, long.MinValue);
}

/// <summary>Results that nobody wants: only the late rows of a query are read.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoOutput<TRow> : IRowOutput<TRow>
{
    /// <inheritdoc/>
    public static bool TakesWatermarks => false;

    /// <inheritdoc/>
    public static bool HasRoom => false;

    /// <inheritdoc/>
    public void Emit(in TRow row, long watermark)
    {
    }

    /// <inheritdoc/>
    public RowRoom<TRow> Room(int rows) => default;

    /// <inheritdoc/>
    public void Take(int rows)
    {
    }

    /// <inheritdoc/>
    public void Watermark(long watermark)
    {
    }
}

/// <summary>The late rows of a query, as a runtime adds them: with the query, if it isn't there yet.</summary>
/// <typeparam name="TIn">The row of what the query reads.</typeparam>
/// <typeparam name="TOut">The query's own row.</typeparam>
/// <param name="query">The query.</param>
/// <param name="name">The name behind LATE DATA TO.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LateDefinition<TIn, TOut>(RunnableQuery<TOut> query, string name) : QueryDefinition<TIn>
    where TIn : IStreamRow<TIn>
    where TOut : IStreamRow<TOut>
{
    /// <inheritdoc/>
    public override QueryInfo Info { get; } = new(
        name, query.Info.Sql, $"Output: append-only\n  Late rows of {query.Info.Name}\n", $"flowchart LR\n    n0[[\"late rows of {query.Info.Name}\"]]\n", RowSchemas.Of<TIn>(), query.Info.StateFingerprint);

    /// <inheritdoc/>
    public override IStreamNode<TIn> Build(IStageGraph graph) => graph.Late<TIn, TOut>(query);

    /// <inheritdoc/>
    public override QueryPipeline Into(RowCollector<TIn> output)
    {
        QueryPipeline pipeline = query.Open(default(NoOutput<TOut>));
        ((Operator<TIn>)pipeline.Last).Late = new LateCollector<TIn>(output);
        return pipeline;
    }
}
