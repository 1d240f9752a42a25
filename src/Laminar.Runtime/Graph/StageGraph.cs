using Laminar.Execution;
using Laminar.Runtime.Queries;
using Laminar.Runtime.Sources;
using Laminar.Runtime.Tables;

namespace Laminar.Runtime.Graph;

/// <summary>The graph as it is declared: sources, queries and their stages, in an order in which inputs come first.</summary>
internal sealed class StageGraph(LaminarOptions options, Func<bool> isStarted)
{
    private readonly Dictionary<Type, ISourceNode> _sources = [];
    private readonly Dictionary<string, IQueryNode> _queries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IGraphNode> _stages = [];
    private readonly List<ISinkNode> _sinks = [];
    private readonly List<ITableNode> _tables = [];

    public IReadOnlyCollection<ISourceNode> Sources => _sources.Values;

    public IReadOnlyCollection<IQueryNode> Queries => _queries.Values;

    /// <summary>The stages, inputs first.</summary>
    public IReadOnlyList<IGraphNode> Stages => _stages;

    /// <summary>Sinks that are bound to queries by name, in the order of their declaration.</summary>
    public IReadOnlyList<ISinkNode> Sinks => _sinks;

    /// <summary>The reference tables that queries join.</summary>
    public IReadOnlyList<ITableNode> Tables => _tables;

    /// <summary>Their rows.</summary>
    public ReferenceTables TableRows { get; } = new(createsMissing: false);

    /// <summary>A reference table.</summary>
    public TableHandle<TRow> AddTable<TRow>(IConnectorSource<TRow>? connector, SourceOptions options)
        where TRow : IReferenceRow<TRow>
    {
        if (_tables.Any(t => string.Equals(t.Name, TRow.Schema.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new LaminarException($"Table {TRow.Schema.Name} was added already; a runtime takes one of a name.");
        }

        var node = new TableNode<TRow>(TableRows.Add<TRow>(), connector, options);
        _tables.Add(node);
        return node;
    }

    /// <summary>The source with this row type, declared here if it is new.</summary>
    public SourceNode<TRow> Source<TRow>()
        where TRow : ISourceRow<TRow>
    {
        if (!_sources.TryGetValue(typeof(TRow), out ISourceNode? node))
        {
            string name = TRow.Schema.Name;
            if (_sources.Values.Any(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new LaminarException($"Two row types are sources with the name {name}; a runtime takes one.");
            }

            var made = new SourceNode<TRow>();
            if (new OneRowSource() is IConnectorSource<TRow> constants)
            {
                made.AddConnector(constants, new SourceOptions());
            }

            _sources[typeof(TRow)] = node = made;
        }

        return (SourceNode<TRow>)node;
    }

    /// <summary>The query, added if it is new.</summary>
    public QueryNode<TRow> Query<TRow>(QueryDefinition<TRow> definition)
        where TRow : IStreamRow<TRow>
    {
        string name = definition.Info.Name;
        if (_queries.TryGetValue(name, out IQueryNode? known))
        {
            return known is QueryNode<TRow> same && ReferenceEquals(same.Definition, definition)
                ? same
                : throw new LaminarException($"Two different queries have the name {name}; a runtime takes one.");
        }

        var node = new QueryNode<TRow>(definition, options, isStarted);
        node.Output = (StreamNode<TRow>)definition.Build(new Builder(this, name, node.Stages));
        _queries[name] = node;
        return node;
    }

    /// <summary>A sink for several queries.</summary>
    public SinkNode<TRow> AddSink<TRow>(string name, IConnectorSink<TRow> sink)
        where TRow : IStreamRow<TRow>
    {
        if (_sinks.Any(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new LaminarException($"Two sinks have the name {name}; a runtime takes one.");
        }

        var node = new SinkNode<TRow>(name, sink, FindQuery, isStarted);
        _sinks.Add(node);
        return node;
    }

    private IQueryNode? FindQuery(string name) => _queries.GetValueOrDefault(name);

    /// <summary>What one query's definition builds with.</summary>
    private sealed class Builder(StageGraph graph, string query, QueryStages stages) : IStageGraph
    {
        private readonly HashSet<object> _own = [];
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public IStreamNode<TRow> Source<TRow>()
            where TRow : ISourceRow<TRow> => graph.Source<TRow>();

        public IStreamNode<TRow> Query<TRow>(QueryDefinition<TRow> definition)
            where TRow : IStreamRow<TRow>
        {
            QueryNode<TRow> upstream = graph.Query(definition);
            upstream.IsRead = true;
            return upstream.Output!;
        }

        public IStreamNode<TIn> Late<TIn, TOut>(QueryDefinition<TOut> query)
            where TOut : IStreamRow<TOut>
        {
            QueryNode<TOut> of = graph.Query(query);
            of.GivesLate = true;
            stages.LateOf = of.Stages;
            return of.Output is ILateSource<TIn> stage ? stage.Late : throw new LaminarException($"Query {of.Name} doesn't hand on late rows.");
        }

        public IStreamNode<TRow> Union<TRow>(params IStreamNode<TRow>[] inputs) =>
            Add(new UnionNode<TRow>([.. inputs.Select(i => (StreamNode<TRow>)i)]));

        public IStreamNode<TOut> Stage<TIn, TOut>(IStreamNode<TIn> input, Stage<TIn, TOut> stage)
        {
            Name(stage.Name);
            return Add(new StageNode<TIn, TOut>(query, (StreamNode<TIn>)input, stage, stages, !_own.Contains(input)));
        }

        public IStreamNode<TOut> TwoPhase<TIn, TPartial, TOut>(
            IStreamNode<TIn> input, Stage<TIn, TOut> whole, Stage<TIn, TPartial> local, Stage<TPartial, TOut> final)
        {
            Name(whole.Name);
            Name(local.Name);
            Name(final.Name);
            return Add(new TwoPhaseNode<TIn, TPartial, TOut>(query, (StreamNode<TIn>)input, whole, local, final, stages, !_own.Contains(input)));
        }

        private StreamNode<TOut> Add<TOut>(StreamNode<TOut> node)
        {
            graph._stages.Add(node);
            _own.Add(node);
            return node;
        }

        private void Name(string stage)
        {
            if (!_names.Add(stage))
            {
                throw new LaminarException($"Query {query} has two stages with the name {stage}; their saved states would be mixed up.");
            }
        }
    }
}
