using System.Globalization;
using System.Text;

namespace Laminar.Bench.Report;

/// <summary>Results as Markdown that reads as plain text too.</summary>
public static class MarkdownTable
{
    public static string Of(Results results)
    {
        var text = new StringBuilder();
        text.AppendLine("# Bench results").AppendLine().AppendLine(Machine.Current.ToString()).AppendLine();

        // One table per set of contenders, so that no table is mostly holes.
        foreach (var table in results.Measurements.GroupBy(m => m.Workload).GroupBy(w => string.Join('|', Family(w))))
        {
            string[] columns = [.. table.SelectMany(w => w).Select(m => m.Column).Distinct()];
            string unit = table.First().First().Unit;
            Write(
                text,
                [unit, .. columns],
                table.Select(w => (string[])[w.Key, .. columns.Select(c => w.FirstOrDefault(m => m.Column == c) is { } m ? Number(m.Rate) : "-")]));
        }

        text.AppendLine("Ratios: median of the ratios of runs taken in turn; above 1 the first is faster.").AppendLine();
        Write(
            text,
            ["ratio", "of", "value", "goal", ""],
            results.AllRatios.Select(r => (string[])
                [r.Workload, r.What, Number(r.Value), r.Goal > 0 ? Number(r.Goal) : "-", r.Goal == 0 ? "" : r.IsReached ? "reached" : "NOT reached"]));
        return text.ToString();
    }

    /// <summary>Workloads with a generated contender stand together; others with those that share their contenders.</summary>
    private static IEnumerable<string> Family(IEnumerable<Measurement> workload) =>
        workload.Any(m => m.Contender == "generated") ? [workload.First().Unit] : workload.Select(m => m.Column);

    /// <summary>A table; numbers to the right.</summary>
    public static void Write(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        int[] widths = [.. head.Select((_, i) => lines.Max(l => l[i].Length))];
        for (int line = 0; line < lines.Length; line++)
        {
            text.Append('|');
            for (int i = 0; i < head.Length; i++)
            {
                string cell = lines[line][i];
                text.Append(' ').Append(i == 0 || !IsNumber(lines[^1][i]) ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])).Append(" |");
            }

            text.AppendLine();
            if (line == 0)
            {
                text.Append('|').AppendJoin('|', widths.Select((w, i) => i == 0 || !IsNumber(lines[^1][i]) ? new string('-', w + 2) : new string('-', w + 1) + ":")).AppendLine("|");
            }
        }

        text.AppendLine();
    }

    private static bool IsNumber(string cell) => cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || cell == "-");

    private static string Number(double value) => value.ToString(value >= 100 ? "F0" : value >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
