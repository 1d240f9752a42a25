using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>
/// Queries inside a query, as short as they can be: a query that only takes columns of a join, or of functions over partitions, does it itself; and a join's sides have the columns
/// that something asks for, also where what is computed of the pairs, or asked of them, is a query over the join.
/// </summary>
internal static class InnerColumns
{
    public static QueryPlan Apply(QueryPlan plan)
    {
        plan = Narrowed(Fused(plan));
        ScanNode scan = plan.Scan;
        if (scan.Inner.Count == 0)
        {
            return plan;
        }

        if (scan.Join is not null && plan.Root is ProjectNode project && ReferenceEquals(project.Input, scan))
        {
            (plan, scan) = Pruned(project, scan, plan);
        }

        InnerQuery[] inner = scan.Inner.Select(i => i with { Plan = Apply(i.Plan) }).ToArray();
        return plan with { Root = PlanNodes.Over(plan.Root, scan with { Inner = inner }) };
    }

    private static QueryPlan Fused(QueryPlan plan)
    {
        while (plan.Root is ProjectNode { Input: ScanNode { Inner: [{ Plan: { Root: ProjectNode inner } below }], Join: null } } project
            && inner.Input is OverNode or ScanNode { Join: not null }
            && project.Expressions.All(e => e is BoundColumn) && inner.Expressions.All(e => e is BoundColumn))
        {
            BoundExpression[] composed = project.Expressions.Select(e => inner.Expressions[((BoundColumn)e).Ordinal]).ToArray();
            plan = plan with { Root = project with { Input = inner.Input, Expressions = composed }, Input = below.Scan.Relation };
        }

        return plan;
    }

    /// <summary>Of the join in the query below, the columns that are read.</summary>
    private static QueryPlan Narrowed(QueryPlan plan)
    {
        if (plan.LateTo is not null || plan.Root is not ProjectNode root
            || plan.Scan is not { Inner: [{ Plan: { Root: ProjectNode { Input: ScanNode { Join: not null } } inner } } below], Join: null, Relation: { Watermark: null, Computed.Count: 0 } relation } scan)
        {
            return plan;
        }

        for (PlanNode node = root.Input; node != scan; node = ((FilterNode)node).Input)
        {
            if (node is not FilterNode)
            {
                return plan;
            }
        }

        int[] kept = UsedColumns.Of(plan).DefaultIfEmpty(0).ToArray();
        if (kept.Length == scan.Columns.Count)
        {
            return plan;
        }

        InnerQuery narrow = below with { Plan = below.Plan with { Root = inner with { Expressions = kept.Select(o => inner.Expressions[o]).ToArray(), Columns = kept.Select(o => inner.Columns[o]).ToArray() } } };
        Relation read = relation with { Columns = kept.Select(o => relation.Columns[o]).ToArray() };
        var over = new ScanNode(read, kept.Select(o => scan.Columns[o]).ToArray()) { Inner = new[] { narrow } };
        BoundExpression Moved(BoundExpression e) => e is BoundColumn column ? column with { Ordinal = System.Array.IndexOf(kept, column.Ordinal) } : ExpressionRewriter.Children(e, Moved);
        PlanNode Above(PlanNode node) => node is FilterNode filter ? new FilterNode(Above(filter.Input), Moved(filter.Predicate)) : over;
        return plan with { Input = read, Root = root with { Input = Above(root.Input), Expressions = root.Expressions.Select(Moved).ToArray() } };
    }

    private static (QueryPlan Plan, ScanNode Scan) Pruned(ProjectNode project, ScanNode scan, QueryPlan plan)
    {
        JoinSpec join = scan.Join!;
        int width = scan.Inner[0].Plan.Columns.Count;
        IEnumerable<BoundExpression> read = join.Residual is null ? project.Expressions : project.Expressions.Append(join.Residual);
        var used = new SortedSet<int>(read.SelectMany(e => e.DescendantsAndSelf()).OfType<BoundColumn>().Select(c => c.Ordinal));
        used.UnionWith(join.LeftKeys);
        used.UnionWith(join.RightKeys.Select(k => k + width));
        if (join.Bound is { } bound)
        {
            used.Add(bound.LeftTime);
            used.Add(bound.RightTime + width);
        }

        // A side has a column at least: its rows count, whatever is in them.
        used.Add(used.Any(o => o < width) ? used.Min : 0);
        used.Add(used.Any(o => o >= width) ? used.Max : width);
        if (used.Count == scan.Columns.Count || scan.Inner.Any(i => i.Plan.Root is not ProjectNode))
        {
            return (plan, scan);
        }

        int[] kept = used.ToArray();
        int newWidth = kept.Count(o => o < width);
        int Left(int ordinal) => System.Array.IndexOf(kept, ordinal);
        int Right(int ordinal) => System.Array.IndexOf(kept, ordinal + width) - newWidth;
        BoundExpression Moved(BoundExpression e) => e is BoundColumn column ? column with { Ordinal = Left(column.Ordinal) } : ExpressionRewriter.Children(e, Moved);
        InnerQuery[] sides = scan.Inner.Select((inner, side) =>
        {
            var root = (ProjectNode)inner.Plan.Root;
            int[] own = kept.Where(o => o < width == (side == 0)).Select(o => side == 0 ? o : o - width).ToArray();
            return inner with { Plan = inner.Plan with { Root = root with { Expressions = own.Select(o => root.Expressions[o]).ToArray(), Columns = own.Select(o => root.Columns[o]).ToArray() } } };
        }).ToArray();
        JoinSpec moved = join with
        {
            LeftKeys = join.LeftKeys.Select(Left).ToArray(),
            RightKeys = join.RightKeys.Select(Right).ToArray(),
            Bound = join.Bound is null ? null : join.Bound with { LeftTime = Left(join.Bound.LeftTime), RightTime = Right(join.Bound.RightTime) },
            Residual = join.Residual is null ? null : Moved(join.Residual),
        };
        Relation relation = scan.Relation with { Columns = kept.Select(o => scan.Relation.Columns[o]).ToArray() };
        var smaller = new ScanNode(relation, kept.Select(o => scan.Columns[o]).ToArray()) { Inner = sides, Join = moved };
        return (plan with { Input = relation, Root = project with { Input = smaller, Expressions = project.Expressions.Select(Moved).ToArray() } }, smaller);
    }
}
