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
        ScanNode scan = plan.Scan;
        if (plan.Root.DownToScan().OfType<OverNode>().FirstOrDefault(o => o is { Release: OverRelease.Changes, Take: long.MaxValue }) is { } endless)
        {
            diagnostics.Report(SqlRules.OverWithoutEnd, endless.Span, endless.Functions[0].Name, $"keep the first rows only, as in QUALIFY {endless.Functions[0].Name}() OVER (...) <= 3, order by the event time first, or put window_start into PARTITION BY");
        }

        return plan with { Root = PlanNodes.Over(plan.Root, scan with { Inner = scan.Inner.Select(i => i with { Plan = Apply(i.Plan, diagnostics) }).ToArray() }) };
    }

    private static QueryPlan Fused(QueryPlan plan)
    {
        if (plan.Root is ProjectNode project && plan.Scan is { Inner: [{ Plan: { Root: ProjectNode { Input: OverNode { Release: OverRelease.Changes } over } inner } below }], Join: null } scan
            && project.Expressions.All(e => e is BoundColumn) && inner.Expressions.All(e => e is BoundColumn)
            && (ReferenceEquals(project.Input, scan) || (project.Input is FilterNode filter && ReferenceEquals(filter.Input, scan) && IsImplied(filter.Predicate, inner, over))))
        {
            BoundExpression[] composed = project.Expressions.Select(e => inner.Expressions[((BoundColumn)e).Ordinal]).ToArray();
            return Fused(plan with { Root = project with { Input = over, Expressions = composed }, Input = below.Scan.Relation });
        }

        return plan;
    }

    private static bool IsImplied(BoundExpression predicate, ProjectNode inner, OverNode over) => over is { Functions.Count: 1, Take: < long.MaxValue }
        && inner.Expressions.ToList().FindIndex(e => e is BoundColumn c && c.Ordinal == over.Input.Columns.Count) is var number and >= 0
        && TopRows.IsImplied(predicate, number, over.Take);
}
