using System.Globalization;
using System.Text;
using System.Text.Json;
using Laminar.Bench.Report;

namespace Laminar.Bench.Engines;

/// <summary>One query's figures.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">Nexmark, fraud or page.</param>
/// <param name="Kind">What it keeps: "join", "window", "state" or "rows".</param>
/// <param name="Measured">One per engine.</param>
public sealed record EngineRow(string Name, string Family, string Kind, IReadOnlyList<Measurement> Measured)
{
    /// <summary>How many times as fast generated code is as the interpreter.</summary>
    public double OverInterpreter => Of(EngineRun.Generated).RatioTo(Of(EngineRun.Interpreter));

    /// <summary>How many times as fast it is as the graph of operators.</summary>
    public double OverGraph => Of(EngineRun.Generated).RatioTo(Of(EngineRun.Graph));

    /// <summary>What <see cref="OverInterpreter"/> is to be at least.</summary>
    public double Goal => Kind switch { "join" => 2, "rows" => 1.5, _ => 3 };

    public Measurement Of(string contender) => Measured.First(m => m.Contender == contender);
}

/// <summary>One run of the harness.</summary>
public sealed class EngineResults
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<EngineRow> _rows = [];

    public IReadOnlyList<EngineRow> Rows => _rows;

    public void Add(EngineCase query, IReadOnlyList<Measurement> measured) => _rows.Add(new EngineRow(query.Name, query.Family, query.Kind, measured));

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            machine = Machine.Current,
            queries = _rows.Select(r => new
            {
                r.Name,
                r.Family,
                r.Kind,
                r.Goal,
                r.OverInterpreter,
                r.OverGraph,
                engines = r.Measured.Select(m => new { m.Contender, m.Input, m.Rows, m.Seconds, m.Rate, m.Unit }),
            }),
        },
        Json);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Generated, interpreted, and a graph of operators").AppendLine().AppendLine(Machine.Current.ToString()).AppendLine();
        text.AppendLine("Million rows per second of all sources together, one thread; what each engine is and how it is measured: [bench/README.md](../README.md#three-engines).").AppendLine();
        MarkdownTable.Write(
            text,
            ["query", "of", "keeps", EngineRun.Generated, EngineRun.Interpreter, EngineRun.Graph, "generated / interpreter", "goal", "", "generated / graph"],
            _rows.Select(r => (string[])
            [
                r.Name, r.Family, r.Kind, Number(r.Of(EngineRun.Generated).Rate), Number(r.Of(EngineRun.Interpreter).Rate), Number(r.Of(EngineRun.Graph).Rate),
                Number(r.OverInterpreter), Number(r.Goal), r.OverInterpreter >= r.Goal ? "reached" : "NOT reached", Number(r.OverGraph),
            ]));
        MarkdownTable.Write(
            text,
            ["geometric mean", "queries", "generated / interpreter", "generated / graph"],
            _rows.GroupBy(r => r.Kind).Select(g => (string[])[g.Key, g.Count().ToString(CultureInfo.InvariantCulture), Number(Mean(g.Select(r => r.OverInterpreter))), Number(Mean(g.Select(r => r.OverGraph)))]));
        return text.ToString();
    }

    private static double Mean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    private static string Number(double value) => value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : value >= 0.1 ? "F2" : "F4", CultureInfo.InvariantCulture);
}
