using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Fixes;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Scripts;

/// <summary>
/// CREATE SOURCE, CREATE TABLE, CREATE STREAM, CREATE SINK and INSERT INTO of one script. Names are collected first, so statements may stand in any order;
/// streams are compiled after the streams that they read.
/// </summary>
internal sealed class ScriptCompiler
{
    private readonly string _sql;
    private readonly string _containingType;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly ScriptCatalog _catalog;
    private readonly ScriptNames _names;
    private readonly List<CompiledSource> _sources = new();
    private readonly List<CompiledTable> _tables = new();
    private readonly List<CompiledStream> _streams = new();

    public ScriptCompiler(string sql, ICatalog outer, string containingType)
    {
        _sql = sql;
        _containingType = containingType;
        _catalog = new ScriptCatalog(outer);
        _names = new ScriptNames(outer, _diagnostics);
    }

    /// <summary>Whether a sink may be there before what feeds it.</summary>
    public bool AllowsFeedless { get; init; }

    public CompiledScript Compile()
    {
        IReadOnlyList<CompiledSink> sinks = Array.Empty<CompiledSink>();
        IReadOnlyList<StatementSyntax> statements = Array.Empty<StatementSyntax>();
        try
        {
            ParseResult<ScriptSyntax> parsed = SqlParser.ParseScript(_sql);
            foreach (SqlDiagnostic diagnostic in parsed.Diagnostics)
            {
                _diagnostics.Add(diagnostic);
            }

            NotSupported.Check(parsed.Root, _diagnostics);
            statements = parsed.Root.Statements;

            // Statements with syntax errors are left alone; the others are still checked when their text is whole.
            if (!parsed.Diagnostics.Any(d => d.IsError))
            {
                sinks = Statements(parsed.Root.Statements);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _diagnostics.Report(SqlRules.InternalError, new TextSpan(0, _sql.Length), exception.GetType().Name + ": " + exception.Message);
        }

        return new CompiledScript(_sources, _streams, sinks, WatermarkFixes.Attach(SqlCompiler.Tidy(_diagnostics), statements)) { Tables = _tables };
    }

    private IReadOnlyList<CompiledSink> Statements(IReadOnlyList<StatementSyntax> statements)
    {
        var sources = new List<CreateSourceStatement>();
        var tables = new List<CreateTableStatement>();
        var streams = new List<CreateStreamStatement>();
        var sinks = new SinkCompiler(_sql, _catalog, _names, _diagnostics) { AllowsFeedless = AllowsFeedless };
        foreach (StatementSyntax statement in statements)
        {
            switch (statement)
            {
                case CreateSourceStatement source when _names.Declare(source.Name, "a source", source.IfNotExists):
                    sources.Add(source);
                    break;
                case CreateTableStatement table when _names.Declare(table.Name, "a table", table.IfNotExists):
                    tables.Add(table);
                    break;
                case CreateStreamStatement stream when _names.Declare(stream.Name, stream.Materialized ? "a view" : "a stream", stream.IfNotExists):
                    streams.Add(stream);
                    break;
                case CreateSinkStatement sink when _names.Declare(sink.Name, "a sink", sink.IfNotExists):
                    sinks.Add(sink);
                    break;
                case InsertStatement insert:
                    sinks.Add(insert);
                    break;
                case CreateSourceStatement or CreateTableStatement or CreateStreamStatement or CreateSinkStatement or MissingStatement:
                    break;
                default:
                    _diagnostics.Report(SqlRules.NotSupportedYet, statement.Span, Describe(statement));
                    break;
            }
        }

        foreach (CreateSourceStatement source in sources)
        {
            if (new SourceCompiler(_sql, _containingType, _catalog.Functions, _diagnostics).Compile(source) is { } compiled)
            {
                _sources.Add(compiled);
                _catalog.Add(compiled.Relation);
            }
            else
            {
                _catalog.Break(source.Name.Text);
            }
        }

        foreach (CreateTableStatement table in tables)
        {
            if (new TableCompiler(_containingType, _diagnostics).Compile(table) is { } compiled)
            {
                _tables.Add(compiled);
                _catalog.Add(compiled.Relation);
            }
            else
            {
                _catalog.Break(table.Name.Text);
            }
        }

        foreach (CreateStreamStatement stream in StreamOrder.Of(streams, _diagnostics))
        {
            Stream(stream);
        }

        return sinks.Compile();
    }

    private void Stream(CreateStreamStatement statement)
    {
        var view = new ViewCompiler(statement, _diagnostics);
        var text = new QueryText(_sql, statement.Query.Span) { Options = view.Rest };
        CompiledQuery compiled = text.Compile(statement.Name.Text, _catalog, _diagnostics);
        if (compiled.Plan is null)
        {
            _catalog.Break(statement.Name.Text);
            if (statement.Query.LateData is { } broken)
            {
                _catalog.Break(broken.Target.Text);
            }

            return;
        }

        if (statement.Query.LateData is { } clause && !_names.Declare(clause.Target, "the late rows of a stream", ifNotExists: false))
        {
            _catalog.Break(statement.Name.Text);
            return;
        }

        IReadOnlyList<string> baseSources = compiled.Plan.Input.SourcesBelow;
        string row = ClrNames.Row(_containingType, statement.Name.Text);
        string query = row.Length == 0 ? string.Empty : row + "Query";
        Relation relation = QuerySignature.ToRelation(compiled.Plan, statement.Name.Text, row, query, baseSources);
        Relation? late = QuerySignature.LateRelation(compiled.Plan, query, baseSources);
        _catalog.Add(relation);
        if (late is not null)
        {
            _catalog.Add(late);
        }

        _streams.Add(new CompiledStream(statement.Name.Text, statement.Name.Span, text.Text, text.Span, compiled.Plan, relation) { Late = late, View = view.Of(compiled.Plan) });
    }

    private static string Describe(StatementSyntax statement) => statement switch
    {
        CreateFunctionStatement => "CREATE FUNCTION",
        ExplainStatement => "EXPLAIN in a script",
        ShowStatement => "SHOW in a script",
        DescribeStatement => "DESCRIBE in a script",
        DropStatement => "DROP in a script",
        QueryStatement => "a bare SELECT in a script; name it with CREATE STREAM ... AS",
        _ => "this statement",
    };
}
