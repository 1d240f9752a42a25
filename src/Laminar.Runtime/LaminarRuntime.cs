using Laminar.Execution;
using Laminar.Linux;
using Laminar.Runtime;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Metrics;
using Laminar.Runtime.Sources;
using Laminar.Storage;
using Microsoft.Extensions.Logging;
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
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Core> _cores = [];
    private readonly List<TaskThread> _threads = [];
    private readonly DeadLetterFiles _deadLetters = new();
    private readonly List<ISourceTask> _sources = [];
    private EpochCoordinator? _coordinator;
    private StateStore? _store;
    private Exception? _fault;
    private int _openPartitions;
    private volatile bool _started;
    private bool _closed;

    private LaminarRuntime(LaminarOptions options)
    {
        Options = options;
        _loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        _logger = _loggers.CreateLogger("Laminar.Runtime");
        _graph = new StageGraph(options, () => _started);
        Metrics = new LaminarMetrics();
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
        return _graph.Source<TRow>().AddInProcess(options ?? new SourceOptions(), CheckpointAsync);
    }

    /// <inheritdoc/>
    public void AddSource<TRow>(IConnectorSource<TRow> source, SourceOptions? options = null)
        where TRow : ISourceRow<TRow>
    {
        ThrowIfStarted();
        _graph.Source<TRow>().AddConnector(source, options ?? new SourceOptions());
    }

    /// <inheritdoc/>
    public QueryHandle<TRow> AddQuery<TRow>(QueryDefinition<TRow> definition)
        where TRow : IStreamRow<TRow>
    {
        ThrowIfStarted();
        return _graph.Query(definition).Handle;
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
                await Task.Run(Build, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await CloseAsync().ConfigureAwait(false);
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
    public Task WaitForCompletionAsync(CancellationToken cancellationToken = default) => _completion.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task CheckpointAsync(CancellationToken cancellationToken = default) => CheckpointAsync(covering: true, cancellationToken);

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
            if (_closed || !_started)
            {
                return;
            }

            // Nobody may come to read once the runtime stops, so unread rows no longer hold anything back.
            foreach (IQueryNode query in _graph.Queries)
            {
                query.LiftLimits();
            }

            var stopping = new LaminarException("The runtime is stopping; it takes no more rows.");
            foreach (ISourceNode source in _graph.Sources)
            {
                source.Refuse(stopping);
            }

            if (!_completion.Task.IsCompleted)
            {
                await CheckpointAsync(covering: true, last: true, cancellationToken).ConfigureAwait(false);
                CompleteAll(null);
                _completion.TrySetResult();
            }

            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _lifecycle.Release();
        }

        ThrowIfFaulted();
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
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    private void Build()
    {
        if (_graph.Sources.Count == 0)
        {
            throw new LaminarException("The runtime has no source. Add one with AddSource before StartAsync.");
        }

        foreach (ISourceNode source in _graph.Sources)
        {
            if (!source.IsAdded)
            {
                throw new LaminarException($"A query reads the source {source.Name}, which wasn't added. Call AddSource before StartAsync.");
            }

            source.Errors.Open(_deadLetters);
        }

        IReadOnlyList<int> processors = Options.PinThreads ? NumaTopology.Read().Place(Options.Cores) : [];
        for (int i = 0; i < Options.Cores; i++)
        {
            int processor = Options.PinThreads ? processors[i] : -1;
            _cores.Add(new Core(i, processor < 0 ? null : () => ThreadAffinity.TryPin(processor, _logger), OnTaskError, _logger));
        }

        _threads.AddRange(_cores);
        var placement = new GraphPlacement(Options, _cores, _loggers, OnTaskError, _stopping.Token);
        foreach (ISourceNode source in _graph.Sources)
        {
            source.Place(placement);
        }

        foreach (IGraphNode stage in _graph.Stages)
        {
            stage.Place(placement);
        }

        foreach (IQueryNode query in _graph.Queries)
        {
            query.PlaceOutputs(placement, RequestCheckpoint);
        }

        foreach (ISinkNode sink in _graph.Sinks)
        {
            sink.Place(placement);
        }

        _threads.AddRange(placement.Lanes);
        Recover(placement);
        _openPartitions = _sources.Count;
        _coordinator = new EpochCoordinator(PartsOf(placement), _store, Options, e => Fault("The checkpoint", e), _logger);
        Metrics.Attach(_graph, _cores, placement.Exchanges, _coordinator);
        foreach (TaskThread thread in _threads)
        {
            thread.Start();
        }

        _coordinator.Start();
    }

    private void Recover(GraphPlacement placement)
    {
        RecoveredSources recovered = RecoveredSources.None;
        if (Options.DataDirectory is { } directory)
        {
            _store = StateStore.Open(new StateStoreOptions
            {
                Directory = directory,
                Cores = Options.Cores,
                KeyGroups = Options.KeyGroups,
                ManifestsKept = Options.ManifestsKept,
                UseIoUring = Options.UseIoUring,
                Fingerprints = placement.Stages.Where(s => s.KeepsState).ToDictionary(s => s.Section, s => s.Fingerprint),
                LoggerFactory = Options.LoggerFactory,
            });
            recovered = RecoveredSources.Read(_store);
            Restore(placement, _store);
        }

        foreach (ISourceNode source in _graph.Sources)
        {
            source.CreateTasks(placement, _store, recovered, OnPartitionEnd);
            _sources.AddRange(source.Tasks);
        }

        if (_store is not null)
        {
            for (int i = 0; i < _store.Wal.Count; i++)
            {
                _store.Wal[i].Progress = _cores[i].Wake;
            }
        }
    }

    private void Restore(GraphPlacement placement, StateStore store)
    {
        if (store.Recovered is not { } recovered)
        {
            return;
        }

        foreach (string damaged in recovered.DamagedManifests)
        {
            _logger.LogError("The manifest {Manifest} is damaged; the one before it is used. Sinks may already show its rows.", damaged);
        }

        Manifest manifest = recovered.Manifest;
        Dictionary<string, IStageInstance> stages = placement.Stages.ToDictionary(s => s.Section);
        foreach (SnapshotSection section in manifest.Sections)
        {
            if (!stages.TryGetValue(section.Task, out IStageInstance? stage))
            {
                throw new SnapshotException(
                    $"The saved state of {section.Task} belongs to no query of this runtime. Add the query, or start with another data directory.");
            }

            stage.Restore(store.ReadSection(section));
        }

        foreach (string source in manifest.Sources.Select(s => s.Source).Distinct().Except(_graph.Sources.Select(s => s.Name)))
        {
            throw new SnapshotException(
                $"The saved state has the source {source}, which this runtime hasn't. Add it, or start with another data directory.");
        }

        foreach (string sink in manifest.Sinks.Select(s => s.Sink).Except(placement.Sinks.Select(s => s.Name)))
        {
            _logger.LogWarning("The saved state has the sink {Sink}, which this runtime hasn't: what it had prepared last may never be seen.", sink);
        }

        foreach (Runtime.Queries.ISinkTask sink in placement.Sinks)
        {
            SinkToken? token = manifest.Sinks.FirstOrDefault(s => s.Sink == sink.Name);
            sink.Recover(token is null ? 0 : manifest.Epoch, token?.Token ?? default);
        }

        _logger.LogInformation("Recovered epoch {Epoch}.", manifest.Epoch);
    }

    private EpochParts PartsOf(GraphPlacement placement)
    {
        var sections = new int[_cores.Count];
        foreach (IStageInstance stage in placement.Stages)
        {
            sections[stage.CoreIndex] += stage.KeepsState ? 1 : 0;
        }

        var layout = new EpochLayout(_sources.Count, placement.Sinks.Count, _graph.Queries.Sum(q => q.Watchers), sections);
        return new EpochParts(_sources, placement.Sinks, _graph.Queries, layout);
    }

    private Task CheckpointAsync(bool covering, CancellationToken cancellationToken) => CheckpointAsync(covering, last: false, cancellationToken);

    private async Task CheckpointAsync(bool covering, bool last, CancellationToken cancellationToken)
    {
        ThrowIfFaulted();
        EpochCoordinator coordinator = _coordinator
            ?? throw new LaminarException("The runtime isn't running: await StartAsync first.");
        try
        {
            await coordinator.CheckpointAsync(covering, last, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            ThrowIfFaulted();
            throw new LaminarException("The runtime stopped before the checkpoint was complete.");
        }
    }

    private async void RequestCheckpoint()
    {
        try
        {
            await CheckpointAsync(covering: false, last: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LaminarException e)
        {
            _logger.LogDebug(e, "A checkpoint for readers of committed rows was not taken.");
        }
    }

    private void OnPartitionEnd()
    {
        if (Interlocked.Decrement(ref _openPartitions) == 0)
        {
            EndOfInput();
        }
    }

    private async void EndOfInput()
    {
        try
        {
            await CheckpointAsync(covering: true, last: true, CancellationToken.None).ConfigureAwait(false);
            CompleteAll(null);
            _completion.TrySetResult();
        }
        catch (LaminarException e)
        {
            _logger.LogDebug(e, "The runtime ended before its last checkpoint.");
        }
    }

    private void OnTaskError(CoreTask task, Exception error) =>
        Fault(null, error is PartFailedException or StreamRowException ? error : new PartFailedException(task.Part, error));

    private void Fault(string? part, Exception error)
    {
        lock (_gate)
        {
            if (_fault is not null || _closed)
            {
                return;
            }

            // An operator's own message names the query and the row; anything else is told with the part it came from.
            _fault = error is PartFailedException { InnerException: StreamRowException row } ? row
                : part is null ? error
                : new PartFailedException(part, error);
        }

        _logger.LogError(_fault, "The runtime stops: {Reason}", _fault.Message);
        EndThreads();
        var told = new LaminarException(_fault.Message, _fault);
        foreach (ISourceNode source in _graph.Sources)
        {
            source.Fail(told);
        }

        CompleteAll(told);
        _completion.TrySetException(told);

        // Who only pushes or reads has been told there; an unobserved completion isn't a second error.
        _ = _completion.Task.Exception;
    }

    /// <summary>Asks all threads to end. A sink that is in the middle of a call is told that nobody waits for it any more.</summary>
    private void EndThreads()
    {
        _coordinator?.Stop();
        _ = _stopping.CancelAsync();
        foreach (TaskThread thread in _threads)
        {
            thread.RequestStop();
        }
    }

    private void CompleteAll(Exception? error)
    {
        foreach (IQueryNode query in _graph.Queries)
        {
            query.Complete(error);
        }
    }

    private async Task CloseAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        EndThreads();
        await Task.Run(() =>
        {
            foreach (TaskThread thread in _threads)
            {
                thread.Dispose();
            }
        }).ConfigureAwait(false);
        var gone = new LaminarException("The runtime was disposed before its input ended.");
        foreach (ISourceNode source in _graph.Sources)
        {
            source.Fail(gone);
        }

        _deadLetters.Dispose();

        CompleteAll(gone);
        if (_completion.TrySetException(gone))
        {
            _ = _completion.Task.Exception;
        }

        Metrics.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void ThrowIfStarted()
    {
        if (_started || _closed)
        {
            throw new LaminarException("The runtime has started; sources and queries are added before StartAsync, and it starts once.");
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new LaminarException(fault.Message, fault);
        }
    }
}
