using System.CommandLine;
using System.Text.Json;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Tool.Compiling;

namespace Laminar.Tool.Commands;

/// <summary>How a plan is written.</summary>
internal enum PlanFormat
{
    /// <summary>Indented text.</summary>
    Text,

    /// <summary>A Mermaid flowchart.</summary>
    Mermaid,

    /// <summary>Graphviz.</summary>
    Dot,

    /// <summary>All of it, an array with an object for each query.</summary>
    Json,

    /// <summary>The C# that is generated.</summary>
    Code,
}

/// <summary><c>laminar explain</c>: what a script's queries do.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        Argument<string> file = new("script") { Description = "The script; - is stdin." };
        Option<PlanFormat> format = new("--format") { Description = "Text, a Mermaid flowchart, Graphviz, JSON, or the C# that is generated of it." };
        Command command = new("explain", """
            Prints the plan of each query of a script: how rows are filtered, grouped and joined, what state is kept and what bounds it.

              laminar explain pipeline.sql
              laminar explain pipeline.sql --format mermaid > plan.mmd
              laminar explain pipeline.sql --format dot | dot -Tsvg > plan.svg
              laminar explain pipeline.sql --format code
            """)
        {
            file, format,
        };
        command.SetAction((parsed, cancel) => ExitCodes.Of(() => ExplainAsync(parsed.GetValue(file)!, parsed.GetValue(format), cancel)));
        return command;
    }

    private static async Task<int> ExplainAsync(string file, PlanFormat format, CancellationToken cancel)
    {
        string sql = await Scripts.ReadAsync(file, cancel);
        CompiledScript script = SqlCompiler.CompileScript(sql, new DictionaryCatalog(), "global::Laminar.Database");
        if (script.Diagnostics.Any(d => d.IsError))
        {
            var map = new LineMap(sql);
            foreach (SqlDiagnostic found in script.Diagnostics.Where(d => d.IsError))
            {
                (int line, int column) = map.Locate(found.Span.Start);
                await Console.Error.WriteLineAsync($"{(file == "-" ? "stdin" : file)}:{line + 1}:{column + 1}: error {found.Rule.Id}: {found.Message}");
            }

            return ExitCodes.Wrong;
        }

        (string Name, QueryPlan Plan)[] queries =
        [
            .. script.Streams.Select(s => (s.Name, s.Plan)),
            .. script.Sinks.SelectMany(s => s.Feeds).Where(f => f.Plan is not null).Select(f => (f.Name, f.Plan!)),
        ];
        if (format == PlanFormat.Json)
        {
            await Console.Out.WriteLineAsync(Json(queries));
            return ExitCodes.Done;
        }

        foreach ((string name, QueryPlan plan) in queries)
        {
            await Console.Out.WriteLineAsync(format switch
            {
                PlanFormat.Code => $"// {name}\n{PipelineAssembly.CodeOf(sql, name)}",
                PlanFormat.Mermaid => $"%% {name}\n{PlanGraph.Mermaid(plan)}",
                PlanFormat.Dot => PlanGraph.Dot(plan).Replace("digraph plan", $"digraph \"{name}\"", StringComparison.Ordinal),
                _ => $"{name}\n{PlanPrinter.Print(plan)}",
            });
        }

        return ExitCodes.Done;
    }

    private static string Json((string Name, QueryPlan Plan)[] queries)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach ((string name, QueryPlan plan) in queries)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteBoolean("updating", plan.IsUpdating);
                json.WriteStartArray("columns");
                foreach (PlanColumn column in plan.Columns)
                {
                    json.WriteStartObject();
                    json.WriteString("name", column.Name);
                    json.WriteString("type", column.Type.ToString());
                    json.WriteBoolean("nullable", column.Nullable);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteStartArray("reads");
                foreach (string read in plan.Reads.Select(r => r.Name).Distinct())
                {
                    json.WriteStringValue(read);
                }

                json.WriteEndArray();
                json.WriteString("plan", PlanPrinter.Print(plan));
                json.WriteString("mermaid", PlanGraph.Mermaid(plan));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
