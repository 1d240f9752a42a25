using Laminar.Execution;

namespace Laminar;

/// <summary>What generated <c>AddTo</c> and <c>RunAsync</c> need of a runtime. <c>LaminarRuntime</c> in Laminar.Runtime implements it.</summary>
public interface ILaminarRuntime : IAsyncDisposable
{
    /// <summary>The options it was created with.</summary>
    LaminarOptions Options { get; }

    /// <summary>Adds an in-process source. Once per row type, before <see cref="StartAsync"/>.</summary>
    SourceHandle<TRow> AddSource<TRow>(SourceOptions? options = null)
        where TRow : ISourceRow<TRow>;

    /// <summary>Adds a source that a connector reads. Once per row type, before <see cref="StartAsync"/>.</summary>
    void AddSource<TRow>(IConnectorSource<TRow> source, SourceOptions? options = null)
        where TRow : ISourceRow<TRow>;

    /// <summary>Adds a reference table, which queries join by its key. Once per row type, before <see cref="StartAsync"/>.</summary>
    TableHandle<TRow> AddTable<TRow>()
        where TRow : IReferenceRow<TRow>;

    /// <summary>
    /// Adds a reference table whose rows a connector reads: all of them at each start, before the first row of any source. The handle may write more. Once per row type, before <see cref="StartAsync"/>.
    /// </summary>
    TableHandle<TRow> AddTable<TRow>(IConnectorSource<TRow> source, SourceOptions? options = null)
        where TRow : IReferenceRow<TRow>;

    /// <summary>Adds a query, or answers with the handle it already has. Before <see cref="StartAsync"/>.</summary>
    QueryHandle<TRow> AddQuery<TRow>(QueryDefinition<TRow> definition)
        where TRow : IStreamRow<TRow>;

    /// <summary>The same, of a query whose rows have a key. Called by generated <c>AddTo</c>.</summary>
    /// <param name="definition">The query.</param>
    /// <param name="key">The key of a row, as <see cref="QueryInfo.View"/> says.</param>
    KeyedQueryHandle<TRow, TKey> AddQuery<TRow, TKey>(QueryDefinition<TRow> definition, Func<TRow, TKey> key)
        where TRow : IStreamRow<TRow>;

    /// <summary>
    /// Adds a sink that several queries write into; <see cref="SinkHandle{TRow}.From{TIn}"/> binds them. A sink of one query is bound with
    /// <c>To</c>. Before <see cref="StartAsync"/>.
    /// </summary>
    /// <param name="name">Unique among the runtime's named sinks; saved with the state.</param>
    /// <param name="sink">An <see cref="IAppendSink{TRow}"/> or, for rows with a kind, an <see cref="IChangelogSink{TRow}"/>.</param>
    SinkHandle<TRow> AddSink<TRow>(string name, IConnectorSink<TRow> sink)
        where TRow : IStreamRow<TRow>;

    /// <summary>Recovers from the data directory if there is something, and starts the cores.</summary>
    Task StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Completes when every source has ended and every row has reached its sinks, committed; fails when the runtime fails.</summary>
    Task WaitForCompletionAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes a checkpoint now and completes when it is durable and committed.</summary>
    Task CheckpointAsync(CancellationToken cancellationToken = default);

    /// <summary>Drains what was pushed, takes a last checkpoint and completes every reader.</summary>
    Task StopAsync(CancellationToken cancellationToken = default);
}
