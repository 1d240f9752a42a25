using Apache.Arrow;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Database.Flow;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>SELECT, SHOW, DESCRIBE and EXPLAIN.</summary>
/// <param name="sql">The text that they stand in.</param>
/// <param name="graph">What runs.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
/// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
internal sealed class Answers(string sql, DatabaseGraph graph, DiagnosticBag diagnostics, TimeProvider clock)
{
    /// <summary>What the query of EXPLAIN CODE is called in the script that code is generated of.</summary>
    private const string ExplainedName = "explained_query";

    /// <summary>See <see cref="LaminarDatabaseOptions.CodeGenerator"/>.</summary>
    public Func<string, string, string>? CodeGenerator { get; init; }

    /// <summary>
    /// Null when it is wrong. What it gives is called at the statement's place in the script, under the lock, and takes the rows; what that gives makes the answer of them.
    /// </summary>
    public Func<Func<RecordBatch>>? Prepare(AnswerStep step) => step.Statement switch
    {
        QueryStatement query => Select(query.Query, step.Catalog),
        ShowStatement show => Now(() => Show(show.What, step.Catalog)),
        DescribeStatement describe => Describe(describe, step.Catalog),
        ExplainStatement explain => Explain(explain, step.Catalog),
        _ => Refused(step.Statement),
    };

    private static Func<Func<RecordBatch>> Now(Func<RecordBatch> answer) => () =>
    {
        RecordBatch batch = answer();
        return () => batch;
    };

    private static RecordBatch Table(string name, string[] columns, IEnumerable<object?[]> rows) =>
        new RowShape(name, columns.Select(c => (c.TrimEnd('#'), c.EndsWith('#') ? SqlType.BigInt : SqlType.Varchar, true))).ToBatch([.. rows]);

    private Func<Func<RecordBatch>>? Refused(StatementSyntax statement)
    {
        diagnostics.Report(SqlRules.NotSupportedYet, statement.Span, "this statement");
        return null;
    }

    private Func<Func<RecordBatch>>? Select(QuerySyntax query, DatabaseCatalog catalog)
    {
        if (BatchSelect.Compile(query, sql, catalog, diagnostics) is not { } select)
        {
            return null;
        }

        return () =>
        {
            var rows = new Dictionary<string, IReadOnlyList<object?[]>>();
            foreach (Relation relation in select.Reads.Where(r => catalog.Object(r.Name) is not SourceObject))
            {
                rows[SqlName.Fold(relation.Name)] = graph.RowsOf(relation.Name);
            }

            return () => select.Run(r => catalog.Object(r.Name) is SourceObject file ? FileRows.Of(file) : [rows[SqlName.Fold(r.Name)]], clock);
        };
    }

    private RecordBatch Show(string what, DatabaseCatalog catalog) => what switch
    {
        "SOURCES" => Table("sources", ["name", "connector", "columns", "watermark", "rows_in#", "error_rows#", "state"], catalog.Objects.OfType<SourceObject>().Where(s => !s.IsOfTable).Select(Source)),
        "STREAMS" => Table("streams", ["name", "kind", "output", "columns", "state"], catalog.Objects.OfType<StreamObject>().Where(s => s.Table is null).Select(Stream)),
        "SINKS" => Table("sinks", ["name", "connector", "columns", "reads"], catalog.Objects.OfType<SinkObject>().Select(Sink)),
        "QUERIES" => Table("queries", ["name", "rows_in#", "rows_out#", "late_rows#", "error_rows#", "state_bytes#", "state", "sql"], graph.Queries.Select(Query)),
        _ => Table("tables", ["name", "columns", "key", "rows#"], catalog.Objects.OfType<StreamObject>().Where(s => s.Table is not null).Select(Table)),
    };

    private object?[] Source(SourceObject source)
    {
        SourceFlow flow = graph.Source(source.Name)!;
        Relation relation = source.Compiled.Relation;
        string watermark = relation.Watermark is { } declared ? relation.Columns[declared.ColumnIndex].Name : string.Empty;
        return [source.Name, source.Compiled.Connector, string.Join(", ", relation.AllColumns.Select(c => c.Name)), watermark, flow.RowsIn, flow.ErrorRows, flow.IsComplete ? "ended" : "running"];
    }

    private object?[] Stream(StreamObject stream)
    {
        QueryFlow flow = graph.Query(stream.Name)!;
        return [stream.Name, stream.What, flow.IsUpdating ? "changelog" : "append-only", string.Join(", ", flow.Columns.Select(c => c.Name)), StateOf(flow)];
    }

    private object?[] Table(StreamObject table)
    {
        TableDefinition definition = table.Table!;
        return [table.Name, string.Join(", ", definition.Columns.Select(c => c.Name)), string.Join(", ", definition.Key.Select(k => definition.Columns[k].Name)), graph.Query(table.Name)!.View!.Count];
    }

    private static object?[] Sink(SinkObject sink) =>
        [sink.Name, sink.Compiled.Connector, string.Join(", ", sink.Compiled.Columns.Select(c => c.Name)), string.Join(", ", sink.Reads.Distinct(StringComparer.OrdinalIgnoreCase))];

    private static object?[] Query(QueryFlow flow)
    {
        QueryStatistics counted = flow.Statistics;
        return [flow.Name, counted.RowsIn, counted.RowsOut, counted.LateRows, counted.ErrorRows, counted.StateBytes, StateOf(flow), flow.Sql];
    }

    private static string StateOf(QueryFlow flow) => flow.Failure is { } failure ? "failed: " + failure.Message : flow.Output.Watermark == long.MaxValue ? "ended" : "running";

    private Func<Func<RecordBatch>>? Describe(DescribeStatement statement, DatabaseCatalog catalog)
    {
        if (statement.Name.Parts.Count == 0)
        {
            return null;
        }

        string name = statement.Name.Last.Text;
        IReadOnlyList<RelationColumn>? columns = catalog.Find(name)?.AllColumns ?? (catalog.Object(name) as SinkObject)?.Compiled.Columns;
        if (columns is null)
        {
            diagnostics.Add(ScriptPlanner.Unknown(catalog, "source, stream, view or sink", name, statement.Name.Span));
            return null;
        }

        Relation? relation = catalog.Find(name);
        TableDefinition? table = (catalog.Object(name) as StreamObject)?.Table;
        return Now(() => Table("columns", ["column", "type", "nullable", "remark"], columns.Select(c => new object?[]
        {
            c.Name, c.Type.ToString(), c.Nullable ? "YES" : "NO", table?.Key.Any(k => table.Columns[k].Name == c.Name) == true ? "key" : Remark(relation, c),
        })));
    }

    private static string Remark(Relation? relation, RelationColumn column)
    {
        if (relation?.Computed.FirstOrDefault(c => c.Name == column.Name) is { } computed)
        {
            return "computed: " + ExpressionPrinter.Print(computed.Expression);
        }

        if (relation?.Watermark is { } declared && relation.Columns[declared.ColumnIndex].Name == column.Name)
        {
            return "event time";
        }

        bool isKey = relation?.Key is { } key && key.Columns.Any(k => relation.Columns[k].Name == column.Name);
        return isKey ? "key" : column.EventTimeLag is not null ? "event time" : string.Empty;
    }

    private Func<Func<RecordBatch>>? Explain(ExplainStatement explain, DatabaseCatalog catalog)
    {
        if (explain.Mode == "CODE" && CodeGenerator is null)
        {
            diagnostics.Report(DatabaseRules.NotAtRunTime, new Sql.Text.TextSpan(explain.Span.Start, "EXPLAIN CODE".Length), "EXPLAIN CODE", "no generator is here (LaminarDatabaseOptions.CodeGenerator); the command laminar has one, and a build has its code below obj/ with EmitCompilerGeneratedFiles=true");
            return null;
        }

        if (Plan(explain.Statement, catalog) is not { } plan)
        {
            return null;
        }

        if (explain.Mode == "CODE")
        {
            return Now(() => Table("code", ["code"], Code(explain.Statement, catalog).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => new object?[] { line })));
        }

        return Now(() => explain.Mode == "DAG"
            ? Table("dag", ["format", "dag"], [["text", PlanPrinter.Print(plan)], ["mermaid", PlanGraph.Mermaid(plan)], ["dot", PlanGraph.Dot(plan)]])
            : Table("plan", ["plan"], PlanPrinter.Print(plan).TrimEnd('\n').Split('\n').Select(line => new object?[] { line })));
    }

    /// <summary>The C# of the query of a statement, as of CREATE STREAM ... AS, over what there is.</summary>
    private string Code(StatementSyntax statement, DatabaseCatalog catalog)
    {
        if (catalog.Objects.OfType<StreamObject>().FirstOrDefault(s => s.Table is not null) is { } table)
        {
            throw new LaminarException($"There is the table {table.Name}, and pipelines have no tables in memory: nothing can be generated beside it.");
        }

        QuerySyntax query = QueryOf(statement)!;
        IEnumerable<string> made = catalog.Objects.Where(o => o is SourceObject or StreamObject).Select(o => o.Text);
        return CodeGenerator!(string.Join(";\n", made.Append($"CREATE STREAM {ExplainedName} AS {sql.Substring(query.Span.Start, query.Span.Length)}")), ExplainedName);
    }

    private static QuerySyntax? QueryOf(StatementSyntax statement) => statement switch
    {
        QueryStatement s => s.Query,
        CreateStreamStatement s => s.Query,
        InsertStatement s => s.Query,
        CreateSinkStatement s => s.Query,
        _ => null,
    };

    /// <summary>The plan that the query of a statement would run with; of a SELECT as of CREATE STREAM ... AS.</summary>
    private QueryPlan? Plan(StatementSyntax statement, DatabaseCatalog catalog)
    {
        QuerySyntax? query = QueryOf(statement);
        if (query is null)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, statement.Span, "EXPLAIN of a statement without a query");
            return null;
        }

        CompiledQuery compiled = SqlCompiler.CompileTree(query, [], sql, "query", catalog);
        foreach (SqlDiagnostic found in compiled.Diagnostics)
        {
            diagnostics.Add(found);
        }

        return compiled.Plan;
    }
}
