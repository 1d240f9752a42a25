using System.Globalization;
using System.Net;
using System.Text;

namespace Flights.Report;

/// <summary>Just enough SVG for four charts. Coordinates are in the viewBox's units.</summary>
internal sealed class Svg(double width, double height, string label)
{
    private readonly StringBuilder _body = new();

    /// <summary>Early is blue, on time is pale, two hours late is deep red.</summary>
    public static string DelayColour(double minutes)
    {
        double t = Math.Clamp(minutes / 45, -1, 1);
        (double R, double G, double B) pale = (247, 244, 236);
        (double R, double G, double B) end = t < 0 ? (58, 124, 165) : (178, 34, 52);
        double s = Math.Abs(t);
        return string.Create(CultureInfo.InvariantCulture, $"rgb({pale.R + ((end.R - pale.R) * s):F0},{pale.G + ((end.G - pale.G) * s):F0},{pale.B + ((end.B - pale.B) * s):F0})");
    }

    public Svg Rect(double x, double y, double w, double h, string fill, string? tip = null, double opacity = 1) =>
        Add($"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{w:F1}\" height=\"{h:F1}\" fill=\"{fill}\" fill-opacity=\"{opacity:F2}\">{Tip(tip)}</rect>");

    public Svg Circle(double x, double y, double r, string fill, string? tip = null, double opacity = 1) =>
        Add($"<circle cx=\"{x:F1}\" cy=\"{y:F1}\" r=\"{r:F1}\" fill=\"{fill}\" fill-opacity=\"{opacity:F2}\">{Tip(tip)}</circle>");

    public Svg Line(double x1, double y1, double x2, double y2, string stroke, double width = 1) =>
        Add($"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{stroke}\" stroke-width=\"{width:F1}\"/>");

    public Svg Path(IEnumerable<(double X, double Y)> points, string stroke) =>
        Add($"<polyline fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:F1},{p.Y:F1}")))}\"/>");

    public Svg Text(double x, double y, string text, string anchor = "start", bool strong = false) =>
        Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\"{(strong ? " class=\"strong\"" : "")}>{WebUtility.HtmlEncode(text)}</text>");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {width:F0} {height:F0}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n{_body}</svg>");

    private static string Tip(string? tip) => tip is null ? "" : $"<title>{WebUtility.HtmlEncode(tip)}</title>";

    private Svg Add(FormattableString element)
    {
        _body.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }
}
