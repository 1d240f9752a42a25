using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Laminar.Sql.Plan;

/// <summary>A flowchart of <see cref="PlanGraph.Mermaid"/> in Graphviz's language: what a node is lies in its brackets, so both say the same.</summary>
internal static class DotText
{
    private static readonly (string Open, string Close, string Shape)[] Shapes =
    {
        ("[(\"", "\")]", "cylinder"), ("([\"", "\"])", "oval"), ("[[\"", "\"]]", "box3d"), ("{{\"", "\"}}", "hexagon"), ("[\"", "\"]", "box"),
    };

    public static string Of(string mermaid)
    {
        var dot = new StringBuilder("digraph plan {\n    rankdir=LR;\n");
        foreach (string line in mermaid.Split('\n').Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            int arrow = line.IndexOf(" --> ", StringComparison.Ordinal);
            dot.Append("    ").Append(arrow > 0 && line.IndexOf('"') < 0 ? line.Substring(0, arrow) + " -> " + line.Substring(arrow + 5) : Node(line)).Append(";\n");
        }

        return dot.Append("}\n").ToString();
    }

    private static string Node(string line)
    {
        int end = line.IndexOfAny(new[] { '[', '(', '{' });
        (string open, string close, string shape) = Shapes.First(s => string.CompareOrdinal(line, end, s.Open, 0, s.Open.Length) == 0);
        string label = line.Substring(end + open.Length, line.Length - end - open.Length - close.Length);
        return string.Format(CultureInfo.InvariantCulture, "{0} [shape={1}, label=\"{2}\"]", line.Substring(0, end), shape, Unescape(label));
    }

    private static string Unescape(string label) => label.Replace("\\", "\\\\").Replace("<br/>", "\\n")
        .Replace("#quot;", "\\\"").Replace("#lt;", "<").Replace("#gt;", ">").Replace("#amp;", "&");
}
