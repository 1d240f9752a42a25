using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Operators;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>A sink of a database: what feeds it, and the connector that writes it. What goes wrong with it is its own, and told by the next call.</summary>
/// <param name="name">Its SQL name.</param>
/// <param name="width">Of its rows.</param>
/// <param name="writer">The connector's.</param>
internal sealed class SinkFlow(string name, int width, ConnectorWriter writer)
{
    private readonly List<Feed> _feeds = [];

    public string Name => name;

    public ConnectorWriter Writer => writer;

    public long RowsOut { get; private set; }

    /// <summary>Every input has ended.</summary>
    public bool IsEnded => _feeds.Count > 0 && _feeds.All(f => f.IsEnded);

    /// <summary>Why it writes no more; null while it does.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Called once, when it fails.</summary>
    public Action<SinkFlow>? Failed { get; set; }

    /// <summary>A stage that takes the rows of one input.</summary>
    /// <param name="from">Where they come from.</param>
    /// <param name="query">The query that is there for the sink alone; null when it reads a stream as it is.</param>
    public void Add(FanOutStage from, QueryFlow? query)
    {
        var feed = new Feed(this, from, query);
        _feeds.Add(feed);
        from.Add(feed);
    }

    public IEnumerable<QueryFlow> Queries => _feeds.Select(f => f.Query).OfType<QueryFlow>();

    public void Leave() => _feeds.ForEach(f => f.From.Remove(f));

    public void Write(IReadOnlyList<(object?[] Row, RowKind Kind)> rows)
    {
        if (rows.Count == 0 || Failure is not null)
        {
            return;
        }

        Guarded(() => writer.Write(rows));
        RowsOut += rows.Count;
    }

    public void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is LaminarException or IOException or UnauthorizedAccessException)
        {
            if (Failure is null)
            {
                Failure = error as LaminarException ?? new LaminarException($"The sink {name} can't be written: {error.Message}", error);
                Failed?.Invoke(this);
            }
        }
    }

    private sealed class Feed(SinkFlow sink, FanOutStage from, QueryFlow? query) : ChunkStage
    {
        public FanOutStage From => from;

        public QueryFlow? Query => query;

        public bool IsEnded => from.Watermark == long.MaxValue;

        public override void Process(Chunk chunk)
        {
            var rows = new (object?[] Row, RowKind Kind)[chunk.Rows.Count];
            for (int k = 0; k < rows.Length; k++)
            {
                int row = chunk.Rows[k];
                rows[k] = (Columns.BoxedColumns.Of(chunk, row, sink.Width), chunk.KindOf(row));
            }

            sink.Write(rows);
        }

        public override void Advance(long watermark)
        {
        }
    }

    private int Width => width;
}
