using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Plan;

/// <summary>A plan as a Mermaid flowchart, source on the left.</summary>
public static class PlanGraph
{
    /// <summary>One node per plan node, the output last; lines end with <c>\n</c>.</summary>
    public static string Mermaid(QueryPlan plan)
    {
        var nodes = new StringBuilder();
        var edges = new StringBuilder();
        int count = 0;
        string last = Write(plan, nodes, edges, ref count);
        string output = (plan.IsUpdating ? "changelog" : "append-only") + ": " + string.Join(", ", plan.Columns.Select(c => c.Name));
        string id = Id(count);
        nodes.Append("    ").Append(id).Append("([\"").Append(Escape(output)).Append("\"])\n");
        edges.Append("    ").Append(last).Append(" --> ").Append(id).Append('\n');
        return "flowchart LR\n" + nodes + edges;
    }

    /// <summary>The same in Graphviz's language (DOT).</summary>
    public static string Dot(QueryPlan plan) => DotText.Of(Mermaid(plan));

    /// <returns>The topmost node.</returns>
    private static string Write(QueryPlan plan, StringBuilder nodes, StringBuilder edges, ref int count)
    {
        var from = new List<string>();
        foreach (InnerQuery inner in plan.Scan.Inner)
        {
            from.Add(Write(inner.Plan, nodes, edges, ref count));
        }

        IEnumerable<PlanNode> chain = plan.Root.DownToScan().Reverse().Where(n => n is not ScanNode { Inner.Count: > 0, Join: null });
        foreach (PlanNode node in chain)
        {
            string id = Id(count++);
            nodes.Append("    ").Append(id).Append(Shape(node)).Append('\n');
            foreach (string below in from)
            {
                edges.Append("    ").Append(below).Append(" --> ").Append(id).Append('\n');
            }

            from = [id];
        }

        return from[0];
    }

    private static string Shape(PlanNode node) => node switch
    {
        ScanNode { Join: not null } joined => $"[[\"{Escape(PlanText.Join(joined))}\"]]",
        ScanNode { Relation.Kind: RelationKind.OneRow } => "[(\"one row\")]",
        ScanNode scan => $"[(\"{Escape(scan.Relation.Name)}<br/>watermark: {Escape(PlanText.Watermark(scan.Relation))}\")]",
        FilterNode filter => $"{{{{\"{Escape("filter " + ExpressionPrinter.Print(filter.Predicate))}\"}}}}",
        ProjectNode project => $"[\"{Escape("project " + PlanText.Expressions(project.Expressions))}\"]",
        UnnestNode unnest => $"[\"{Escape(PlanText.Unnest(unnest))}\"]",
        LookupJoinNode lookup => $"[[\"{Escape(PlanText.Lookup(lookup))}\"]]",
        WindowAssignNode assign => $"[\"{Escape(PlanText.Window(assign.Window))}\"]",
        ExpandNode expand => $"[\"{Escape("once for each of " + string.Join(", ", expand.Sets))}\"]",
        OverNode over => $"[[\"{Escape(PlanText.Over(over))}\"]]",
        WindowAggregateNode aggregate =>
            $"[[\"{Escape(PlanText.Window(aggregate.Window))}<br/>by {Escape(aggregate.Keys.Count == 0 ? "nothing" : PlanText.Expressions(aggregate.Keys))}"
            + $"<br/>{Escape(string.Join(", ", aggregate.Aggregates.Select(PlanText.Aggregate)))}<br/>{PlanText.Emit(aggregate)}\"]]",
        _ => "[\"?\"]",
    };

    private static string Id(int index) => "n" + index.ToString(CultureInfo.InvariantCulture);

    // Mermaid reads entities inside quoted labels.
    private static string Escape(string text) => text.Replace("&", "#amp;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;").Replace("\n", " ");
}
