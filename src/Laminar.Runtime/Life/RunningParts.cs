using Laminar.Linux;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Metrics;
using Laminar.Runtime.Sources;
using Laminar.Runtime.Tables;
using Laminar.Storage;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Life;

/// <summary>
/// What a graph becomes when it runs: threads with their tasks, the state store, the coordinator. Built step by step, so that what is there
/// can be ended when a later step fails.
/// </summary>
internal sealed class RunningParts(StageGraph graph, LaminarOptions options, ILoggerFactory loggers, IRunEvents events) : IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("Laminar.Runtime");
    private readonly List<Core> _cores = [];
    private readonly List<TaskThread> _threads = [];
    private readonly List<ISourceTask> _sources = [];
    private readonly DeadLetterFiles _deadLetters = new();
    private StateStore? _store;

    /// <summary>Null until everything is built.</summary>
    public EpochCoordinator? Coordinator { get; private set; }

    /// <summary>Partitions of all sources.</summary>
    public int Partitions => _sources.Count;

    /// <summary>Makes the threads and their tasks, and recovers what was saved. Nothing runs yet.</summary>
    /// <exception cref="LaminarException">A source is missing, or saved state can't be used.</exception>
    public void Build(LaminarMetrics metrics)
    {
        OpenSources();
        MakeCores();
        GraphPlacement placement = Place();
        Recover(placement);
        foreach (ITableNode table in graph.Tables)
        {
            table.Open(_deadLetters, loggers, events.Stopping);
        }

        var parts = new EpochParts(_sources, placement.Sinks, graph.Queries, placement.Stages, placement.Tables, LayoutOf(placement));
        Coordinator = new EpochCoordinator(parts, _store, options, events.CheckpointFailed, _logger);
        metrics.Attach(graph, _cores, placement.Exchanges, Coordinator);
    }

    /// <summary>After <see cref="Build"/>.</summary>
    public void Start()
    {
        foreach (TaskThread thread in _threads)
        {
            thread.Start();
        }

        Coordinator!.Start();
    }

    /// <summary>Asks all threads to end. From any thread.</summary>
    public void RequestStop()
    {
        Coordinator?.Stop();
        foreach (TaskThread thread in _threads)
        {
            thread.RequestStop();
        }
    }

    /// <summary>Waits for the threads' end; a sink's call under way is waited for.</summary>
    public Task JoinAsync() => Task.Run(() =>
    {
        foreach (TaskThread thread in _threads)
        {
            thread.Dispose();
        }

        _deadLetters.Dispose();
    });

    /// <summary>After <see cref="JoinAsync"/>: closes what is kept on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void OpenSources()
    {
        if (graph.Sources.Count == 0)
        {
            throw new LaminarException("The runtime has no source. Add one with AddSource before StartAsync.");
        }

        foreach (ISourceNode source in graph.Sources)
        {
            if (!source.IsAdded)
            {
                throw new LaminarException($"A query reads the source {source.Name}, which wasn't added. Call AddSource before StartAsync.");
            }

            source.Errors.Open(_deadLetters);
        }
    }

    private void MakeCores()
    {
        IReadOnlyList<int> processors = options.PinThreads ? NumaTopology.Read().Place(options.Cores) : [];
        for (int i = 0; i < options.Cores; i++)
        {
            int processor = options.PinThreads ? processors[i] : -1;
            _cores.Add(new Core(i, processor < 0 ? null : () => ThreadAffinity.TryPin(processor, _logger), events.TaskFailed, _logger));
        }

        _threads.AddRange(_cores);
    }

    private GraphPlacement Place()
    {
        var placement = new GraphPlacement(options, _cores, loggers, _deadLetters, events.TaskFailed, events.Stopping) { TableRows = graph.TableRows };
        foreach (ISourceNode source in graph.Sources)
        {
            source.Place(placement);
        }

        foreach (ITableNode table in graph.Tables)
        {
            placement.PlaceTable(table);
        }

        foreach (IGraphNode stage in graph.Stages)
        {
            stage.Place(placement);
        }

        foreach (IQueryNode query in graph.Queries)
        {
            query.PlaceOutputs(placement, events.CheckpointWanted);
        }

        foreach (ISinkNode sink in graph.Sinks)
        {
            sink.Place(placement);
        }

        _threads.AddRange(placement.Lanes);
        return placement;
    }

    private void Recover(GraphPlacement placement)
    {
        RecoveredSources recovered = RecoveredSources.None;
        if (options.DataDirectory is { } directory)
        {
            _store = StateStore.Open(new StateStoreOptions
            {
                Directory = directory,
                Cores = options.Cores,
                KeyGroups = options.KeyGroups,
                ManifestsKept = options.ManifestsKept,
                UseIoUring = options.UseIoUring,
                Fingerprints = placement.Stages.Where(s => s.KeepsState).ToDictionary(s => s.Section, s => s.Fingerprint),
                LoggerFactory = options.LoggerFactory,
            });
            recovered = RecoveredSources.Read(_store);
            SavedState.Restore(graph, placement, _store, _logger);
        }

        var drift = new DriftGroups(graph.Sources, graph.Stages);
        foreach (ISourceNode source in graph.Sources)
        {
            source.CreateTasks(placement, _store, recovered, drift, events.PartitionEnded);
            _sources.AddRange(source.Tasks);
        }

        for (int i = 0; i < _store?.Wal.Count; i++)
        {
            _store.Wal[i].Progress = _cores[i].Wake;
        }
    }

    private EpochLayout LayoutOf(GraphPlacement placement)
    {
        var sections = new int[_cores.Count];
        foreach (IStageInstance stage in placement.Stages)
        {
            sections[stage.CoreIndex] += stage.KeepsState ? 1 : 0;
        }

        return new EpochLayout(_sources.Count, placement.Sinks.Count, graph.Queries.Sum(q => q.Watchers), sections);
    }
}
