using Laminar.Bench.Report;

namespace Laminar.Bench.Engines;

/// <summary>The command <c>engines</c>: generated code, the interpreter and a graph of operators side by side, query by query.</summary>
public static class EngineRun
{
    /// <summary>Rows over which results are compared before anything is timed; the interpreter's share if that is less.</summary>
    private const int CheckedRows = 100_000;

    /// <summary>Names of the contenders.</summary>
    public const string Generated = "generated";

    /// <inheritdoc cref="Generated"/>
    public const string Interpreter = "interpreter";

    /// <inheritdoc cref="Generated"/>
    public const string Graph = "operator graph";

    /// <returns>The exit code: 1 when engines disagree, 2 with <c>--gate</c> when a ratio is more than a quarter below its goal, 64 when no query is called so.</returns>
    public static int Run(BenchOptions options)
    {
        var results = new EngineResults();
        var disagreements = new List<string>();
        foreach (EngineEntry entry in new EngineCases(new EngineInputs(options.Rows)).All.Where(e => e.Name.Contains(options.Only, StringComparison.OrdinalIgnoreCase)))
        {
            EngineCase query = entry.Make();
            try
            {
                query.Check(Math.Min(query.InterpreterRows, CheckedRows));
                results.Add(query, Runner.Run(WorkloadOf(query), options.Runs));
            }
            catch (DisagreementException e)
            {
                Console.Error.WriteLine(e.Message);
                disagreements.Add(e.Message);
            }
        }

        if (results.Rows.Count == 0 && disagreements.Count == 0)
        {
            Console.Error.WriteLine($"No query has '{options.Only}' in its name; bench/README.md lists them.");
            return 64;
        }

        Console.WriteLine(results.ToMarkdown());
        if (disagreements.Count > 0)
        {
            Console.Error.WriteLine($"Engines disagree; nothing is written.\n  {string.Join("\n  ", disagreements)}");
            return 1;
        }

        if (options.Json is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Json))!);
            File.WriteAllText(options.Json, results.ToJson());
        }

        if (options.Save)
        {
            ResultsFolder.Save("engines", results.ToJson(), results.ToMarkdown(), EngineChart.Of(results));
        }

        return options.Gate && results.Rows.Any(r => r.OverInterpreter < 0.75 * r.Goal) ? 2 : 0;
    }

    // What is left of the rows is what generated code leaves of as many; that the rows themselves are the same was checked before.
    private static Workload WorkloadOf(EngineCase query) => new(query.Name, query.Sql, query.RunGenerated,
    [
        new(Generated, "rows", query.Rows, query.RunGenerated) { WarmsUp = true },
        new(Graph, "rows", query.GraphRows, query.RunGraph) { WarmsUp = true },
        new(Interpreter, "columns", query.InterpreterRows, query.RunInterpreter),
    ]);
}
