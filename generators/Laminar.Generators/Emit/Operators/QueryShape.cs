using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>A plan as the emitter sees it: a scan, row-by-row nodes, at most one aggregation, and row-by-row nodes over its groups.</summary>
internal sealed class QueryShape
{
    private QueryShape(QueryPlan plan, ScanNode scan, List<PlanNode> before, WindowAggregateNode? aggregate, List<PlanNode> after)
    {
        Plan = plan;
        Scan = scan;
        Before = before;
        Aggregate = aggregate;
        After = after;
        ReadsWatermark = before.Any(NodeReadsWatermark);
        CallsFunctions = before.Concat(after).SelectMany(Expressions).Concat(aggregate is null ? [] : aggregate.Keys.Concat(aggregate.Aggregates.SelectMany(a => a.Expressions))).Any(CallsAny) || (scan.Join?.Residual is { } residual && CallsAny(residual));
        SortedSet<int> used = Laminar.Sql.Plan.UsedColumns.Of(plan);
        int? watermark = scan.Relation.Watermark?.ColumnIndex;
        UsedColumns = used;
        WatermarkColumn = scan.Relation.Kind == RelationKind.Source ? watermark : null;
        if (WatermarkColumn is { } column)
        {
            SkipsWatermark = aggregate is null && !used.Contains(column) && !ReadsWatermark;
            used.Add(column);
        }

        ReadsText = scan.Relation.Kind == RelationKind.Source && used.Any(c => scan.Relation.Columns[c].Type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Bytes);
        TimeColumn = aggregate is not null && Trace(before.Count - 1, aggregate.Window.Time) is var time and >= 0 ? time : null;
        TimeIsWatermark = TimeColumn is not null && TimeColumn == WatermarkColumn && aggregate!.Emit != EmitMode.Every && aggregate.StateTtl == 0;
        RowCanFail = before.Any(NodeCanFail)
            || (aggregate is not null && (aggregate.Keys.Any(Failure.Possible) || aggregate.Aggregates.Any(a => a.Expressions.Any(Failure.Possible))));
        FailsByOverflowOnly = aggregate is null && !scan.Relation.IsUpdating && RowCanFail && before.All(NodeFailsByOverflowOnly);
        CanFail = RowCanFail
            || (aggregate is null
                ? plan.Columns.Count == 0
                : aggregate.Aggregates.Any(a => a.Function.Clr is not null) || Failure.Possible(aggregate.Window.Time) || aggregate.Window.Time.Nullable
                    || aggregate.Window.UnitsPerMillisecond == 1 || aggregate.Emit != EmitMode.OnWindowClose || aggregate.Lateness > 0);
    }

    public QueryPlan Plan { get; }

    public ScanNode Scan { get; }

    /// <summary>From the scan upward, below the aggregation.</summary>
    public IReadOnlyList<PlanNode> Before { get; }

    public WindowAggregateNode? Aggregate { get; }

    /// <summary>Groups of rows that change: nothing else is done in such a query.</summary>
    public WindowAggregateNode? ChangedGroups { get; private init; }

    /// <summary>Rows of the input come and go.</summary>
    public bool Changes => Scan is { Relation.IsUpdating: true, Join: null };

    /// <summary>They come from a source: half a step waits for the other.</summary>
    public bool ChangesOfSource => Changes && Scan is { Inner.Count: 0, Relation.Kind: RelationKind.Source };

    /// <summary>Several rows may be made of one that comes or goes.</summary>
    public bool Fans => Changes && Before.Any(n => n is UnnestNode or WindowAssignNode or ExpandNode);

    /// <summary>Functions over partitions: nothing else is done in such a query.</summary>
    public OverNode? Over { get; private init; }

    /// <summary>Above the aggregation, or the functions.</summary>
    public IReadOnlyList<PlanNode> After { get; }

    /// <summary>Ordinals of the scan's columns that anything needs.</summary>
    public IReadOnlyCollection<int> UsedColumns { get; }

    /// <summary>Ordinal of the column that the source's watermark follows; null over a query or without a watermark.</summary>
    public int? WatermarkColumn { get; }

    /// <summary>Only the watermark needs its column, so that batches needn't have it read for an output that takes no watermarks.</summary>
    public bool SkipsWatermark { get; }

    /// <summary>Rows are computed with the watermark before them, so that it counts for every output.</summary>
    public bool ReadsWatermark { get; }

    /// <summary>Functions in C# are called.</summary>
    public bool CallsFunctions { get; }

    /// <summary>
    /// Text or bytes are read: in an Arrow batch those can be damaged or not UTF-8, which shows only when a value is read. All else that can't
    /// be read there is known before the loop.
    /// </summary>
    public bool ReadsText { get; }

    /// <summary>Ordinal of the scan's column that the aggregation's windows are over; null where they are over anything else.</summary>
    public int? TimeColumn { get; }

    /// <summary>
    /// The watermark follows a column that the windows aren't over: each row needs the watermark before it, which is worked out ahead of the loop.
    /// </summary>
    public bool BringsStamps => Aggregate is not null && WatermarkColumn is not null && !TimeIsWatermark;

    /// <summary>
    /// Whether windows are over the very column that the watermark follows: then one comparison per row serves both, since a row's own watermark may
    /// be taken before the row. EMIT EVERY and state_ttl tell the difference: a row counts before what its watermark makes due.
    /// </summary>
    public bool TimeIsWatermark { get; }

    /// <summary>Whether computing a row's columns, keys or arguments can fail.</summary>
    public bool RowCanFail { get; }

    /// <summary>Of a query that looks at one row at a time: all that can fail is that a sum, difference or product doesn't fit.</summary>
    public bool FailsByOverflowOnly { get; }

    /// <summary>Whether anything about a row can fail, its time included.</summary>
    public bool CanFail { get; }

    public static QueryShape Of(QueryPlan plan)
    {
        var before = new List<PlanNode>();
        var after = new List<PlanNode>();
        WindowAggregateNode? aggregate = null;
        OverNode? over = null;
        for (PlanNode node = plan.Root; ;)
        {
            switch (node)
            {
                case FilterNode filter:
                    before.Insert(0, node);
                    node = filter.Input;
                    break;
                case ProjectNode project:
                    before.Insert(0, node);
                    node = project.Input;
                    break;
                case UnnestNode unnest:
                    before.Insert(0, node);
                    node = unnest.Input;
                    break;
                case LookupJoinNode lookup:
                    before.Insert(0, node);
                    node = lookup.Input;
                    break;
                case WindowAssignNode assign:
                    before.Insert(0, node);
                    node = assign.Input;
                    break;
                case ExpandNode expand:
                    before.Insert(0, node);
                    node = expand.Input;
                    break;
                case WindowAggregateNode found when aggregate is null:
                    aggregate = found;
                    after = before;
                    before = new List<PlanNode>();
                    node = found.Input;
                    break;
                case OverNode found when aggregate is null && over is null:
                    over = found;
                    after = before;
                    before = new List<PlanNode>();
                    node = found.Input;
                    break;
                case ScanNode { Relation.IsUpdating: true } changing when aggregate is not null:
                    return new QueryShape(plan, changing, before, null, after) { ChangedGroups = aggregate };
                case ScanNode scan:
                    return new QueryShape(plan, scan, before, aggregate, after) { Over = over };
                default:
                    throw new NotSupportedException($"No emitter for {node.GetType().Name} here.");
            }
        }
    }

    /// <summary>Whether an expression calls a function in C#.</summary>
    public static bool CallsAny(BoundExpression expression) => expression.DescendantsAndSelf().Any(e => e is BoundCall { Function.Clr: not null });

    private static IEnumerable<BoundExpression> Expressions(PlanNode node) => node switch
    {
        FilterNode filter => [filter.Predicate],
        ProjectNode project => project.Expressions,
        LookupJoinNode lookup => lookup.Expressions,
        _ => [],
    };

    private static bool NodeCanFail(PlanNode node) => node switch
    {
        FilterNode filter => Failure.Possible(filter.Predicate),
        ProjectNode project => project.Expressions.Any(e => Failure.Possible(e) || Failure.AtOutput(e)),
        UnnestNode unnest => Failure.Possible(unnest.Values),
        LookupJoinNode lookup => lookup.Expressions.Any(Failure.Possible),
        WindowAssignNode assign => assign.Window.UnitsPerMillisecond == 1 || assign.Window.Time.Nullable || Failure.Possible(assign.Window.Time),
        _ => false,
    };

    private static bool NodeReadsWatermark(PlanNode node) => node switch
    {
        FilterNode filter => filter.Predicate.DescendantsAndSelf().Any(e => e is BoundWatermark),
        ProjectNode project => project.Expressions.Any(p => p.DescendantsAndSelf().Any(e => e is BoundWatermark)),
        UnnestNode unnest => unnest.Values.DescendantsAndSelf().Any(e => e is BoundWatermark),
        LookupJoinNode lookup => lookup.Expressions.Any(e => e.DescendantsAndSelf().Any(inside => inside is BoundWatermark)),
        _ => false,
    };

    private static bool NodeFailsByOverflowOnly(PlanNode node) => node switch
    {
        FilterNode filter => ExpressionFacts.FailsByOverflowOnly(filter.Predicate),
        ProjectNode project => project.Expressions.All(e => ExpressionFacts.FailsByOverflowOnly(e) && !Failure.AtOutput(e)),
        _ => false,
    };

    /// <summary>Whether anything above a node reads one of its columns.</summary>
    public bool IsRead(int node, int ordinal)
    {
        for (int above = node + 1; above < Before.Count; above++)
        {
            bool Reads(BoundExpression expression) => expression.DescendantsAndSelf().Any(e => e is BoundColumn column && column.Ordinal == ordinal);
            switch (Before[above])
            {
                case FilterNode filter when Reads(filter.Predicate):
                case UnnestNode unnest when Reads(unnest.Values):
                case LookupJoinNode lookup when lookup.Expressions.Any(Reads):
                case WindowAssignNode assign when Reads(assign.Window.Time):
                    return true;
                case ProjectNode project:
                    return project.Expressions.Any(Reads);
            }
        }

        return true;
    }

    /// <summary>The scan's column behind an expression over the nodes up to <paramref name="node"/>, or -1.</summary>
    private int Trace(int node, BoundExpression expression)
    {
        if (expression is not BoundColumn column)
        {
            return -1;
        }

        for (; node >= 0; node--)
        {
            if (Before[node] is ProjectNode project)
            {
                return Trace(node - 1, project.Expressions[column.Ordinal]);
            }

            if (Before[node] is UnnestNode unnest && column.Ordinal >= unnest.Input.Columns.Count)
            {
                return -1;
            }

            if (Before[node] is LookupJoinNode lookup && column.Ordinal >= lookup.Width)
            {
                return -1;
            }

            if (Before[node] is ExpandNode expand && column.Ordinal >= expand.SetOrdinal)
            {
                return -1;
            }

            if (Before[node] is WindowAssignNode assign && column.Ordinal >= assign.Input.Columns.Count)
            {
                return -1;
            }
        }

        return column.Ordinal;
    }
}
