using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;
using Laminar.Sql.Text;

namespace Laminar.Sql.Rewrites;

/// <summary>
/// Queries over rows that change, taken apart into what one operator does each: conditions and columns; groups of columns, whose results nothing is computed from. What can't be
/// done over rows that change is refused.
/// </summary>
internal static class ChangedInputs
{
    /// <summary>Whether the rows that a node hands up change because those that it reads do.</summary>
    public static bool AreIn(PlanNode root) => root.DownToScan().Any(n => n is OverNode { Release: OverRelease.Changes or OverRelease.Steps } or ScanNode { Relation.IsUpdating: true });

    public static QueryPlan Apply(QueryPlan plan, DiagnosticBag diagnostics)
    {
        ScanNode scan = plan.Scan;
        if (scan.Inner.Count > 0)
        {
            ScanNode over = scan with { Inner = scan.Inner.Select(i => i with { Plan = Apply(i.Plan, diagnostics) }).ToArray() };
            plan = plan with { Root = PlanNodes.Over(plan.Root, over) };
            scan = over;
        }

        if (!scan.Relation.IsUpdating || scan.Join is not null)
        {
            return plan;
        }

        if (scan.Relation.IsUpsert)
        {
            return plan;
        }

        foreach (PlanNode node in plan.Root.DownToScan())
        {
            if (Refused(node) is { } refused)
            {
                diagnostics.Report(SqlRules.NotSupportedYet, refused.Span, refused.What + " over rows that change");
                return plan;
            }
        }

        plan = OverSteps(plan);
        if (plan.Root.DownToScan().OfType<WindowAggregateNode>().FirstOrDefault() is not { } groups)
        {
            return plan;
        }

        if (groups.Window.Kind != WindowKind.Whole)
        {
            WindowAggregateNode closing = InWindows(groups);
            plan = plan with { Root = OverBounds(plan.Root, groups, closing) };
            groups = closing;
        }

        return Grouped(plan, groups);
    }

    /// <summary>What makes several rows of one reads whole steps: halves of them, which a source may hand on, are put together before.</summary>
    private static QueryPlan OverSteps(QueryPlan plan)
    {
        PlanNode? first = plan.Root.DownToScan().LastOrDefault(n => n is UnnestNode or WindowAssignNode or ExpandNode)
            ?? plan.Root.DownToScan().FirstOrDefault(n => n is WindowAggregateNode { Window.Kind: not WindowKind.Whole });
        if (first is null || plan.Scan.Inner.Count > 0)
        {
            return plan;
        }

        ScanNode steps = InnerQueries.Scan(new QueryPlan(InnerQueries.Project(first.Below!), plan.Input, true));
        PlanNode Over(PlanNode node) => ReferenceEquals(node, first) ? PlanNodes.Upon(node, steps) : PlanNodes.Upon(node, Over(node.Below!));
        return plan with { Root = Over(plan.Root), Input = steps.Relation };
    }

    /// <summary>Groups of a window: each row once for each window that holds it, whose bounds are keys behind the others.</summary>
    private static WindowAggregateNode InWindows(WindowAggregateNode groups)
    {
        int width = groups.Input.Columns.Count;
        PlanColumn[] bounds = Enumerable.Range(groups.WindowStartOrdinal, 3).Select(o => groups.Columns[o]).ToArray();
        var assign = new WindowAssignNode(groups.Input, groups.Window, groups.Input.Columns.Concat(bounds).ToArray());
        BoundExpression[] keys = [.. groups.Keys, .. bounds.Select((b, i) => Column(width + i, b, groups.Window.Time.Span))];
        PlanColumn[] columns = [.. groups.Columns.Take(groups.FirstAggregateOrdinal), .. bounds, .. groups.Columns.Skip(groups.FirstAggregateOrdinal)];
        return groups with { Input = assign, Keys = keys, Window = WindowSpec.Whole(groups.Window.Time), Closes = groups.Window, Columns = columns };
    }

    /// <summary>The nodes over groups, whose keys are followed by the window's bounds.</summary>
    private static PlanNode OverBounds(PlanNode node, WindowAggregateNode groups, WindowAggregateNode closing)
    {
        if (ReferenceEquals(node, groups))
        {
            return closing;
        }

        bool isBelowColumns = node.Below!.DownToScan().TakeWhile(n => !ReferenceEquals(n, groups)).All(n => n is FilterNode);
        BoundExpression Moved(BoundExpression e) => e is BoundColumn column ? column.Ordinal < groups.FirstAggregateOrdinal ? column : column with { Ordinal = column.Ordinal + 3 } : ExpressionRewriter.Children(e, Moved);
        return PlanNodes.Upon(
            node switch
            {
                FilterNode filter when isBelowColumns => filter with { Predicate = Moved(filter.Predicate) },
                ProjectNode project when isBelowColumns => project with { Expressions = project.Expressions.Select(Moved).ToArray() },
                _ => node,
            },
            OverBounds(node.Below!, groups, closing));
    }

    private static (TextSpan Span, string What)? Refused(PlanNode node) => node switch
    {
        LookupJoinNode lookup => (lookup.Span, "a join with a reference table"),
        WindowAggregateNode { Window.Kind: WindowKind.Session } sessions => (sessions.Window.Time.Span, "sessions"),
        WindowAggregateNode { StateTtl: > 0 } kept => (kept.Window.Time.Span, "state_ttl of groups"),
        WindowAggregateNode { Emit: not (EmitMode.Changes or EmitMode.OnWindowClose) } other => (other.Window.Time.Span, "emission other than EMIT CHANGES"),
        WindowAggregateNode groups when groups.Aggregates.FirstOrDefault(a => a.Function.Name is "FIRST_VALUE" or "LAST_VALUE" && a.OrderBy.Count == 0) is { } edge => (edge.Span, edge.Function.Name + " without ORDER BY"),
        FilterNode filter when Watermark(filter.Predicate) is { } watermark => (watermark, "CURRENT_WATERMARK()"),
        ProjectNode project => project.Expressions.Select(Watermark).FirstOrDefault(w => w is not null) is { } watermark ? (watermark, "CURRENT_WATERMARK()") : null,
        _ => null,
    };

    private static TextSpan? Watermark(BoundExpression expression) => expression.DescendantsAndSelf().FirstOrDefault(e => e is BoundWatermark)?.Span;

    private static QueryPlan Grouped(QueryPlan plan, WindowAggregateNode groups)
    {
        WindowAggregateNode over = OverColumns(groups, plan.Input);
        var above = plan.Root.DownToScan().TakeWhile(n => !ReferenceEquals(n, groups)).ToList();
        if (above.Count <= 1 && above.All(n => n is ProjectNode project && project.Expressions.All(e => e is BoundColumn)))
        {
            return plan with { Root = Above(plan.Root, groups, over), Input = over.DownToScan().OfType<ScanNode>().Single().Relation };
        }

        int[] kept = [.. Enumerable.Range(0, groups.Keys.Count), .. Enumerable.Range(groups.FirstAggregateOrdinal, groups.Aggregates.Count)];
        BoundExpression[] columns = kept.Select(o => (BoundExpression)Column(o, groups.Columns[o], default)).ToArray();
        ScanNode scan = InnerQueries.Scan(new QueryPlan(new ProjectNode(over, columns, kept.Select(o => groups.Columns[o]).ToArray()), plan.Input, groups.IsUpdating));
        BoundExpression Moved(BoundExpression e) => e is BoundColumn column ? column with { Ordinal = Array.IndexOf(kept, column.Ordinal) } : ExpressionRewriter.Children(e, Moved);
        PlanNode Over(PlanNode node) => node switch
        {
            _ when ReferenceEquals(node, groups) => scan,
            FilterNode filter => new FilterNode(Over(filter.Input), IsBelowColumns(filter) ? Moved(filter.Predicate) : filter.Predicate),
            ProjectNode project => project with { Input = Over(project.Input), Expressions = IsBelowColumns(project) ? project.Expressions.Select(Moved).ToArray() : project.Expressions },
            _ => throw new NotSupportedException($"{node.GetType().Name} above groups of rows that change."),
        };

        // Columns are the groups' up to the first projection.
        bool IsBelowColumns(PlanNode node) => node.Below!.DownToScan().TakeWhile(n => !ReferenceEquals(n, groups)).All(n => n is FilterNode);
        return plan with { Root = Over(plan.Root), Input = scan.Relation };
    }

    private static PlanNode Above(PlanNode root, WindowAggregateNode old, WindowAggregateNode groups) => ReferenceEquals(root, old) ? groups : ((ProjectNode)root) with { Input = groups };

    /// <summary>The groups over columns of rows that a query inside makes: where all is a column already, over what they read.</summary>
    private static WindowAggregateNode OverColumns(WindowAggregateNode groups, Relation relation)
    {
        groups = groups with { Window = WindowSpec.Whole(new BoundLiteral(EventTime.Epoch(groups.Window.Time.Type), groups.Window.Time.Type, groups.Window.Time.Span)) };
        BoundExpression[] read = [.. groups.Keys, .. groups.Aggregates.SelectMany(a => a.Expressions)];
        if (groups.Input is ScanNode { Inner.Count: > 0 } && read.All(e => e is BoundColumn))
        {
            return groups;
        }

        var columns = new List<BoundExpression>();
        foreach (BoundExpression expression in read)
        {
            if (!columns.Any(c => ExpressionComparer.Same(c, expression)))
            {
                columns.Add(expression);
            }
        }

        // Rows count, whatever is in them.
        if (columns.Count == 0)
        {
            columns.Add(new BoundLiteral(true, Types.SqlType.Boolean, default));
        }

        PlanColumn[] named = columns.Select((c, i) => new PlanColumn(c is BoundColumn column ? column.Name : "value_" + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), c.Type, c.Nullable)).ToArray();
        // Columns of columns are the ones below.
        PlanNode input = groups.Input;
        IReadOnlyList<BoundExpression> made = columns;
        while (input is ProjectNode below && made.All(c => c is BoundColumn))
        {
            made = made.Select(c => below.Expressions[((BoundColumn)c).Ordinal]).ToArray();
            input = below.Input;
        }

        ScanNode scan = InnerQueries.Scan(new QueryPlan(new ProjectNode(input, made, named), relation, true));
        BoundExpression Of(BoundExpression expression) => Column(columns.FindIndex(c => ExpressionComparer.Same(c, expression)), scan, expression.Span);
        return groups with
        {
            Input = scan,
            Keys = groups.Keys.Select(Of).ToArray(),
            Aggregates = groups.Aggregates.Select(a => a with
            {
                Arguments = a.Arguments.Select(Of).ToArray(),
                Filter = a.Filter is null ? null : Of(a.Filter),
                OrderBy = a.OrderBy.Select(o => o with { Key = Of(o.Key) }).ToArray(),
            }).ToArray(),
        };
    }

    private static BoundColumn Column(int ordinal, PlanNode node, TextSpan span) => Column(ordinal, node.Columns[ordinal], span);

    private static BoundColumn Column(int ordinal, PlanColumn column, TextSpan span) => new(ordinal, column.Name, column.Type, column.Nullable, span);
}
