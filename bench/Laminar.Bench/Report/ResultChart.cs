using System.Text;

namespace Laminar.Bench.Report;

/// <summary>
/// The results as one SVG. Left: what each contender reaches, on a logarithmic axis, since they lie up to a thousandfold apart. Right: the
/// generated query against the hand-written loop, with the goal as a line. One block per unit.
/// </summary>
public static class ResultChart
{
    private const int Width = 1120;
    private const int LabelRight = 168;
    private const int AxisLeft = 184;
    private const int AxisRight = 700;
    private const int BarLeft = 772;
    private const int BarRight = 1060;
    private const int RowHeight = 34;

    private static readonly (string Contender, string Colour)[] Colours =
    [
        ("generated", "#0072B2"), ("connector", "#56B4E9"), ("hand-written", "#E69F00"), ("interpreter", "#009E73"), ("DuckDB", "#CC79A7"), ("Reactive", "#888888"),
    ];

    public static string Of(Results results)
    {
        var body = new StringBuilder();
        int y = 92;
        Measurement[] compared = [.. results.Measurements.GroupBy(m => m.Workload).Where(w => w.Any(m => m.Contender == "generated")).SelectMany(w => w)];
        foreach (IGrouping<string, Measurement> unit in compared.GroupBy(m => m.Unit))
        {
            y = Block(body, y, unit, results.AllRatios);
        }

        y = Rest(body, y, [.. results.AllRatios.Where(r => compared.All(m => m.Workload != r.Workload) && r.Workload != "geometric mean")]);
        var svg = new StringBuilder();
        SvgParts.Begin(svg, Width, y + 12, "Generated streaming SQL against other ways to compute the same", Machine.Current.ToString());
        Legend(svg, [.. compared.Select(m => m.Contender).Distinct()]);
        return svg.Append(body).AppendLine("</svg>").ToString();
    }

    private static int Block(StringBuilder svg, int top, IGrouping<string, Measurement> unit, IReadOnlyList<Ratio> ratios)
    {
        string[] workloads = [.. unit.Select(m => m.Workload).Distinct()];
        int bottom = top + 34 + (workloads.Length * RowHeight);
        double low = Math.Floor(Math.Log10(unit.Min(m => m.Rate)));
        double high = Math.Ceiling(Math.Log10(unit.Max(m => m.Rate)));
        high = Math.Max(high, low + 1);
        double Place(double rate) => AxisLeft + ((Math.Log10(rate) - low) / (high - low) * (AxisRight - AxisLeft));

        SvgParts.Heading(svg, AxisLeft, top, unit.Key == "MB/s" ? "Decoding and a query: MB/s of input" : "Million rows per second, one thread");
        for (double power = low; power <= high; power++)
        {
            double x = Place(Math.Pow(10, power));
            SvgParts.Line(svg, x, top + 26, x, bottom, "#ddd");
            SvgParts.Text(svg, x, bottom + 15, SvgParts.Number(Math.Pow(10, power)), "middle", 11, "#666");
        }

        double most = Math.Max(1.25, workloads.Max(w => Against(ratios, w)?.Value ?? 0) * 1.05);
        double Bar(double ratio) => BarLeft + (ratio / most * (BarRight - BarLeft));
        SvgParts.Heading(svg, BarLeft, top, unit.Key == "MB/s" ? "Generated / hand-written" : "Generated / hand-written, better layout");
        SvgParts.Line(svg, Bar(1), top + 26, Bar(1), bottom, "#999");
        SvgParts.Text(svg, Bar(1), bottom + 15, "1", "middle", 11, "#666");
        double goal = Against(ratios, workloads[0])?.Goal ?? 0;
        if (goal > 0)
        {
            SvgParts.Line(svg, Bar(goal), top + 26, Bar(goal), bottom, "#c00", dashed: true);
            SvgParts.Text(svg, Bar(goal), bottom + 15, "goal " + SvgParts.Number(goal), "end", 11, "#c00");
        }

        for (int i = 0; i < workloads.Length; i++)
        {
            int y = top + 34 + (i * RowHeight) + (RowHeight / 2);
            Measurement[] row = [.. unit.Where(m => m.Workload == workloads[i])];
            SvgParts.Text(svg, LabelRight, y + 4, workloads[i], "end", 13, "#222");
            SvgParts.Line(svg, Place(row.Min(m => m.Rate)), y, Place(row.Max(m => m.Rate)), y, "#ccc");

            // Generated last, so that it lies on top.
            foreach (Measurement m in row.OrderBy(m => m.Contender == "generated"))
            {
                SvgParts.Dot(svg, Place(m.Rate), y, Colour(m.Contender), m.Input is "rows" or "bytes", $"{m.Workload}, {m.Column}: {SvgParts.Number(m.Rate)} {m.Unit}");
            }

            if (Against(ratios, workloads[i]) is { } ratio)
            {
                SvgParts.Bar(svg, BarLeft, y - 8, Bar(ratio.Value) - BarLeft, 16, ratio.IsReached ? "#0072B2" : "#D55E00");
                SvgParts.Text(svg, Bar(ratio.Value) + 5, y + 4, SvgParts.Number(ratio.Value), "start", 12, "#222", halo: true);
            }
        }

        return bottom + 44;
    }

    /// <summary>Ratios of no generated contender: cores, checkpoints.</summary>
    private static int Rest(StringBuilder svg, int top, Ratio[] ratios)
    {
        if (ratios.Length == 0)
        {
            return top;
        }

        SvgParts.Heading(svg, AxisLeft, top, "Through the runtime: ratio to the plain run");
        double most = Math.Max(2, ratios.Max(r => Math.Max(r.Value, r.Goal)) * 1.05);
        double Bar(double ratio) => AxisLeft + (ratio / most * (AxisRight - AxisLeft));
        for (int i = 0; i < ratios.Length; i++)
        {
            int y = top + 34 + (i * RowHeight) + (RowHeight / 2);
            Ratio ratio = ratios[i];
            SvgParts.Text(svg, LabelRight, y + 4, ratio.Workload, "end", 13, "#222");
            SvgParts.Bar(svg, AxisLeft, y - 8, Bar(ratio.Value) - AxisLeft, 16, ratio.IsReached ? "#0072B2" : "#D55E00");
            SvgParts.Line(svg, Bar(ratio.Goal), y - 13, Bar(ratio.Goal), y + 13, "#c00", dashed: true);
            SvgParts.Text(svg, AxisRight + 12, y + 4, $"{ratio.What}: {SvgParts.Number(ratio.Value)} (goal {SvgParts.Number(ratio.Goal)})", "start", 12, "#222");
        }

        return top + 34 + (ratios.Length * RowHeight) + 12;
    }

    private static Ratio? Against(IReadOnlyList<Ratio> ratios, string workload) =>
        ratios.FirstOrDefault(r => r.Workload == workload && r.What == "generated / hand-written (best)")
        ?? ratios.FirstOrDefault(r => r.Workload == workload && r.What.StartsWith("generated / hand-written", StringComparison.Ordinal));

    /// <summary>A colour for each contender, a shape for what it reads.</summary>
    private static void Legend(StringBuilder svg, string[] contenders)
    {
        int x = AxisLeft + 6;
        foreach (string contender in contenders)
        {
            SvgParts.Dot(svg, x, 74, Colour(contender), isRound: true, contender);
            SvgParts.Text(svg, x + 11, 78, contender, "start", 12, "#222");
            x += 36 + (contender.Length * 8);
        }

        SvgParts.Text(svg, x + 8, 78, "● rows or bytes   ■ columns or a file", "start", 12, "#666");
    }

    private static string Colour(string contender) => Colours.FirstOrDefault(c => c.Contender == contender).Colour ?? "#444";
}
