using System.CommandLine;
using Apache.Arrow;
using Laminar.Tool.Compiling;
using Laminar.Tool.Inference;
using Laminar.Tool.Output;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar query</c>: one SELECT over files.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        Argument<string> sql = new("sql") { Description = "A SELECT. A file is a table called like it, without folder and extension." };
        Argument<string[]> files = new("files") { Description = "CSV (with a header), JSON Lines or arrays, Arrow, Parquet; NAME=PATH gives a table another name; - is stdin, table stdin.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> input = new("--input") { Description = "csv, json, arrow or parquet: what stdin holds, and files whose names don't say." };
        input.AcceptOnlyFromAmong("csv", "json", "arrow", "parquet");
        Option<OutputFormat> format = new("--format") { Description = "How rows are printed." };
        Option<bool> compile = new("--compile") { Description = "Compiles the query to machine code first: for large files." };
        Command command = new("query", """
            Runs one SELECT over files and prints its rows. Columns and their types are told from the files.

              laminar query "SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol ORDER BY volume DESC" trades.csv
              laminar query "SELECT t.symbol, i.sector FROM t JOIN i ON t.symbol = i.symbol" t=trades.csv i=instruments.jsonl
              laminar query "SELECT window_end, COUNT(*) AS n FROM stdin GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)" - --input json < trades.jsonl
              laminar query "SELECT * FROM trades WHERE price > 100" trades.arrow --format csv > high.csv
              laminar query "SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol" trades.csv --compile
            """)
        {
            sql, files, input, format, compile,
        };
        command.SetAction((parsed, cancel) => ExitCodes.Of(() => QueryAsync(parsed.GetValue(sql)!, parsed.GetValue(files) ?? [], parsed.GetValue(input), parsed.GetValue(format), parsed.GetValue(compile), cancel)));
        return command;
    }

    private static async Task<int> QueryAsync(string sql, string[] files, string? input, OutputFormat format, bool compile, CancellationToken cancel)
    {
        string? spool = null;
        var converted = new List<string>();
        try
        {
            var tables = new List<TableFile>();
            foreach (string file in files)
            {
                int at = file.IndexOf('=');
                string path = at > 0 ? file[(at + 1)..] : file;
                string name = at > 0 ? file[..at] : path == "-" ? "stdin" : Path.GetFileNameWithoutExtension(path);
                if (path == "-")
                {
                    // Its columns are told from the first rows, so that it is read twice.
                    path = spool ??= await SpoolAsync(cancel);
                    if (input is null)
                    {
                        throw new LaminarException("What stdin holds must be said: --input csv, json, arrow or parquet.");
                    }
                }

                if (TableFile.FormatOf(path, input) == "parquet")
                {
                    // A source reads from the front to the back, and a Parquet file's columns are told at its end.
                    string arrow = Path.ChangeExtension(Path.GetTempFileName(), ".arrow");
                    converted.Add(arrow);
                    await ParquetTable.ToArrowAsync(path, arrow, cancel);
                    path = arrow;
                }

                tables.Add(TableFile.Of(name, path, input));
            }

            BatchPrinter.Print(compile ? await CompiledSelect.RunAsync(sql, tables, cancel) : await InterpretedAsync(sql, tables, cancel), format, Console.Out);
            return ExitCodes.Done;
        }
        finally
        {
            if (spool is not null)
            {
                File.Delete(spool);
            }

            foreach (string arrow in converted)
            {
                File.Delete(arrow);
                File.Delete(Path.ChangeExtension(arrow, ".tmp"));
            }
        }
    }

    private static async Task<RecordBatch> InterpretedAsync(string sql, IReadOnlyList<TableFile> tables, CancellationToken cancel)
    {
        await using LaminarDatabase db = LaminarDatabase.Open();
        foreach (TableFile table in tables)
        {
            await db.ExecuteAsync(table.CreateSource, cancel);
        }

        return await db.QueryAsync(sql, cancellationToken: cancel);
    }

    private static async Task<string> SpoolAsync(CancellationToken cancel)
    {
        string path = Path.GetTempFileName();
        await using FileStream file = File.Create(path);
        await using Stream stdin = Console.OpenStandardInput();
        await stdin.CopyToAsync(file, cancel);
        return path;
    }
}
