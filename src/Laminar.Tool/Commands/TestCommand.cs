using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Laminar.Tool.Logic;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar test</c>: sqllogictest files.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("files") { Description = "Files, or folders whose *.slt and *.test are run, those below them too.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> ignored = new("--ignore") { Description = "A regular expression: statements that match it aren't run, such as '^PRAGMA'.", DefaultValueFactory = _ => [] };
        Option<bool> verbose = new("--verbose") { Description = "A line for each file, those without failures too." };
        Command command = new("test", """
            Runs sqllogictest files, as SQLite and DuckDB have them: statements and queries with what they are to give, each file in a fresh database in memory.
            Prints file:line: what is wrong, and a summary; exit code 1 when something is.

              laminar test tests/sqllogictest/
              laminar test select1.test --ignore '^CREATE INDEX' --verbose

              statement ok
              CREATE TABLE t (a INTEGER, b VARCHAR)

              statement ok
              INSERT INTO t VALUES (1, 'x'), (2, NULL)

              query IT rowsort
              SELECT a, b FROM t
              ----
              1  x
              2  NULL

              statement error no column 'c'
              SELECT c FROM t
            """)
        {
            files, ignored, verbose,
        };
        command.SetAction((parsed, cancel) => ExitCodes.Of(() => TestAsync(parsed.GetValue(files)!, parsed.GetValue(ignored)!, parsed.GetValue(verbose), cancel)));
        return command;
    }

    private static async Task<int> TestAsync(string[] given, string[] ignored, bool verbose, CancellationToken cancel)
    {
        string[] files = [.. given.SelectMany(FilesOf)];
        Regex? pattern = null;
        try
        {
            pattern = ignored.Length == 0 ? null : new Regex(string.Join('|', ignored.Select(i => $"(?:{i})")), RegexOptions.IgnoreCase, TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException error)
        {
            throw new LaminarException($"--ignore isn't a regular expression: {error.Message}", error);
        }

        int passed = 0;
        int failed = 0;
        int skipped = 0;
        foreach (string file in files)
        {
            LogicReport report = await LogicRunner.RunAsync(await File.ReadAllTextAsync(file, cancel), pattern, cancel);
            passed += report.Passed;
            failed += report.Failures.Count;
            skipped += report.Skipped;
            foreach (LogicFailure failure in report.Failures)
            {
                await Console.Out.WriteLineAsync($"{file}:{failure.Line}: {failure.Message}");
            }

            if (verbose)
            {
                await Console.Out.WriteLineAsync(Counted($"{file}: {report.Passed:N0} passed, {report.Failures.Count:N0} failed, {report.Skipped:N0} skipped{(report.Ended is { } why ? $", ended by {why}" : string.Empty)}"));
            }
        }

        await Console.Out.WriteLineAsync(Counted($"{files.Length:N0} files: {passed:N0} passed, {failed:N0} failed, {skipped:N0} skipped"));
        return failed > 0 ? ExitCodes.Wrong : ExitCodes.Done;
    }

    private static string Counted(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] found = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".slt" or ".test").Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new LaminarException($"The folder {path} holds no *.slt and no *.test.");
    }
}
