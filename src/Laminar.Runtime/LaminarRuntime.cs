using Laminar.Execution;
using Laminar.Runtime;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Life;
using Laminar.Runtime.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar;

/// <summary>
/// Runs queries on cores: pinned threads that share nothing and exchange rows through bounded rings. Add sources, queries and sinks, then
/// <see cref="StartAsync"/>. An error in a source, query, sink or on the disk stops the whole runtime: readers, pushes and
/// <see cref="WaitForCompletionAsync"/> then throw <see cref="LaminarException"/> naming it; nothing is dropped silently.
/// </summary>
public sealed class LaminarRuntime : ILaminarRuntime
{
    private readonly StageGraph _graph;
    private readonly RuntimeLife _life;
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private volatile bool _started;

    private LaminarRuntime(LaminarOptions options)
    {
        Options = options;
        Metrics = new LaminarMetrics();
        _graph = new StageGraph(options, () => _started);
        _life = new RuntimeLife(_graph, options, Metrics, options.LoggerFactory ?? NullLoggerFactory.Instance);
    }

    /// <inheritdoc/>
    public LaminarOptions Options { get; }

    /// <summary>Counters of sources, queries, cores and epochs; the same as the meter "Laminar" of System.Diagnostics.Metrics.</summary>
    public LaminarMetrics Metrics { get; }

    /// <summary>Makes a runtime; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <exception cref="LaminarException">An option is out of its range.</exception>
    public static LaminarRuntime Create(LaminarOptions? options = null)
    {
        options ??= new LaminarOptions();
        OptionLimits.Check(options);
        return new LaminarRuntime(options);
    }

    /// <inheritdoc/>
    public SourceHandle<TRow> AddSource<TRow>(SourceOptions? options = null)
        where TRow : ISourceRow<TRow>
    {
        ThrowIfStarted();
        return _graph.Source<TRow>().AddInProcess(options ?? new SourceOptions(), (covering, token) => _life.CheckpointAsync(covering, last: false, token));
    }

    /// <inheritdoc/>
    public void AddSource<TRow>(IConnectorSource<TRow> source, SourceOptions? options = null)
        where TRow : ISourceRow<TRow>
    {
        ThrowIfStarted();
        _graph.Source<TRow>().AddConnector(source, options ?? new SourceOptions());
    }

    /// <inheritdoc/>
    public TableHandle<TRow> AddTable<TRow>()
        where TRow : IReferenceRow<TRow>
    {
        ThrowIfStarted();
        return _graph.AddTable<TRow>(null, new SourceOptions());
    }

    /// <inheritdoc/>
    public TableHandle<TRow> AddTable<TRow>(IConnectorSource<TRow> source, SourceOptions? options = null)
        where TRow : IReferenceRow<TRow>
    {
        ThrowIfStarted();
        return _graph.AddTable(source, options ?? new SourceOptions());
    }

    /// <inheritdoc/>
    public QueryHandle<TRow> AddQuery<TRow>(QueryDefinition<TRow> definition)
        where TRow : IStreamRow<TRow>
    {
        ThrowIfStarted();
        QueryNode<TRow> query = _graph.Query(definition);
        query.IsAdded = true;
        return query.Handle;
    }

    /// <inheritdoc/>
    public KeyedQueryHandle<TRow, TKey> AddQuery<TRow, TKey>(QueryDefinition<TRow> definition, Func<TRow, TKey> key)
        where TRow : IStreamRow<TRow>
    {
        ThrowIfStarted();
        QueryNode<TRow> query = _graph.Query(definition);
        query.IsAdded = true;
        return query.KeyedHandle(key);
    }

    /// <inheritdoc/>
    public SinkHandle<TRow> AddSink<TRow>(string name, IConnectorSink<TRow> sink)
        where TRow : IStreamRow<TRow>
    {
        ThrowIfStarted();
        return _graph.AddSink(name, sink);
    }

    /// <inheritdoc/>
    /// <exception cref="LaminarException">A source is missing, or saved state can't be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _lifecycle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfStarted();
            _started = true;
            try
            {
                await Task.Run(_life.Start, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await _life.CloseAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>It completes as well when <see cref="StopAsync"/> has stopped the runtime in good order.</remarks>
    public Task WaitForCompletionAsync(CancellationToken cancellationToken = default) => _life.Completion.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CheckpointAsync(CancellationToken cancellationToken = default) =>
        _life.CheckpointAsync(covering: true, last: false, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// It waits for the sinks to commit the last checkpoint, however long that takes; the token gives up waiting, and <see cref="DisposeAsync"/>
    /// then ends the runtime without it.
    /// </remarks>
    /// <exception cref="LaminarException">The runtime had failed, or the last checkpoint did.</exception>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _lifecycle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_life.IsClosed || !_started)
            {
                return;
            }

            await _life.DrainAsync(cancellationToken).ConfigureAwait(false);
            await _life.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _lifecycle.Release();
        }

        _life.ThrowIfFaulted();
    }

    /// <summary>
    /// Ends the cores at once, without a last checkpoint unless <see cref="StopAsync"/> came before: with a data directory the next start
    /// continues as after a crash. A sink's call that is under way is told by <see cref="SinkContext.Stopping"/> and waited for.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _lifecycle.WaitAsync().ConfigureAwait(false);
        try
        {
            await _life.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    private void ThrowIfStarted()
    {
        if (_started || _life.IsClosed)
        {
            throw new LaminarException("The runtime has started; sources and queries are added before StartAsync, and it starts once.");
        }
    }
}
