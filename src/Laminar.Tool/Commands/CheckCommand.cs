using System.CommandLine;
using System.Text.RegularExpressions;

namespace Laminar.Tool.Commands;

/// <summary><c>laminar check</c>: what is wrong with scripts.</summary>
internal static partial class CheckCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("scripts") { Description = "Scripts; - is stdin.", Arity = ArgumentArity.OneOrMore };
        Option<bool> warnings = new("--warnings-as-errors") { Description = "Exit code 1 for warnings too." };
        Command command = new("check", """
            Checks scripts without running them. Prints file:line:column: error LAMnnnn: message; exit code 1 when something is wrong.

              laminar check pipeline.sql
              laminar check queries/*.sql --warnings-as-errors
            """)
        {
            files, warnings,
        };
        command.SetAction((parsed, cancel) => ExitCodes.Of(() => CheckAsync(parsed.GetValue(files)!, parsed.GetValue(warnings), cancel)));
        return command;
    }

    private static async Task<int> CheckAsync(string[] files, bool warningsCount, CancellationToken cancel)
    {
        int code = ExitCodes.Done;
        foreach (string file in files)
        {
            string sql = await Scripts.ReadAsync(file, cancel);
            var options = new LaminarDatabaseOptions();
            foreach (Match variable in Variable().Matches(sql).Where(v => Environment.GetEnvironmentVariable(v.Groups[1].Value) is null))
            {
                // Its value is a matter of the run.
                options.Variables[variable.Groups[1].Value] = "0";
            }

            await using LaminarDatabase db = LaminarDatabase.Open(options);
            foreach (SqlError found in db.Check(sql))
            {
                await Console.Out.WriteLineAsync(Scripts.Line(file, found));
                code = found.IsError || warningsCount ? ExitCodes.Wrong : code;
            }
        }

        if (code != ExitCodes.Done)
        {
            await Console.Error.WriteLineAsync("laminar rule ID explains what a rule is about.");
        }

        return code;
    }

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();
}
