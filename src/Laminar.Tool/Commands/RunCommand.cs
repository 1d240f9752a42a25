using System.CommandLine;
using Laminar.Tool.Compiling;
using Laminar.Tool.Output;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar run</c>: a script until its input ends.</summary>
internal static class RunCommand
{
    /// <summary>In the data directory: the script that made what is there.</summary>
    public const string ScriptFile = "script.sql";

    public static Command Create()
    {
        Argument<string> file = new("script") { Description = "The script; - reads it from stdin." };
        Option<string?> data = new("--data") { Description = "A folder for state: after a crash, or Ctrl-C, the next run goes on where this one was." };
        Option<string[]> variables = new("--var") { Description = "NAME=VALUE for ${NAME} in the script; the environment is asked next.", DefaultValueFactory = _ => [] };
        Option<OutputFormat> format = new("--format") { Description = "How SELECT and SHOW are printed." };
        Option<bool> compile = new("--compile") { Description = "Compiles the script to machine code first, as a C# project's build does, and runs that. SELECT behind it reads views." };
        Option<int> cores = new("--cores") { Description = "With --compile: threads to run on.", DefaultValueFactory = _ => 1 };
        Option<bool> quiet = new("--quiet") { Description = "No progress and no warnings on stderr." };
        Command command = new("run", """
            Runs a script of CREATE SOURCE, STREAM, SINK and INSERT INTO until its input ends, or until Ctrl-C.
            SELECT and SHOW behind the last statement that makes something are answered when the input has ended.

              laminar run pipeline.sql
              laminar run pipeline.sql --var IN=cars.jsonl --var OUT=fast.jsonl
              laminar run pipeline.sql --data state         # exactly once into files, whatever happens between
              laminar run pipeline.sql --compile            # a second or two of compiling, then many times as fast
              cat cars.jsonl | laminar run pipeline.sql     # with path = '-' in the source
            """)
        {
            file, data, variables, format, compile, cores, quiet,
        };
        command.SetAction((parsed, cancel) => ExitCodes.Of(() => parsed.GetValue(compile)
            ? CompiledRun.RunAsync(parsed.GetValue(file)!, parsed.GetValue(data), parsed.GetValue(variables)!, parsed.GetValue(format), parsed.GetValue(cores), parsed.GetValue(quiet), cancel)
            : RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(data), parsed.GetValue(variables)!, parsed.GetValue(format), parsed.GetValue(quiet), cancel)));
        return command;
    }

    private static async Task<int> RunAsync(string file, string? data, string[] given, OutputFormat format, bool quiet, CancellationToken cancel)
    {
        string sql = await Scripts.ReadAsync(file, cancel);
        var options = new LaminarDatabaseOptions { DataDirectory = data, CodeGenerator = PipelineAssembly.CodeOf };
        Scripts.Set(options.Variables, given);
        CompiledRun.RefuseOther(data, CompiledRun.ScriptFile, "--compile");
        await using LaminarDatabase db = LaminarDatabase.Open(options);
        (string before, string after) = Scripts.Split(sql);
        bool goesOn = data is not null && await HasObjectsAsync(db);
        var results = new StatementResults([], []);
        try
        {
            // What is wrong with the end is told before anything begins.
            string checkedText = goesOn ? after : sql;
            IReadOnlyList<SqlError> findings = checkedText.Trim().Length == 0 ? [] : db.Check(checkedText);
            if (findings.Any(f => f.IsError))
            {
                throw new LaminarSqlException(findings);
            }

            if (goesOn)
            {
                await CheckSameAsync(before, data!, cancel);
            }
            else
            {
                results = await db.ExecuteAsync(before, cancel);
                if (data is not null)
                {
                    await File.WriteAllTextAsync(Path.Combine(data, ScriptFile), before, cancel);
                }
            }
        }
        catch (LaminarSqlException error)
        {
            error.Errors.Where(e => e.IsError).ToList().ForEach(e => Console.Error.WriteLine(Scripts.Line(file, e)));
            return ExitCodes.Wrong;
        }

        foreach (SqlError warning in quiet ? [] : results.Warnings)
        {
            await Console.Error.WriteLineAsync(Scripts.Line(file, warning));
        }

        foreach (Apache.Arrow.RecordBatch batch in results.Batches)
        {
            BatchPrinter.Print(batch, format, Console.Out);
        }

        using (quiet ? null : new Progress(db))
        {
            await db.WaitForCompletionAsync(cancel);
        }

        if (after.Trim().Length > 0)
        {
            foreach (Apache.Arrow.RecordBatch batch in (await db.ExecuteAsync(after, cancel)).Batches)
            {
                BatchPrinter.Print(batch, format, Console.Out);
            }
        }

        return ExitCodes.Done;
    }

    /// <exception cref="LaminarException">The folder holds what another script has made.</exception>
    private static async Task CheckSameAsync(string script, string data, CancellationToken cancel)
    {
        string saved = Path.Combine(data, ScriptFile);
        if (File.Exists(saved) && await File.ReadAllTextAsync(saved, cancel) != script)
        {
            throw new LaminarException($"{data} holds the state of another script ({saved}); give this one a folder of its own, or run that one.");
        }
    }

    /// <summary>A data directory that holds something goes on with that: the script made it in an earlier run.</summary>
    private static async Task<bool> HasObjectsAsync(LaminarDatabase db) => (await db.QueryAsync("SHOW SOURCES")).Length > 0;
}
