using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>
/// The first rows in any order: the condition that says how many they are is what they are made by, and is asked no more; the query that only takes columns of them makes them itself.
/// </summary>
internal static class FirstRows
{
    public static QueryPlan Apply(QueryPlan plan, DiagnosticBag diagnostics)
    {
        plan = Fused(plan);
        if (plan.Scan.Relation.IsUpdating)
        {
            plan = plan with { Root = Numbered(plan.Root) };
        }

        ScanNode scan = plan.Scan;
        if (plan.Root.DownToScan().OfType<OverNode>().FirstOrDefault(o => o is { Release: OverRelease.Changes, Take: long.MaxValue }) is { } endless)
        {
            diagnostics.Report(SqlRules.OverWithoutEnd, endless.Span, endless.Functions[0].Name, $"keep the first rows only, as in QUALIFY {endless.Functions[0].Name}() OVER (...) <= 3, order by the event time first, or put window_start into PARTITION BY");
        }

        return plan with { Root = PlanNodes.Over(plan.Root, scan with { Inner = scan.Inner.Select(i => i with { Plan = Apply(i.Plan, diagnostics) }).ToArray() }) };
    }

    /// <summary>Of rows that change all are numbered where no condition says how many.</summary>
    private static PlanNode Numbered(PlanNode node) => node switch
    {
        OverNode { Release: OverRelease.Changes, Take: long.MaxValue, Functions.Count: > 0 } over => over with { Release = OverRelease.Steps },
        ScanNode => node,
        _ => PlanNodes.Upon(node, Numbered(node.Below!)),
    };

    private static QueryPlan Fused(QueryPlan plan)
    {
        if (plan.Root is ProjectNode project && plan.Scan is { Inner: [{ Plan: { Root: ProjectNode { Input: OverNode { Release: OverRelease.Changes } over } inner } below }], Join: null } scan
            && project.Expressions.All(e => e is BoundColumn) && inner.Expressions.All(e => e is BoundColumn)
            && (ReferenceEquals(project.Input, scan) || (project.Input is FilterNode filter && ReferenceEquals(filter.Input, scan) && IsImplied(filter.Predicate, inner, over))))
        {
            BoundExpression[] composed = project.Expressions.Select(e => inner.Expressions[((BoundColumn)e).Ordinal]).ToArray();
            return Fused(plan with { Root = project with { Input = over, Expressions = composed }, Input = below.Scan.Relation });
        }

        return Unnumbered(plan);
    }

    /// <summary>Computes with the first rows without asking for their numbers: those needn't be kept right then.</summary>
    private static QueryPlan Unnumbered(QueryPlan plan)
    {
        if (plan.Root is not ProjectNode { Input: FilterNode { Input: ScanNode { Join: null, Inner: [{ Plan: { Root: ProjectNode { Input: OverNode { Release: OverRelease.Changes } over } inner } } below] } scan } filter } project
            || !IsImplied(filter.Predicate, inner, over))
        {
            return plan;
        }

        int number = inner.Expressions.ToList().FindIndex(e => e is BoundColumn c && c.Ordinal == over.Input.Columns.Count);
        if (project.Expressions.Any(e => e.DescendantsAndSelf().Any(x => x is BoundColumn c && c.Ordinal == number)) || inner.Columns.Count == 1)
        {
            return plan;
        }

        T[] Without<T>(System.Collections.Generic.IReadOnlyList<T> all) => all.Where((_, i) => i != number).ToArray();
        BoundExpression Moved(BoundExpression e) => e is BoundColumn column ? column with { Ordinal = column.Ordinal > number ? column.Ordinal - 1 : column.Ordinal } : ExpressionRewriter.Children(e, Moved);
        ProjectNode unnumbered = inner with { Expressions = Without(inner.Expressions), Columns = Without(inner.Columns) };
        Catalog.Relation relation = scan.Relation with { Columns = Without(scan.Relation.Columns) };
        var smaller = new ScanNode(relation, Without(scan.Columns)) { Inner = [below with { Plan = below.Plan with { Root = unnumbered } }] };
        return plan with { Input = relation, Root = project with { Input = smaller, Expressions = project.Expressions.Select(Moved).ToArray() } };
    }

    private static bool IsImplied(BoundExpression predicate, ProjectNode inner, OverNode over) => over is { Functions.Count: 1, Take: < long.MaxValue }
        && inner.Expressions.ToList().FindIndex(e => e is BoundColumn c && c.Ordinal == over.Input.Columns.Count) is var number and >= 0
        && TopRows.IsImplied(predicate, number, over.Take);
}
