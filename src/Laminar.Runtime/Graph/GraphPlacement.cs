using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Queries;
using Laminar.Runtime.Rings;
using Laminar.Runtime.Tables;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Graph;

/// <summary>Turns the graph into tasks on cores, with rings between them where rows have to cross or to be merged.</summary>
internal sealed class GraphPlacement(
    LaminarOptions options, IReadOnlyList<Core> cores, ILoggerFactory loggers, DeadLetterFiles deadLetters, Action<CoreTask, Exception> onError, CancellationToken stopping)
{
    private int _nextSingle;
    private int _sourceIndex;

    public LaminarOptions Options => options;

    public IReadOnlyList<Core> Cores => cores;

    public ILoggerFactory Loggers => loggers;

    public List<IStageInstance> Stages { get; } = [];

    /// <summary>What rows are looked up in.</summary>
    public required ReferenceTables TableRows { get; init; }

    /// <summary>What saves reference tables.</summary>
    public List<TableTask> Tables { get; } = [];

    public List<ISinkTask> Sinks { get; } = [];

    /// <summary>The threads that sinks write on, one per sink.</summary>
    public List<Lane> Lanes { get; } = [];

    /// <summary>Fill of each exchange's fullest ring, by name. Any thread.</summary>
    public List<(string Name, Func<double> Fill)> Exchanges { get; } = [];

    /// <summary>A reference table, saved on one core after the other.</summary>
    public void PlaceTable(ITableNode table)
    {
        Core core = cores[Tables.Count % cores.Count];
        if (table.Place(core) is { } task)
        {
            core.Add(task);
            Stages.Add(task);
            Tables.Add(task);
        }
    }

    /// <summary>The core of a task that there is one of: where its input is, or the next in turn.</summary>
    public Core CoreForSingle<TRow>(StreamNode<TRow> input) =>
        input.Cores.Length == 1 ? input.Cores[0] : cores[_nextSingle++ % cores.Count];

    /// <summary>The place of the next source partition in an epoch.</summary>
    public int NextSourceIndex() => _sourceIndex++;

    /// <summary>One instance of a stage per given core, connected to the input as its routing asks.</summary>
    /// <param name="query">The query it belongs to.</param>
    /// <param name="input">Its input, placed.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="routing">May be looser than the stage's own, where rows meet anyway.</param>
    /// <param name="stages">The query's counters.</param>
    /// <param name="late">Gets the rows that are late for it; null when nobody reads them.</param>
    public (Output<TOut>[] Outputs, Core[] Cores) PlaceStage<TIn, TOut>(
        string query, StreamNode<TIn> input, Stage<TIn, TOut> stage, Routing routing, QueryStages stages, LateNode<TIn>? late = null)
    {
        bool direct = routing == Routing.Local || (input.Cores.Length == 1 && (routing == Routing.Single || cores.Count == 1));
        Core[] places = direct ? input.Cores : routing == Routing.Single ? [CoreForSingle(input)] : [.. cores];
        var outputs = new Output<TOut>[places.Length];
        Output<TIn>[] lateOutputs = late is null ? [] : [.. Enumerable.Range(0, places.Length).Select(i => new Output<TIn>(i))];
        late?.Set(lateOutputs, places);
        var instances = new StageTask<TIn, TOut>[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            outputs[i] = new Output<TOut>(i);
            instances[i] = new StageTask<TIn, TOut>(
                $"Query {query}",
                $"{query}/{stage.Name}#{i}",
                stage,
                outputs[i],
                sourceRows: direct && input.IsSource,
                places[i],
                SourceErrors.OnRowErrorOf(input.Origins.Select(o => o.Errors)),
                options.TimeProvider,
                OpenDeadLetters,
                late is null ? null : lateOutputs[i]);
            instances[i].Open(TableRows);
            places[i].Add(instances[i]);
            Stages.Add(instances[i]);
            stages.All.Add(instances[i]);
        }

        if (direct)
        {
            for (int i = 0; i < instances.Length; i++)
            {
                input.Outputs[i].Add(instances[i]);
            }
        }
        else
        {
            IRouter<TIn>? router = places.Length > 1 ? new KeyRouter<TIn, TOut>(stage, options.KeyGroups, places.Length) : null;
            Exchange(query, $"{query}/{stage.Name}", input, instances, places, router, null);
        }

        return (outputs, places);
    }

    /// <summary>Connects something that there is one of: directly where there is one input instance, through rings otherwise.</summary>
    /// <param name="query">The query it belongs to.</param>
    /// <param name="name">For metrics.</param>
    /// <param name="input">Its input, placed.</param>
    /// <param name="receiver">What is connected; a task of <paramref name="core"/>.</param>
    /// <param name="core">Its core, from <see cref="CoreForSingle"/>.</param>
    /// <param name="wrap">Put around the sending side, or null.</param>
    public void ConnectSingle<TRow>(
        string query, string name, StreamNode<TRow> input, IReceiver<TRow> receiver, Core core, Func<IReceiver<TRow>, IReceiver<TRow>>? wrap)
    {
        if (input.Cores.Length == 1)
        {
            input.Outputs[0].Add(wrap is null ? receiver : wrap(receiver));
        }
        else
        {
            Exchange(query, name, input, [receiver], [core], null, wrap);
        }
    }

    /// <summary>A sink's task on a lane of its own.</summary>
    /// <param name="name">Unique in the runtime; saved with the state.</param>
    /// <param name="part">For errors.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="sources">Whose rows it gets.</param>
    public (SinkTask<TRow> Task, Lane Lane) PlaceSink<TRow>(string name, string part, IConnectorSink<TRow> sink, IEnumerable<ISourceNode> sources)
    {
        Guarantees.Tell(part, sink.IsExactlyOnce, sources, options.DataDirectory is not null, loggers.CreateLogger("Laminar.Runtime"));
        ILogger logger = loggers.CreateLogger($"Laminar.Sink.{name}");
        var lane = new Lane(name, onError, logger);
        var context = new SinkContext(name, logger) { Stopping = stopping };
        var task = new SinkTask<TRow>(part, Sinks.Count, sink, context, lane);
        lane.Add(task);
        Lanes.Add(lane);
        Sinks.Add(task);
        return (task, lane);
    }

    /// <summary>Connects the sink of one query.</summary>
    /// <param name="query">The query it belongs to.</param>
    /// <param name="name">For metrics.</param>
    /// <param name="input">The query's output, placed.</param>
    /// <param name="task">The sink.</param>
    /// <param name="lane">Its lane.</param>
    public void ConnectSink<TRow>(string query, string name, StreamNode<TRow> input, SinkTask<TRow> task, Lane lane) =>
        Exchange(query, name, input, [task], [lane], null, null);

    /// <summary>A ring from each instance of a query to a sink that takes rows of several, mapped to the sink's rows on the way.</summary>
    public BatchRing<TOut>[] RingsInto<TIn, TOut>(StreamNode<TIn> input, Lane lane, RowMap<TIn, TOut> map)
    {
        var rings = new BatchRing<TOut>[input.Cores.Length];
        for (int from = 0; from < rings.Length; from++)
        {
            rings[from] = new BatchRing<TOut>(options.RingRows, input.Cores[from], lane);
            var output = new ExchangeOutput<TOut>([rings[from]], null, sendsWatermarks: false);
            input.Cores[from].Add(output);
            input.Outputs[from].Add(new MappedReceiver<TIn, TOut>(map, output));
        }

        return rings;
    }

    /// <summary>What writes errors of queries to a file.</summary>
    private Func<StreamRowException, bool> OpenDeadLetters(string path)
    {
        DeadLetterFile file = deadLetters.Open(new PipelineVariables(options).Text("dead_letter_path", path));
        return error =>
        {
            file.Write(null, error);
            return true;
        };
    }

    private void Exchange<TRow>(
        string query,
        string name,
        StreamNode<TRow> input,
        IReceiver<TRow>[] receivers,
        TaskThread[] places,
        IRouter<TRow>? router,
        Func<IReceiver<TRow>, IReceiver<TRow>>? wrap)
    {
        var rings = new BatchRing<TRow>[input.Cores.Length][];
        for (int from = 0; from < rings.Length; from++)
        {
            rings[from] = new BatchRing<TRow>[places.Length];
            for (int to = 0; to < places.Length; to++)
            {
                rings[from][to] = new BatchRing<TRow>(options.RingRows, input.Cores[from], places[to]);
            }

            var output = new ExchangeOutput<TRow>(rings[from], router, receivers[0].NeedsWatermarks);
            input.Cores[from].Add(output);
            input.Outputs[from].Add(wrap is null ? output : wrap(output));
        }

        for (int to = 0; to < places.Length; to++)
        {
            var exchange = new ExchangeInput<TRow>($"Query {query}", [.. rings.Select(r => r[to])], receivers[to]);
            places[to].Add(exchange);
            Exchanges.Add(($"{name}#{to}", () => exchange.Fill));
        }
    }
}
