using System.Linq;
using System.Text;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Plan;

/// <summary>A plan as indented text, the output first and the source last.</summary>
public static class PlanPrinter
{
    /// <summary>
    /// One line per node and per detail, each ended with <c>\n</c>: whether the output only grows, its event time, then the nodes with their
    /// windows, keys, aggregates, rough state size, and the watermark of the source.
    /// </summary>
    public static string Print(QueryPlan plan)
    {
        var text = new StringBuilder();
        string[] time = plan.Columns.Where(c => c.EventTimeLag is not null).Select(c => c.Name).ToArray();
        Line(text, 0, (plan.IsUpdating ? "Output: changelog" : "Output: append-only") + (time.Length == 0 ? string.Empty : ", event time " + string.Join(", ", time)));
        if (ResultKey.Of(plan) is { } key)
        {
            string columns = key.Columns.Count == 0 ? "one row" : "key " + string.Join(", ", key.Columns.Select(c => plan.Columns[c].Name));
            Line(text, 2, columns + (key.IsUnique ? string.Empty : ", of several rows"));
        }

        if (plan.Errors is { } errors)
        {
            Line(text, 2, $"errors behind groups, or in rows of other queries: {errors}");
        }

        if (plan.LateTo is { } late)
        {
            Line(text, 2, $"late rows of {plan.Input.Name}: to {late}");
        }

        Write(text, plan.Root, 1);
        return text.ToString();
    }

    private static void Write(StringBuilder text, PlanNode node, int depth)
    {
        switch (node)
        {
            case ProjectNode project:
                Line(text, depth, "Project");
                for (int i = 0; i < project.Expressions.Count; i++)
                {
                    Line(text, depth + 2, $"{PlanText.Column(project.Columns[i])} = {ExpressionPrinter.Print(project.Expressions[i])}");
                }

                Write(text, project.Input, depth + 1);
                break;
            case FilterNode filter:
                Line(text, depth, "Filter " + ExpressionPrinter.Print(filter.Predicate));
                Write(text, filter.Input, depth + 1);
                break;
            case UnnestNode unnest:
                Line(text, depth, PlanText.Unnest(unnest));
                Write(text, unnest.Input, depth + 1);
                break;
            case LookupJoinNode lookup:
                Line(text, depth, PlanText.Lookup(lookup));
                Line(text, depth + 2, "table: " + string.Join(", ", lookup.Table.Columns.Select(c => PlanText.Column(new PlanColumn(c.Name, c.Type, c.Nullable)))));
                Line(text, depth + 2, "state: none; the table as it is when the row comes");
                Write(text, lookup.Input, depth + 1);
                break;
            case WindowAssignNode assign:
                Line(text, depth, "WindowAssign " + PlanText.Window(assign.Window));
                Write(text, assign.Input, depth + 1);
                break;
            case ExpandNode expand:
                Line(text, depth, "Expand: each row once for each of " + string.Join(", ", expand.Sets));
                Write(text, expand.Input, depth + 1);
                break;
            case OverNode over:
                Line(text, depth, PlanText.Over(over));
                Line(text, depth + 2, "state: " + PlanText.State(over));
                Write(text, over.Input, depth + 1);
                break;
            case WindowAggregateNode aggregate:
                Write(text, aggregate, depth);
                break;
            case ScanNode { Inner.Count: > 0 } scan:
                Line(text, depth, scan.Join is not null ? PlanText.Join(scan) : scan.Inner.Count == 1 ? "Subquery" : "UnionAll");
                if (scan.Join is not null)
                {
                    Line(text, depth + 2, "state: " + PlanText.JoinState(scan));
                }

                foreach (InnerQuery inner in scan.Inner)
                {
                    Write(text, inner.Plan.Root, depth + 1);
                }

                break;
            case ScanNode { Relation.Kind: RelationKind.OneRow }:
                Line(text, depth, "One row");
                break;
            case ScanNode scan:
                Line(text, depth, "Scan " + scan.Relation.Name);
                Line(text, depth + 2, "columns: " + string.Join(", ", scan.Columns.Select(PlanText.Column)));
                Line(text, depth + 2, "watermark: " + PlanText.Watermark(scan.Relation));
                break;
        }
    }

    private static void Write(StringBuilder text, WindowAggregateNode node, int depth)
    {
        Line(text, depth, $"WindowAggregate {PlanText.Window(node.Closes ?? node.Window)}, {PlanText.Emit(node)}");
        Line(text, depth + 2, "keys: " + (node.Keys.Count == 0 ? "none" : PlanText.Expressions(node.Keys)));
        Line(text, depth + 2, "aggregates: " + (node.Aggregates.Count == 0 ? "none" : string.Join(", ", node.Aggregates.Select(PlanText.Aggregate))));
        Line(text, depth + 2, "state: " + PlanText.State(node));
        Write(text, node.Input, depth + 1);
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}
