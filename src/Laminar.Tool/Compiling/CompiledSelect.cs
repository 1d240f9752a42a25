using System.Text.RegularExpressions;
using Apache.Arrow;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Tool.Inference;

namespace Laminar.Tool.Compiling;

/// <summary>
/// <c>laminar query --compile</c>: the query as a view of a pipeline over the files, compiled and run to the end; its ORDER BY and LIMIT are done to the view's rows, since a stream's result has no order.
/// </summary>
internal static partial class CompiledSelect
{
    private const string Result = "compiled_result";

    /// <summary>Nothing is late in a file that is read whole: no time is so far behind another.</summary>
    private const string Watermark = "INTERVAL '3000000' DAY";

    /// <exception cref="LaminarSqlException">The query is wrong.</exception>
    /// <exception cref="LaminarException">It is a query of rows that have an end, and no stream's.</exception>
    public static async Task<RecordBatch> RunAsync(string sql, IReadOnlyList<TableFile> tables, CancellationToken cancel)
    {
        await CheckAsync(sql, tables, cancel);
        (string query, string order) = Split(sql);
        string? script = Script(query, tables, withTime: false, out string refused) ?? Script(query, tables, withTime: true, out _);
        PipelineAssembly pipeline = PipelineAssembly.Compile(script ?? throw new LaminarException($"The query can't be compiled, since it can't be asked of streams; run it without --compile. {refused}"));
        await using LaminarDatabase db = await ViewDatabase.OpenAsync(await pipeline.RunAsync(new LaminarOptions(), [Result], cancel));
        try
        {
            return await db.QueryAsync($"SELECT * FROM {Result} {order}", cancellationToken: cancel);
        }
        catch (LaminarSqlException error) when (order.Length > 0)
        {
            throw new LaminarException("With --compile ORDER BY names columns of the result; run it without --compile. " + error.Errors[0].Message, error);
        }
    }

    /// <summary>What is wrong is told at its place in the query as it was written.</summary>
    private static async Task CheckAsync(string sql, IReadOnlyList<TableFile> tables, CancellationToken cancel)
    {
        await using LaminarDatabase db = LaminarDatabase.Open();
        foreach (TableFile table in tables)
        {
            await db.ExecuteAsync(table.CreateSource, cancel);
        }

        IReadOnlyList<SqlError> findings = db.Check(sql);
        if (findings.Any(f => f.IsError))
        {
            throw new LaminarSqlException(findings);
        }
    }

    /// <summary>Null when it isn't a query of streams.</summary>
    private static string? Script(string query, IReadOnlyList<TableFile> tables, bool withTime, out string refused)
    {
        string script = string.Join('\n', tables.Select(t => withTime && TimeOf(t) is { } time ? t.Source($", WATERMARK FOR {TableFile.Quoted(time)} AS {TableFile.Quoted(time)} - {Watermark}") : t.CreateSource))
            + $"\nCREATE MATERIALIZED VIEW {Result} WITH (max_rows = 1000000000) AS {query}";
        SqlDiagnostic? error = SqlCompiler.CompileScript(script, new DictionaryCatalog(), "global::Laminar.Database").Diagnostics.FirstOrDefault(d => d.IsError);
        refused = error is null ? string.Empty : $"{error.Rule.Id}: {error.Message}";
        return error is null ? script : null;
    }

    private static string? TimeOf(TableFile table) => table.Columns.Where(c => c.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal)).Select(c => c.Name).FirstOrDefault();

    /// <summary>The query, and its ORDER BY, LIMIT and OFFSET.</summary>
    private static (string Query, string Order) Split(string sql)
    {
        if (SqlParser.ParseScript(sql).Root.Statements is not [QueryStatement { Query: var query }])
        {
            throw new LaminarException("--compile takes one SELECT; run this without it.");
        }

        int[] tail = [.. query.OrderBy.Select(o => o.Span.Start), .. new[] { query.Limit, query.Offset }.OfType<ExpressionSyntax>().Select(e => e.Span.Start)];
        if (tail.Length == 0)
        {
            return (sql.TrimEnd(' ', '\n', '\r', '\t', ';'), string.Empty);
        }

        int cut = Words().Match(sql[..tail.Min()]).Index;
        return (sql[..cut], sql[cut..].TrimEnd(' ', '\n', '\r', '\t', ';'));
    }

    [GeneratedRegex(@"(ORDER\s+BY|LIMIT|OFFSET)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Words();
}
