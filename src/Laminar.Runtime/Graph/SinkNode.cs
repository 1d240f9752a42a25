using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Queries;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Graph;

/// <summary>
/// A sink that several queries feed: a ring from each instance of each query into one exchange input, which aligns the barriers of all of
/// them, so that an epoch is one part whatever it was fed by.
/// </summary>
internal sealed class SinkNode<TRow>(string name, IConnectorSink<TRow> sink, Func<string, IQueryNode?> find, Func<bool> isStarted) : SinkHandle<TRow>, ISinkNode
    where TRow : IStreamRow<TRow>
{
    // No query name with a number behind it looks like this, so that sinks of one query are never taken for one with a name.
    private const string NamePrefix = "*/";

    private readonly List<Feed> _feeds = [];
    private SinkTask<TRow>? _task;

    public override string Name => name;

    public override long Rows => _task?.Rows ?? 0;

    public override SinkHandle<TRow> From<TIn>(QueryHandle<TIn> query, RowMap<TIn, TRow> map)
    {
        if (isStarted())
        {
            throw new LaminarException($"Query {query.Info.Name} comes too late: bind queries to the sink {name} before StartAsync.");
        }

        if (find(query.Info.Name) is not QueryNode<TIn> node || (query as IQueryEnd)?.Query != node)
        {
            throw new LaminarException($"Query {query.Info.Name} belongs to another runtime than the sink {name}.");
        }

        node.IsRead = true;
        _feeds.Add(new Feed<TIn>(node, map));
        return this;
    }

    public void Place(GraphPlacement placement)
    {
        if (_feeds.Count == 0)
        {
            throw new LaminarException($"Nothing feeds the sink {name}: bind a query to it with From before StartAsync.");
        }

        string part = $"Sink {name} ({sink.Description})";
        (_task, Lane lane) = placement.PlaceSink(NamePrefix + name, part, sink, _feeds.SelectMany(feed => feed.Origins));
        var input = new ExchangeInput<TRow>(part, [.. _feeds.SelectMany(feed => feed.Rings(placement, lane))], _task);
        lane.Add(input);
        placement.Exchanges.Add((NamePrefix + name, () => input.Fill));
    }

    private abstract class Feed
    {
        public abstract IReadOnlyList<ISourceNode> Origins { get; }

        public abstract BatchRing<TRow>[] Rings(GraphPlacement placement, Lane lane);
    }

    private sealed class Feed<TIn>(QueryNode<TIn> query, RowMap<TIn, TRow> map) : Feed
        where TIn : IStreamRow<TIn>
    {
        public override IReadOnlyList<ISourceNode> Origins => query.Output!.Origins;

        public override BatchRing<TRow>[] Rings(GraphPlacement placement, Lane lane) => placement.RingsInto(query.Output!, lane, map);
    }
}
