using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Laminar.Sql.Plan;

/// <summary>A plan as a Mermaid flowchart, source on the left.</summary>
public static class PlanGraph
{
    /// <summary>One node per plan node, the output last; lines end with <c>\n</c>.</summary>
    public static string Mermaid(QueryPlan plan)
    {
        var chain = new List<PlanNode>();
        for (PlanNode? node = plan.Root; node is not null; node = InputOf(node))
        {
            chain.Add(node);
        }

        chain.Reverse();
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < chain.Count; i++)
        {
            text.Append("    ").Append(Id(i)).Append(Shape(chain[i])).Append('\n');
        }

        string output = (plan.IsUpdating ? "changelog" : "append-only") + ": " + string.Join(", ", plan.Columns.Select(c => c.Name));
        text.Append("    ").Append(Id(chain.Count)).Append("([\"").Append(Escape(output)).Append("\"])\n");
        for (int i = 0; i < chain.Count; i++)
        {
            text.Append("    ").Append(Id(i)).Append(" --> ").Append(Id(i + 1)).Append('\n');
        }

        return text.ToString();
    }

    private static PlanNode? InputOf(PlanNode node) => node switch
    {
        ProjectNode project => project.Input,
        FilterNode filter => filter.Input,
        UnnestNode unnest => unnest.Input,
        WindowAssignNode assign => assign.Input,
        ExpandNode expand => expand.Input,
        WindowAggregateNode aggregate => aggregate.Input,
        _ => null,
    };

    private static string Shape(PlanNode node) => node switch
    {
        ScanNode scan => $"[(\"{Escape(scan.Relation.Name)}<br/>watermark: {Escape(PlanText.Watermark(scan.Relation))}\")]",
        FilterNode filter => $"{{{{\"{Escape("filter " + ExpressionPrinter.Print(filter.Predicate))}\"}}}}",
        ProjectNode project => $"[\"{Escape("project " + PlanText.Expressions(project.Expressions))}\"]",
        UnnestNode unnest => $"[\"{Escape(PlanText.Unnest(unnest))}\"]",
        WindowAssignNode assign => $"[\"{Escape(PlanText.Window(assign.Window))}\"]",
        ExpandNode expand => $"[\"{Escape("once for each of " + string.Join(", ", expand.Sets))}\"]",
        WindowAggregateNode aggregate =>
            $"[[\"{Escape(PlanText.Window(aggregate.Window))}<br/>by {Escape(aggregate.Keys.Count == 0 ? "nothing" : PlanText.Expressions(aggregate.Keys))}"
            + $"<br/>{Escape(string.Join(", ", aggregate.Aggregates.Select(PlanText.Aggregate)))}<br/>{PlanText.Emit(aggregate)}\"]]",
        _ => "[\"?\"]",
    };

    private static string Id(int index) => "n" + index.ToString(CultureInfo.InvariantCulture);

    // Mermaid reads entities inside quoted labels.
    private static string Escape(string text) => text.Replace("&", "#amp;").Replace("\"", "#quot;").Replace("<", "#lt;").Replace(">", "#gt;").Replace("\n", " ");
}
