using System.Diagnostics;
using System.Globalization;
using Apache.Arrow;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Syntax;
using Laminar.Tool.Commands;
using Laminar.Tool.Output;

namespace Laminar.Tool.Compiling;

/// <summary><c>laminar run --compile</c>: a script as the build of a C# project has it.</summary>
internal static class CompiledRun
{
    /// <summary>In the data directory: the script whose compiled state is there.</summary>
    public const string ScriptFile = "compiled.sql";

    /// <param name="file">The script; - is stdin.</param>
    /// <param name="data">The folder for state; null: none.</param>
    /// <param name="given">Variables.</param>
    /// <param name="format">How SELECT is printed.</param>
    /// <param name="cores">Threads.</param>
    /// <param name="quiet">Nothing on stderr but errors.</param>
    /// <param name="cancel">Ctrl-C.</param>
    public static async Task<int> RunAsync(string file, string? data, string[] given, OutputFormat format, int cores, bool quiet, CancellationToken cancel)
    {
        string sql = await Scripts.ReadAsync(file, cancel);
        if (await WrongAsync(file, sql, given, quiet))
        {
            return ExitCodes.Wrong;
        }

        (string before, string after) = Scripts.Split(sql);
        StatementSyntax[] asked = after.Trim().Length == 0 ? [] : [.. SqlParser.ParseScript(after).Root.Statements];
        if (asked.FirstOrDefault(s => s is not QueryStatement) is { } other)
        {
            throw new LaminarException($"With --compile only SELECT can stand behind what makes something, and this is '{after.AsSpan(other.Span.Start, Math.Min(other.Span.Length, 40))}'; run it without --compile.");
        }

        RefuseOther(data, RunCommand.ScriptFile, "no --compile");
        CompiledScript script = SqlCompiler.CompileScript(before, new DictionaryCatalog(), "global::Laminar.Database");
        long start = Stopwatch.GetTimestamp();
        PipelineAssembly pipeline = PipelineAssembly.Compile(before);
        TimeSpan compiling = Stopwatch.GetElapsedTime(start);
        if (data is not null)
        {
            await RememberAsync(before, data, cancel);
        }

        var options = new LaminarOptions { DataDirectory = data, Cores = cores };
        Scripts.Set(options.Variables, given);
        string[] views = asked.Length == 0 ? [] : [.. script.Streams.Where(s => s.View is not null).Select(s => s.Name)];
        start = Stopwatch.GetTimestamp();
        IReadOnlyDictionary<string, IReadOnlyList<RecordBatch>> rows = await pipeline.RunAsync(options, views, cancel);
        if (!quiet)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"compiled in {compiling.TotalSeconds:F1} s, ran {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        }

        if (asked.Length > 0)
        {
            await using LaminarDatabase db = await ViewDatabase.OpenAsync(rows);
            foreach (RecordBatch batch in (await db.ExecuteAsync(after, cancel)).Batches)
            {
                BatchPrinter.Print(batch, format, Console.Out);
            }
        }

        return ExitCodes.Done;
    }

    /// <exception cref="LaminarException">The folder holds the state of a run of the other kind, which is of another layout.</exception>
    public static void RefuseOther(string? data, string script, string how)
    {
        if (data is not null && File.Exists(Path.Combine(data, script)))
        {
            throw new LaminarException($"{data} holds the state of a run with {how}, which is laid out otherwise; run it so again, or give this run a folder of its own.");
        }
    }

    /// <summary>What the database would say of it: places as compilers print them.</summary>
    private static async Task<bool> WrongAsync(string file, string sql, string[] given, bool quiet)
    {
        var options = new LaminarDatabaseOptions();
        Scripts.Set(options.Variables, given);
        await using LaminarDatabase db = LaminarDatabase.Open(options);
        IReadOnlyList<SqlError> findings = db.Check(sql);
        foreach (SqlError found in findings.Where(f => f.IsError || !quiet))
        {
            await Console.Error.WriteLineAsync(Scripts.Line(file, found));
        }

        return findings.Any(f => f.IsError);
    }

    private static async Task RememberAsync(string script, string data, CancellationToken cancel)
    {
        string saved = Path.Combine(data, ScriptFile);
        if (!File.Exists(saved))
        {
            Directory.CreateDirectory(data);
            await File.WriteAllTextAsync(saved, script, cancel);
        }
        else if (await File.ReadAllTextAsync(saved, cancel) != script)
        {
            throw new LaminarException($"{data} holds the state of another script ({saved}); give this one a folder of its own, or run that one.");
        }
    }
}
