using Apache.Arrow;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Operators;
using Laminar.Sql;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>The sources and queries that run, and who reads whom. Not thread-safe: whoever calls holds the database's lock.</summary>
/// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
internal sealed class DatabaseGraph(TimeProvider clock)
{
    private readonly Dictionary<string, SourceFlow> _sources = [];
    private readonly Dictionary<string, QueryFlow> _queries = [];
    private readonly List<QueryFlow> _order = [];
    private readonly Dictionary<QueryFlow, ReaderStage> _readers = [];
    private readonly Dictionary<string, SinkFlow> _sinks = [];
    private readonly List<LaminarException> _failed = [];

    /// <summary>Every query, each behind what it reads.</summary>
    public IReadOnlyList<QueryFlow> Queries => _order;

    public IEnumerable<SourceFlow> Sources => _sources.Values;

    public IEnumerable<SinkFlow> Sinks => _sinks.Values;

    public SinkFlow? Sink(string name) => _sinks.GetValueOrDefault(SqlName.Fold(name));

    public SourceFlow? Source(string name) => _sources.GetValueOrDefault(SqlName.Fold(name));

    /// <summary>The query that brings a relation: a stream, a view, or the late rows of one.</summary>
    public QueryFlow? Query(string relation) => _queries.GetValueOrDefault(SqlName.Fold(relation));

    /// <summary>Whether a relation changes, nobody keeps what it is now, and it has changed already.</summary>
    public bool IsGone(string relation) => Query(relation) is { IsUpdating: true, View: null, Statistics.RowsOut: > 0 };

    public void Add(SourceFlow source) => _sources.Add(SqlName.Fold(source.Name), source);

    /// <summary>Makes a query; it runs from <see cref="Start"/> on.</summary>
    public IReadOnlyList<QueryFlow> Add(StreamObject made, DatabaseCatalog catalog)
    {
        var flows = new List<QueryFlow> { Make(made.Name, made, late: false, catalog) };
        if (made.Compiled.Late is { } late)
        {
            flows.Add(Make(late.Name, made, late: true, catalog));
        }

        return flows;
    }

    public void Add(SinkFlow sink)
    {
        sink.Failed = failed => _failed.Add(new LaminarException($"The sink {failed.Name} has failed: {failed.Failure!.Message}", failed.Failure));
        _sinks.Add(SqlName.Fold(sink.Name), sink);
    }

    /// <summary>Lets queries and streams write a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="feeds">What is to feed it.</param>
    /// <param name="first">The number of the first of them among all.</param>
    /// <param name="catalog">What there is.</param>
    /// <returns>The queries that are there for the sink alone; they run from <see cref="Start"/> on.</returns>
    public IReadOnlyList<QueryFlow> Feed(SinkFlow sink, IReadOnlyList<CompiledFeed> feeds, int first, DatabaseCatalog catalog)
    {
        var made = new List<QueryFlow>();
        for (int i = 0; i < feeds.Count; i++)
        {
            if (feeds[i].Stream is { } stream)
            {
                sink.Add(OutputOf(stream), null);
                continue;
            }

            var query = new QueryFlow(feeds[i].Name, feeds[i].Plan!, null, late: false, clock) { Key = $"feed {sink.Name} {first + i}", Failed = OnFailed, Sql = feeds[i].Sql };
            SkipAsSources(query, feeds[i].Plan!.Reads.Select(r => catalog.OwnerOf(r.Name)).OfType<DatabaseObject>().SelectMany(catalog.SourcesBelow));
            _order.Add(query);
            sink.Add(query.Output, query);
            made.Add(query);
        }

        return made;
    }

    /// <summary>
    /// Joins queries to what they read. They begin with what the views hold that were there before, at the time that has come; what one of them puts out meanwhile the others get.
    /// </summary>
    /// <param name="made">The queries, each behind what it reads.</param>
    /// <param name="begins">False when their state is loaded afterwards.</param>
    public void Start(IReadOnlyList<QueryFlow> made, bool begins)
    {
        foreach (EntryStage entry in made.SelectMany(q => q.Entries))
        {
            OutputOf(entry.Relation).Add(entry);
        }

        Meetings();
        foreach (QueryFlow query in begins ? made : [])
        {
            EntryStage[] before = [.. query.Entries.Where(e => Query(e.Relation) is not { } other || !made.Contains(other))];
            foreach (EntryStage entry in before)
            {
                if (Query(entry.Relation) is { View: { } view })
                {
                    entry.Seed(view.ToList(), clock);
                }
            }

            query.Begin();
            foreach (EntryStage entry in before)
            {
                if (OutputOf(entry.Relation).Watermark is var watermark and not long.MinValue)
                {
                    entry.Advance(watermark);
                }
            }
        }
    }

    public void Drop(DatabaseObject gone)
    {
        if (gone is SinkObject && _sinks.Remove(SqlName.Fold(gone.Name), out SinkFlow? sink))
        {
            sink.Leave();
            sink.Writer.Dispose();
            foreach (QueryFlow feed in sink.Queries)
            {
                _order.Remove(feed);
                Leave(feed);
            }
        }

        foreach (Relation relation in gone.Relations)
        {
            string key = SqlName.Fold(relation.Name);
            if (_queries.Remove(key, out QueryFlow? query))
            {
                _order.Remove(query);
                Leave(query);
                if (_readers.Remove(query, out ReaderStage? readers))
                {
                    readers.End(new LaminarException($"{query.Name} has been dropped."));
                }
            }

            _sources.Remove(key);
        }

        Meetings();
    }

    /// <summary>What is put out from now on; of a view first what it holds.</summary>
    public void Subscribe(QueryFlow query, BatchSubscription subscription)
    {
        if (!_readers.TryGetValue(query, out ReaderStage? readers))
        {
            _readers.Add(query, readers = new ReaderStage(query));
        }

        readers.Add(subscription);
    }

    public void Unsubscribe(QueryFlow query, BatchSubscription subscription)
    {
        if (_readers.TryGetValue(query, out ReaderStage? readers) && readers.Remove(subscription))
        {
            _readers.Remove(query);
        }
    }

    public bool HasFullReaders => _readers.Values.Any(r => r.IsFull);

    /// <summary>Hands what has come out to those who read it, and tells of queries that have failed.</summary>
    /// <exception cref="LaminarException">Some have, since the last call; the first one's error.</exception>
    public void Settle()
    {
        foreach (ReaderStage readers in _readers.Values.ToArray())
        {
            readers.Send();
        }

        if (_failed.Count > 0)
        {
            LaminarException first = _failed[0];
            _failed.Clear();
            throw first;
        }
    }

    /// <summary>Failures that were told before the state was saved aren't told again.</summary>
    public void Forgive() => _failed.Clear();

    /// <summary>A source can't be read any more: neither can what reads it.</summary>
    public void Fail(SourceFlow source, LaminarException error)
    {
        foreach (QueryFlow query in source.Output.Targets.OfType<EntryStage>().Select(e => e.Owner).OfType<QueryFlow>().Distinct().ToArray())
        {
            query.Fail(new LaminarException($"{query.Name} reads {source.Name}, which has failed: {error.Message}", error));
        }

        _failed.Clear();
    }

    public void AdvanceClock(DateTime now)
    {
        foreach (QueryFlow query in _order)
        {
            query.AdvanceClock(Execution.RowTime.ToTicks(now));
        }
    }

    /// <summary>Ends every reading.</summary>
    public void EndReaders(Exception? error)
    {
        foreach (ReaderStage readers in _readers.Values.ToArray())
        {
            readers.Send();
            readers.End(error);
        }

        _readers.Clear();
    }

    /// <summary>What a view holds now.</summary>
    /// <exception cref="LaminarException">It has failed.</exception>
    public IReadOnlyList<object?[]> RowsOf(string view)
    {
        QueryFlow query = Query(view)!;
        return query.Failure is { } failure ? throw new LaminarException($"{query.Name} has failed: {failure.Message}", failure) : query.View!.ToList();
    }

    public FanOutStage OutputOf(string relation) => Query(relation)?.Output ?? Source(relation)?.Output ?? throw new LaminarException($"{relation} isn't known.");

    private QueryFlow Make(string name, StreamObject made, bool late, DatabaseCatalog catalog)
    {
        var query = new QueryFlow(name, made.Compiled.Plan, late ? null : made.Compiled.View, late, clock) { Key = "query " + name, Failed = OnFailed, Sql = made.Compiled.Sql };
        SkipAsSources(query, catalog.SourcesBelow(made));
        _queries.Add(SqlName.Fold(name), query);
        _order.Add(query);
        return query;
    }

    private static void SkipAsSources(QueryFlow query, IEnumerable<SourceObject> sources)
    {
        if (sources.ToArray() is { Length: > 0 } below && below.All(s => ConnectorCatalog.PolicyOf(s.Compiled) == ErrorPolicy.Skip))
        {
            query.OnError = _ => true;
        }
    }

    private void OnFailed(QueryFlow query)
    {
        _failed.Add(query.Failure!);
        Leave(query);
        if (_readers.Remove(query, out ReaderStage? readers))
        {
            readers.Send();
            readers.End(query.Failure);
        }

        foreach (QueryFlow next in query.Output.Targets.OfType<EntryStage>().Select(e => e.Owner).OfType<QueryFlow>().Distinct().ToArray())
        {
            next.Fail(new LaminarException($"{next.Name} reads {query.Name}, which has failed: {query.Failure!.Message}", query.Failure));
        }
    }

    private void Leave(QueryFlow query)
    {
        foreach (EntryStage entry in query.Entries)
        {
            Query(entry.Relation)?.Output.Remove(entry);
            Source(entry.Relation)?.Output.Remove(entry);
        }
    }

    /// <summary>Which sources reach some query in more than one way.</summary>
    private void Meetings()
    {
        foreach (SourceFlow source in _sources.Values)
        {
            var ways = new Dictionary<QueryFlow, int>();
            int Ways(string relation) => Source(relation) is { } other ? (other == source ? 1 : 0) : Query(relation) is { } below && ways.TryGetValue(below, out int count) ? count : 0;
            foreach (QueryFlow query in _order)
            {
                ways[query] = query.Entries.Sum(e => Ways(e.Relation));
            }

            source.MeetsItself = ways.Values.Any(w => w > 1);
        }
    }
}
