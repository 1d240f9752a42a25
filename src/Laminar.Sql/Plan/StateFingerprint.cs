using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Sql.Plan;

/// <summary>
/// Identifies the layout of a query's saved state: what is read, window shape, key expressions and types, aggregates with their arguments.
/// What is computed from the state afterwards (HAVING, projection, output names) isn't part of it, so such edits restore old snapshots; nor is WHERE,
/// which only decides what comes in from now on.
/// </summary>
public static class StateFingerprint
{
    /// <summary>The <see cref="StableHash"/> of a canonical text; <c>0000000000000000</c> for a query without state.</summary>
    public static string Of(QueryPlan plan)
    {
        string layout = Layout(plan);
        return layout.Length == 0 ? "0000000000000000" : StableHash.Of(layout);
    }

    /// <summary>The canonical text that is hashed, for messages that say what changed; empty for a query without state.</summary>
    public static string Layout(QueryPlan plan) => Layout(plan, false);

    /// <param name="plan">The query.</param>
    /// <param name="feedsState">What reads it keeps state, which is made of what it computes.</param>
    private static string Layout(QueryPlan plan, bool feedsState)
    {
        var parts = new List<string>();
        foreach (PlanNode node in plan.Root.DownToScan())
        {
            switch (node)
            {
                case WindowAggregateNode aggregate:
                    parts.Add(Of(aggregate));
                    break;
                case OverNode over:
                    parts.Add(Of(over));
                    break;
                case ProjectNode project when feedsState || parts.Count > 0:
                    // What groups are made of.
                    parts.Add("of " + string.Join(",", project.Expressions.Select(Value)));
                    break;
                case UnnestNode unnest when feedsState || parts.Count > 0:
                    parts.Add("unnest " + Value(unnest.Values));
                    break;
                case LookupJoinNode lookup when feedsState || parts.Count > 0:
                    parts.Add("lookup " + PlanText.Lookup(lookup));
                    break;
                case WindowAssignNode assign when feedsState || parts.Count > 0:
                    parts.Add("windows " + PlanText.Window(assign.Window));
                    break;
                case ExpandNode expand when feedsState || parts.Count > 0:
                    parts.Add("sets " + string.Join(",", expand.Sets));
                    break;
            }
        }

        // Half a step waits for the other.
        if (plan.Scan is { Inner.Count: 0, Relation: { Kind: RelationKind.Source, IsUpdating: true } source })
        {
            parts.Add("steps of " + string.Join(",", source.Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? "?" : string.Empty)}")));
        }

        // What takes rows back is kept otherwise.
        else if (parts.Count > 0 && plan.Scan.Relation.IsUpdating)
        {
            parts.Add("of changes");
        }

        IReadOnlyList<InnerQuery> inner = plan.Scan.Inner;
        if (plan.Scan.Join is not null)
        {
            // Side by side: rows of both went through one input before, which saved more.
            parts.Add(PlanText.Join(plan.Scan) + " side by side of " + string.Join(",", plan.Scan.Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? "?" : string.Empty)}")));
        }

        string[] below = inner.Select(i => Layout(i.Plan, feedsState || parts.Count > 0)).ToArray();
        if (inner.Count > 0 && (parts.Count > 0 || below.Any(b => b.Length > 0)))
        {
            return string.Join("|", parts.Concat(below.Select((b, i) => $"from ({(b.Length > 0 ? b : inner[i].Plan.Scan.Relation.Name)})")));
        }

        return parts.Count == 0 ? string.Empty : string.Join("|", parts) + "|from " + SqlName.Fold(plan.Input.Name);
    }

    private static string Of(WindowAggregateNode node)
    {
        WindowSpec window = node.Window;
        string shape = string.Join(
            ",",
            new[] { window.Size, window.Slide, window.Origin, window.UnitsPerMillisecond }.Select(v => v.ToString(CultureInfo.InvariantCulture)))
            + (window.Kind == WindowKind.Cumulate || window.Calendar is not null ? "," + PlanText.Window(window) : string.Empty);
        string keys = string.Join(",", node.Keys.Select(Value));
        string aggregates = string.Join(
            ",",
            node.Aggregates.Select(a => $"{Kind(a)}({(a.Arguments.Count == 0 ? "*" : string.Join(" ", a.Arguments.Select(Value)))}{Order(a)}{(a.Filter is null ? string.Empty : " if " + Value(a.Filter))}){a.Type}"));
        string kind = window.Kind == WindowKind.Session ? "session " : string.Empty;
        return $"window {kind}{shape} of {Value(window.Time)} keys {keys} aggregates {aggregates} {node.Emit}" + (node.Lateness == 0 ? string.Empty : $" late {node.Lateness}") + (node.EmitInterval == 0 ? string.Empty : $" every {node.EmitInterval}") + (node.StateTtl == 0 ? string.Empty : $" kept {node.StateTtl}") + (node.Closes is null ? string.Empty : " closes");
    }

    private static string Of(OverNode node) =>
        $"{PlanText.Over(node)}{(node.StateTtl == 0 ? string.Empty : $" kept {node.StateTtl}")} over {string.Join(",", node.Input.Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? "?" : string.Empty)}"))}";

    // COUNT(*) is saved as the count of rows, whatever else counts them.
    private static string Kind(BoundAggregate aggregate) =>
        SqlName.ToPascalCase(aggregate.Function.Name.ToLowerInvariant()) + (aggregate.Arguments.Count == 0 ? "Rows" : aggregate.Distinct ? "Distinct" : string.Empty)
        + (aggregate.Function.Clr is { } clr ? $" {clr.Type} {{{clr.Layout}}}" : string.Empty);

    // What differs in the state only: constants of results aren't part of it, but how many values are kept.
    private static string Order(BoundAggregate aggregate) =>
        (aggregate.OrderBy.Count == 0 ? string.Empty : " by " + string.Join(" ", aggregate.OrderBy.Select(o => PlanText.Order(o) + " " + Value(o.Key))))
        + (aggregate.Function.TakesNull && !aggregate.TakesNull ? " ignore nulls" : string.Empty)
        + (aggregate.Constant is int most ? " most " + most.ToString(CultureInfo.InvariantCulture) : string.Empty);

    private static string Value(Binding.BoundExpression expression) => $"{ExpressionPrinter.Print(expression)} {expression.Type}{(expression.Nullable ? "?" : string.Empty)}";
}
