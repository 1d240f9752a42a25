using System.Text;
using Laminar.Bench.Report;

namespace Laminar.Bench.Engines;

/// <summary>The harness's results as one SVG: left what each engine reaches, right how many times as fast generated code is as the interpreter, both on logarithmic axes.</summary>
public static class EngineChart
{
    private const int Width = 1120;
    private const int LabelRight = 168;
    private const int AxisLeft = 184;
    private const int AxisRight = 660;
    private const int BarLeft = 720;
    private const int BarRight = 1060;
    private const int RowHeight = 22;

    private static readonly (string Contender, string Colour)[] Colours = [(EngineRun.Generated, "#0072B2"), (EngineRun.Interpreter, "#009E73"), (EngineRun.Graph, "#E69F00")];

    public static string Of(EngineResults results)
    {
        var body = new StringBuilder();
        double low = Math.Floor(results.Rows.Min(r => r.Measured.Min(m => Math.Log10(m.Rate))));
        double high = Math.Ceiling(results.Rows.Max(r => r.Measured.Max(m => Math.Log10(m.Rate))));
        double most = Math.Ceiling(results.Rows.Max(r => Math.Log10(Math.Max(r.OverInterpreter, 10))));
        double Place(double rate) => AxisLeft + ((Math.Log10(rate) - low) / (high - low) * (AxisRight - AxisLeft));
        double Bar(double ratio) => BarLeft + (Math.Max(0, Math.Log10(ratio)) / most * (BarRight - BarLeft));
        int y = 92;
        foreach (IGrouping<string, EngineRow> family in results.Rows.GroupBy(r => r.Family))
        {
            int bottom = y + 30 + (family.Count() * RowHeight);
            SvgParts.Heading(body, AxisLeft, y, $"{family.Key}: million rows per second, one thread");
            SvgParts.Heading(body, BarLeft, y, "Generated / interpreter, with its goal");
            for (double power = low; power <= high; power++)
            {
                SvgParts.Line(body, Place(Math.Pow(10, power)), y + 24, Place(Math.Pow(10, power)), bottom, "#ddd");
                SvgParts.Text(body, Place(Math.Pow(10, power)), bottom + 14, SvgParts.Number(Math.Pow(10, power)), "middle", 11, "#666");
            }

            for (double power = 0; power <= most; power++)
            {
                SvgParts.Line(body, Bar(Math.Pow(10, power)), y + 24, Bar(Math.Pow(10, power)), bottom, "#ddd");
                SvgParts.Text(body, Bar(Math.Pow(10, power)), bottom + 14, SvgParts.Number(Math.Pow(10, power)), "middle", 11, "#666");
            }

            y += 30;
            foreach (EngineRow row in family)
            {
                int middle = y + (RowHeight / 2);
                SvgParts.Text(body, LabelRight, middle + 4, row.Name, "end", 12, "#222");
                SvgParts.Line(body, Place(row.Measured.Min(m => m.Rate)), middle, Place(row.Measured.Max(m => m.Rate)), middle, "#ccc");
                foreach (Measurement m in row.Measured.Reverse())
                {
                    SvgParts.Dot(body, Place(m.Rate), middle, Colour(m.Contender), m.Input != "columns", $"{row.Name}, {m.Contender}: {SvgParts.Number(m.Rate)} {m.Unit}");
                }

                SvgParts.Bar(body, BarLeft, middle - 6, Bar(row.OverInterpreter) - BarLeft, 12, row.OverInterpreter >= row.Goal ? "#0072B2" : "#D55E00");
                SvgParts.Line(body, Bar(row.Goal), middle - 9, Bar(row.Goal), middle + 9, "#c00", dashed: true);
                SvgParts.Text(body, Bar(row.OverInterpreter) + 5, middle + 4, SvgParts.Number(row.OverInterpreter), "start", 11, "#222", halo: true);
                y += RowHeight;
            }

            y = bottom + 38;
        }

        var svg = new StringBuilder();
        SvgParts.Begin(svg, Width, y, "One query, three ways to run it: generated code, the interpreter, a graph of operators", Machine.Current.ToString());
        int x = AxisLeft + 6;
        foreach ((string contender, string colour) in Colours)
        {
            SvgParts.Dot(svg, x, 74, colour, contender != EngineRun.Interpreter, contender);
            SvgParts.Text(svg, x + 11, 78, contender, "start", 12, "#222");
            x += 36 + (contender.Length * 8);
        }

        SvgParts.Text(svg, x + 8, 78, "● rows   ■ columns", "start", 12, "#666");
        return svg.Append(body).AppendLine("</svg>").ToString();
    }

    private static string Colour(string contender) => Colours.First(c => c.Contender == contender).Colour;
}
