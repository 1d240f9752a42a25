using Laminar.Interpreter.Database.Catalog;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>CREATE TABLE in memory as the source and the view that it is made of.</summary>
internal static class TableScript
{
    /// <summary>The source, then the table; null when something is wrong.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="sql">The text that it stands in.</param>
    /// <param name="catalog">What there is.</param>
    /// <param name="holder">The C# class that row types would be nested in.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static IReadOnlyList<DatabaseObject>? Compile(CreateTableStatement statement, string sql, DatabaseCatalog catalog, string holder, DiagnosticBag diagnostics)
    {
        if (statement.Lookup || statement.Connector is not null || statement.Options.Count > 0)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, statement.Name.Span, "CREATE LOOKUP TABLE, and CREATE TABLE with a connector or options, in a database; a table without them holds what is inserted, and a source with a connector can be joined too");
            return null;
        }

        if (statement.Watermark is { } watermark)
        {
            diagnostics.Report(SqlRules.TableClause, watermark.Span, statement.Name.Text, "its rows come in no order of time; remove WATERMARK, or make it a SOURCE");
            return null;
        }

        // The list of columns stands in the text of the source as it was written, so that what is wrong with it is told there.
        string source = TableDefinition.SourceOf(statement.Name.Text);
        string before = $"CREATE SOURCE {Quoted(source)} ";
        int from = statement.Name.Span.End;
        string text = $"{before}{sql[from..statement.Span.End]};\nCREATE MATERIALIZED VIEW {Quoted(statement.Name.Text)} AS SELECT * FROM {Quoted(source)}";
        CompiledScript script = SqlCompiler.CompileAddition(text, catalog, holder);
        int shift = from - before.Length;
        foreach (SqlDiagnostic found in script.Diagnostics.Where(d => d.IsError))
        {
            bool isWritten = found.Span.Start >= before.Length && found.Span.End + shift <= statement.Span.End;
            diagnostics.Add(found.Moved(shift, isWritten ? new TextSpan(found.Span.Start + shift, found.Span.Length) : statement.Name.Span));
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        IReadOnlyList<RelationColumn> columns = script.Sources[0].Relation.Columns;
        string[] keys = [.. statement.Columns.Where(c => c.PrimaryKey).Select(c => c.Name.Text), .. statement.PrimaryKey.Select(k => k.Text)];
        int[] key = [.. Enumerable.Range(0, columns.Count).Where(i => keys.Any(k => SqlName.Same(k, columns[i].Name)))];
        return
        [
            new SourceObject(script.Sources[0], string.Empty) { IsOfTable = true },
            new StreamObject(script.Streams[0], sql.Substring(statement.Span.Start, statement.Span.Length)) { Table = new TableDefinition(source, columns, key) },
        ];
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
