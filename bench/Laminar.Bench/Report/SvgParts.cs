using System.Globalization;
using System.Net;
using System.Text;

namespace Laminar.Bench.Report;

/// <summary>What the charts are made of.</summary>
public static class SvgParts
{
    /// <summary>The picture, its background, its title and what is said below that.</summary>
    public static void Begin(StringBuilder svg, int width, int height, string title, string below)
    {
        svg.AppendLine(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#222\">"));
        svg.AppendLine(Invariant($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>"));
        svg.AppendLine($"<text x=\"24\" y=\"32\" font-size=\"19\" font-weight=\"600\">{Escape(title)}</text>");
        svg.AppendLine($"<text x=\"24\" y=\"52\" font-size=\"11\" fill=\"#666\">{Escape(below)}</text>");
    }

    /// <summary>Round or square, with a text for who points at it.</summary>
    public static void Dot(StringBuilder svg, double x, int y, string colour, bool isRound, string title)
    {
        string shape = isRound
            ? Invariant($"<circle cx=\"{x:F1}\" cy=\"{y}\" r=\"6\" fill=\"{colour}\" fill-opacity=\"0.85\" stroke=\"#fff\">")
            : Invariant($"<rect x=\"{x - 5.5:F1}\" y=\"{y - 5.5:F1}\" width=\"11\" height=\"11\" fill=\"{colour}\" fill-opacity=\"0.85\" stroke=\"#fff\">");
        svg.AppendLine($"{shape}<title>{Escape(title)}</title></{(isRound ? "circle" : "rect")}>");
    }

    public static void Heading(StringBuilder svg, double x, int top, string text) =>
        svg.AppendLine(Invariant($"<text x=\"{x:F1}\" y=\"{top + 14}\" font-weight=\"600\">{Escape(text)}</text>"));

    public static void Bar(StringBuilder svg, double x, int y, double width, int height, string colour) =>
        svg.AppendLine(Invariant($"<rect x=\"{x}\" y=\"{y}\" width=\"{width:F1}\" height=\"{height}\" fill=\"{colour}\"/>"));

    /// <summary>With a halo it can be read where a line crosses it.</summary>
    public static void Text(StringBuilder svg, double x, double y, string text, string anchor, int size, string colour, bool halo = false)
    {
        string outline = halo ? " stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\"" : "";
        svg.AppendLine(Invariant($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{colour}\"{outline}>{Escape(text)}</text>"));
    }

    public static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour, bool dashed = false) =>
        svg.AppendLine(Invariant($"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{colour}\"{(dashed ? " stroke-dasharray=\"4 3\"" : "")}/>"));

    /// <summary>Whole from 10 on.</summary>
    public static string Number(double value) => value.ToString(value >= 10 ? "#,0" : value >= 0.01 ? "0.##" : "0.####", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
