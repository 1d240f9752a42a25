using Laminar.Runtime.Cores;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Sources;
using Laminar.Storage;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Graph;

/// <summary>A source: partition p is read on core p modulo the number of cores.</summary>
internal sealed class SourceNode<TRow> : StreamNode<TRow>, ISourceNode
    where TRow : ISourceRow<TRow>
{
    private readonly List<ISourceTask> _tasks = [];
    private SourceErrors? _errors;
    private SourceOptions _options = new();
    private IConnectorSource<TRow>? _connector;
    private InProcessSource<TRow>? _handle;

    public override IReadOnlyList<ISourceNode> Origins => [this];

    public override bool IsSource => true;

    public string Name => TRow.Schema.Name;

    public bool IsAdded => _errors is not null;

    public bool IsConstant => _connector is OneRowSource;

    public bool IsReplayable => _connector is { IsReplayable: true };

    public SourceErrors Errors => _errors ?? throw new LaminarException($"Source {Name} was not added.");

    public int Partitions => _connector?.Partitions ?? _options.Partitions;

    public EventTimeUnit EventTimeUnit => TRow.EventTimeUnit;

    public bool HasWatermark => TRow.HasWatermark;

    public TimeSpan? MaxDrift => _options.MaxDrift;

    public IReadOnlyList<ISourceTask> Tasks => _tasks;

    public SourceHandle<TRow> AddInProcess(SourceOptions options, Func<bool, CancellationToken, Task> checkpoint)
    {
        Add(options);
        _handle = new InProcessSource<TRow>(Name, options.Partitions, Errors, checkpoint);
        return _handle;
    }

    public void AddConnector(IConnectorSource<TRow> connector, SourceOptions options)
    {
        Add(options);
        _connector = connector;
    }

    public override void Place(GraphPlacement placement)
    {
        if (Partitions < 1)
        {
            throw new LaminarException($"Source {Name} ({_connector?.Description}) has no partition: there is nothing to read.");
        }

        Outputs = new Output<TRow>[Partitions];
        Cores = new Core[Partitions];
        for (int p = 0; p < Partitions; p++)
        {
            Outputs[p] = new Output<TRow>(p);
            Cores[p] = placement.Cores[p % placement.Cores.Count];
        }
    }

    public void CreateTasks(GraphPlacement placement, StateStore? store, RecoveredSources recovered, DriftGroups drift, Action onPartitionEnd)
    {
        recovered.CheckPartitions(Name, Partitions);
        bool logged = store is not null && !IsReplayable;
        var clock = new PartitionClock(Partitions);
        for (int p = 0; p < Partitions; p++)
        {
            Core core = Cores[p];
            var setup = new SourceSetup<TRow>
            {
                Name = Name,
                Partition = p,
                Index = placement.NextSourceIndex(),
                Core = core,
                Output = Outputs[p],
                Errors = Errors,
                Clock = clock,
                Drift = drift.Of(this, p),
                Idle = _options.IdleTimeout is { } timeout ? new IdleTimer(placement.Options.TimeProvider, timeout, core) : null,
                Wal = logged ? store!.Wal[core.Index] : null,
                OnEnd = onPartitionEnd,
                Recovered = recovered.PositionOf(Name, p),
                Replay = recovered.ReplayOf(Name, p),
            };
            SourceTask<TRow> task = _connector is null
                ? new InProcessSourceTask<TRow>(setup, _handle!.Open(setup, placement.Options.RingRows))
                : new ConnectorSourceTask<TRow>(setup, _connector, placement.Loggers.CreateLogger($"Laminar.Source.{Name}"));
            core.Add(task);
            _tasks.Add(task);
        }
    }

    public void Refuse(Exception reason) => _handle?.Refuse(reason);

    public void Fail(Exception reason) => _handle?.Fail(reason);

    private void Add(SourceOptions options)
    {
        if (IsAdded)
        {
            throw new LaminarException($"Source {Name} was added already; a runtime has one source per row type.");
        }

        OptionLimits.Check(Name, options);
        _options = options;
        _errors = new SourceErrors(Name, options);
    }
}
