using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Scripts;

/// <summary>CREATE SINK and INSERT INTO: what feeds each sink, and that the columns fit.</summary>
internal sealed class SinkCompiler
{
    private readonly string _sql;
    private readonly ScriptCatalog _catalog;
    private readonly ScriptNames _names;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<CreateSinkStatement> _sinks = new();
    private readonly List<InsertStatement> _inserts = new();

    public SinkCompiler(string sql, ScriptCatalog catalog, ScriptNames names, DiagnosticBag diagnostics)
    {
        _sql = sql;
        _catalog = catalog;
        _names = names;
        _diagnostics = diagnostics;
    }

    /// <inheritdoc cref="ScriptCompiler.AllowsFeedless"/>
    public bool AllowsFeedless { get; init; }

    public void Add(CreateSinkStatement sink) => _sinks.Add(sink);

    public void Add(InsertStatement insert) => _inserts.Add(insert);

    public IReadOnlyList<CompiledSink> Compile()
    {
        foreach (InsertStatement insert in _inserts.Where(i => i.Target.Parts.Count > 0 && !_names.IsSink(i.Target.Last.Text)))
        {
            string? nearest = NearestName.Of(insert.Target.Last.Text, _sinks.Select(s => s.Name.Text));
            string help = nearest is null ? "; declare it with CREATE SINK" : $"; did you mean '{nearest}'?";
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownSink, insert.Target.Span, insert.Target.Last.Text, help) { Suggestion = nearest });
        }

        return _sinks.Select(Sink).OfType<CompiledSink>().ToArray();
    }

    private CompiledSink? Sink(CreateSinkStatement statement)
    {
        IReadOnlyList<RelationColumn>? declared = null;
        if (statement.Columns.Count > 0)
        {
            declared = SourceCompiler.Columns(statement.Columns, SyntaxList<Identifier>.Empty, SqlName.ToPascalCase(statement.Name.Text), _diagnostics);
            if (declared is null)
            {
                return null;
            }
        }

        var inputs = new List<SinkInput>();
        bool failed = false;
        int found = 0;
        foreach (SinkInput? input in Inputs(statement))
        {
            found++;
            failed |= input is null;
            if (input is not null)
            {
                inputs.Add(input);
            }
        }

        if (found == 0 && !AllowsFeedless)
        {
            _diagnostics.Report(SqlRules.FeedlessSink, statement.Name.Span, statement.Name.Text);
        }

        if (failed || (found == 0 && !AllowsFeedless))
        {
            return null;
        }

        IReadOnlyList<RelationColumn> columns = declared ?? (found == 0 ? new RelationColumn[0] : Common(inputs));
        var feeds = new List<CompiledFeed>();
        foreach (SinkInput input in inputs)
        {
            string name = feeds.Count == 0 ? statement.Name.Text : _names.Free(statement.Name.Text, feeds.Count + 1);
            CompiledFeed? feed = new FeedFitter(statement.Name.Text, columns, _diagnostics).Fit(name, input);
            failed |= feed is null;
            if (feed is not null)
            {
                feeds.Add(feed);
            }
        }

        Connectors connector = Connectors.Of(statement.Connector, statement.Options, statement.Name.Span);
        return failed ? null : new CompiledSink(statement.Name.Text, statement.Name.Span, columns, connector.Name, connector.Span, connector.Options, feeds);
    }

    private IEnumerable<SinkInput?> Inputs(CreateSinkStatement statement)
    {
        if (statement.From is { Parts.Count: > 0 })
        {
            yield return From(statement);
        }

        if (statement.Query is not null)
        {
            yield return Query(statement.Query, statement.Name.Text, SyntaxList<Identifier>.Empty);
        }

        foreach (InsertStatement insert in _inserts.Where(i => i.Target.Parts.Count > 0 && SqlName.Same(i.Target.Last.Text, statement.Name.Text)))
        {
            yield return Query(insert.Query, statement.Name.Text, insert.Columns);
        }
    }

    private SinkInput? From(CreateSinkStatement statement)
    {
        QualifiedName from = statement.From!;
        string name = from.Last.Text;
        if (_names.IsSink(name))
        {
            _diagnostics.Report(SqlRules.SinkNotReadable, from.Span, name);
            return null;
        }

        Relation? relation = _catalog.Find(name);
        if (relation is null)
        {
            if (!_catalog.IsBroken(name))
            {
                string? nearest = NearestName.Of(name, _catalog.Relations.Select(r => r.Name));
                _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownRelation, from.Span, name, nearest is null ? "; declare it with CREATE STREAM" : $"; did you mean '{nearest}'?") { Suggestion = nearest });
            }

            return null;
        }

        string table = _sql.Substring(from.Span.Start, from.Span.Length);
        if (statement.Where is null)
        {
            return relation.Kind == RelationKind.Query
                ? SinkInput.Of(relation, "SELECT * FROM " + table, from.Span)
                : Compiled(new QueryText(_sql, new TextSpan(from.Span.Start, 0)) { Prefix = "SELECT * FROM " + table }, statement.Name.Text, from.Span, SyntaxList<Identifier>.Empty);
        }

        return Compiled(new QueryText(_sql, statement.Where.Span) { Prefix = $"SELECT * FROM {table} WHERE " }, statement.Name.Text, from.Span, SyntaxList<Identifier>.Empty);
    }

    private SinkInput? Query(QuerySyntax query, string sink, SyntaxList<Identifier> columns)
    {
        var text = new QueryText(_sql, query.Span);
        if (columns.Count == 0 && BareName(query) is { } name && _catalog.Find(name) is { Kind: RelationKind.Query } relation)
        {
            return SinkInput.Of(relation, text.Text, query.Span);
        }

        return Compiled(text, sink, query.Span, columns);
    }

    private SinkInput? Compiled(QueryText text, string sink, TextSpan span, SyntaxList<Identifier> columns)
    {
        CompiledQuery compiled = text.Compile(sink, _catalog, _diagnostics);
        if (compiled.Plan is null)
        {
            return null;
        }

        RelationColumn[] given = compiled.Plan.Columns.Select(c => new RelationColumn(c.Name, OutputNames.Of(c.Name), c.Type, c.Nullable)).ToArray();
        return new SinkInput(null, text.Text, compiled.Plan, given, columns, span);
    }

    /// <summary>The stream of <c>SELECT * FROM stream</c>, which goes to the sink as it is.</summary>
    private static string? BareName(QuerySyntax query)
    {
        bool bare = query.With.Count == 0 && query.OrderBy.Count == 0 && query.Limit is null && query.Offset is null && query.Emit is null
            && query.AllowLateness is null && query.LateData is null;
        return bare && query.Body is SelectBody { Distinct: false, Where: null, GroupBy: null, Having: null, Qualify: null } body
            && body.Items.Count == 1 && body.Items[0].Expression is StarExpression { Qualifier: null }
            && body.From.Count == 1 && body.From[0] is NamedTable { AsOf: null, ColumnAliases.Count: 0 } table && table.Name.Parts.Count == 1
            ? table.Name.Last.Text
            : null;
    }

    // The first input names and types the columns; a column is nullable when any input's is.
    private static IReadOnlyList<RelationColumn> Common(IReadOnlyList<SinkInput> inputs) =>
        inputs[0].Columns.Select((c, i) => c with { EventTimeLag = null, Nullable = inputs.Any(x => i < x.Columns.Count && x.Columns[i].Nullable) }).ToArray();
}
