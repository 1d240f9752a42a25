using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Queries;
using Laminar.Runtime.Views;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Graph;

/// <summary>A query: its stages' output, with what is bound to it.</summary>
internal sealed class QueryNode<TRow> : IQueryNode
    where TRow : IStreamRow<TRow>
{
    private readonly List<IConnectorSink<TRow>> _sinks = [];
    private readonly Func<bool> _isStarted;
    private readonly ReaderHub<TRow> _hub;
    private QueryHandle<TRow>? _keyed;
    private Core? _readerCore;

    public QueryNode(QueryDefinition<TRow> definition, LaminarOptions options, Func<bool> isStarted)
    {
        Definition = definition;
        _isStarted = isStarted;
        _hub = new ReaderHub<TRow>(options.ReadBufferRows, () => _readerCore?.Wake());
        Handle = new RuntimeQueryHandle<TRow>(this, Stages, _hub);
        Views = new QueryViews<TRow>(definition.Info, isStarted);
    }

    public QueryDefinition<TRow> Definition { get; }

    public string Name => Definition.Info.Name;

    public QueryStages Stages { get; } = new();

    public StreamNode<TRow>? Output { get; set; }

    public QueryHandle<TRow> Handle { get; }

    /// <summary>The handle by the query's own key; one, whoever asks.</summary>
    public KeyedQueryHandle<TRow, TKey> KeyedHandle<TKey>(Func<TRow, TKey> key) =>
        (KeyedQueryHandle<TRow, TKey>)(_keyed ??= new RuntimeKeyedQueryHandle<TRow, TKey>(this, Handle, key));

    /// <summary>Its rows, where they are kept.</summary>
    public QueryViews<TRow> Views { get; }

    /// <summary>True when another query, or a sink for several queries, reads this one.</summary>
    public bool IsRead { get; set; }

    /// <summary>True when its late rows are read, which brings it into the runtime by itself.</summary>
    public bool GivesLate { get; set; }

    /// <summary>True when it was asked for by itself, so that a reader of its rows may yet come.</summary>
    public bool IsAdded { get; set; }

    public QueryStatistics Statistics => Stages.Statistics;

    public int Watchers => 1;

    public void PlaceOutputs(GraphPlacement placement, Action requestCheckpoint)
    {
        StreamNode<TRow> output = Output!;
        for (int i = 0; i < _sinks.Count; i++)
        {
            (SinkTask<TRow> task, Lane lane) = placement.PlaceSink($"{Name}/{i}", $"Sink {_sinks[i].Description} of query {Name}", _sinks[i], output.Origins);
            placement.ConnectSink(Name, $"{Name}/sink{i}", output, task, lane);
        }

        Core readerCore = placement.CoreForSingle(output);
        _readerCore = readerCore;
        var reader = new ReaderTask<TRow>(Name, _hub, requestCheckpoint, placement.Loggers.CreateLogger($"Laminar.Query.{Name}"));
        readerCore.Add(reader);
        placement.ConnectSingle(Name, $"{Name}/readers", output, reader, readerCore, inner => new ReaderFilter<TRow>(_hub, inner));
        Views.Place(placement, output, Stages);
        if (_sinks.Count == 0 && !IsRead && !Views.IsKept && (IsAdded || !GivesLate))
        {
            _hub.KeepUnread();
        }
    }

    public void Restored(long epoch) => Views.Restored(epoch);

    public void Commit(long epoch)
    {
        _hub.Commit(epoch);
        Views.Commit(epoch);
    }

    public void LiftLimits() => _hub.LiftLimits();

    public void Complete(Exception? error) => _hub.Complete(error);

    /// <exception cref="LaminarException">The runtime has started.</exception>
    public void AddSink(IConnectorSink<TRow> sink)
    {
        if (_isStarted())
        {
            throw new LaminarException($"Sink {sink.Description} comes too late: bind sinks to query {Name} before StartAsync.");
        }

        _sinks.Add(sink);
    }
}
