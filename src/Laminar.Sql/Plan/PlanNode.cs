using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Plan;

/// <summary>
/// A node of the physical plan: the contract between the front end and whoever executes (generator, interpreter).
/// Expressions of a node refer by ordinal to <see cref="Columns"/> of the node below.
/// </summary>
public abstract record PlanNode(IReadOnlyList<PlanColumn> Columns)
{
    /// <summary>The node that its rows come from; null of a scan.</summary>
    public virtual PlanNode? Below => null;

    /// <summary>This node and those below it, down to the scan.</summary>
    public IEnumerable<PlanNode> DownToScan()
    {
        for (PlanNode? node = this; node is not null; node = node.Below)
        {
            yield return node;
        }
    }
}

/// <summary>Reads a relation; hands up all its columns in the relation's order (executors read only those used).</summary>
public sealed record ScanNode(Relation Relation, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    /// <summary>
    /// The queries inside this one that make the rows, and whose name the relation has: a subquery that has groups of its own, or the parts of a UNION ALL, which
    /// have equal columns. None: the relation is one that others can name.
    /// </summary>
    public IReadOnlyList<InnerQuery> Inner { get; init; } = System.Array.Empty<InnerQuery>();

    /// <summary>How two of them are joined; null: their rows come one behind the other. Of a join only columns are taken above it: all else is done by a query over it.</summary>
    public JoinSpec? Join { get; init; }

    /// <summary>What it hands up is made of constants: it comes once, and is all there is.</summary>
    public bool IsConstant => Inner.Count == 0 ? Relation.Kind == RelationKind.OneRow : Inner.All(inner => inner.Plan.Scan.IsConstant);
}

/// <summary>A query inside another: it runs before the rest, as if it had been written by itself.</summary>
/// <param name="Name">Unique in the whole query: <c>Inner1</c>, <c>Inner2</c>, in the order in which they can run.</param>
/// <param name="Plan">Its plan.</param>
public sealed record InnerQuery(string Name, QueryPlan Plan);

/// <summary>Keeps rows whose predicate is TRUE. Columns are the input's. Filtered rows still advance the watermark.</summary>
public sealed record FilterNode(PlanNode Input, BoundExpression Predicate) : PlanNode(Input.Columns)
{
    public override PlanNode? Below => Input;
}

/// <summary>Computes each output column from the input row.</summary>
public sealed record ProjectNode(PlanNode Input, IReadOnlyList<BoundExpression> Expressions, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;
}

/// <summary>
/// The window table function without aggregation: each row once per window that holds it, in the order of window starts.
/// Columns: the input's, then window_start, window_end, window_time.
/// </summary>
public sealed record WindowAssignNode(PlanNode Input, WindowSpec Window, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;
}

/// <summary>Each row once per grouping set, in their order. Columns: the input's, then the set's number from 0 on.</summary>
/// <param name="Sets">What each groups by, for people.</param>
public sealed record ExpandNode(PlanNode Input, IReadOnlyList<string> Sets, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;

    /// <summary>Ordinal of the set's number.</summary>
    public int SetOrdinal => Input.Columns.Count;
}

/// <summary>
/// UNNEST: each row once per element of an array, or per key of a map, in their order; a row whose array or map is NULL or empty not at all, or, for LEFT JOIN,
/// once with NULLs. Columns: the input's, then the element, or key and value, then with ORDINALITY its place from 1.
/// </summary>
public sealed record UnnestNode(PlanNode Input, BoundExpression Values, bool Ordinality, bool KeepsEmpty, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;

    /// <summary>What is inside: one column, or two of a map.</summary>
    public int Width => Values.Type.Fields.Count;
}

/// <summary>
/// GROUP BY keys and a window; without one, all of time is the window (<see cref="WindowKind.Whole"/>), and SELECT DISTINCT is that over all columns
/// and no aggregates. Columns: the keys in order, then window_start, window_end, window_time, then the aggregates in order.
/// NULL keys form one group. Rows with a NULL timestamp are error rows. With <see cref="EmitMode.OnWindowClose"/> one row per group and
/// window when the watermark reaches its end; with <see cref="EmitMode.Changes"/> a changelog per input row.
/// </summary>
public sealed record WindowAggregateNode(
    PlanNode Input,
    IReadOnlyList<BoundExpression> Keys,
    WindowSpec Window,
    IReadOnlyList<BoundAggregate> Aggregates,
    EmitMode Emit,
    IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;

    /// <summary>Distance of the watermarks at which <see cref="EmitMode.Every"/> emits, in the unit of the event time; of <see cref="EmitMode.ByClock"/> ticks.</summary>
    public long EmitInterval { get; init; }

    /// <summary>How long behind its end a window still takes rows, whose effect comes as changes; in the unit of the event time.</summary>
    public long Lateness { get; init; }

    /// <summary>How long behind its last row a group is kept that no window ends, in the unit of the event time; 0: until the input ends.</summary>
    public long StateTtl { get; init; }

    /// <summary>Results are taken back, or come anew: they are changes.</summary>
    public bool IsUpdating => Emit != EmitMode.OnWindowClose || Lateness > 0;

    /// <summary>One group there is even of no rows: neither keys nor a window.</summary>
    public bool IsGlobal => Keys.Count == 0 && Window.Kind == WindowKind.Whole;

    /// <summary>The grouping sets of no keys, by number, that have a row even of no rows: where there is no window. The number is the last key.</summary>
    public IReadOnlyList<int> EmptySets { get; init; } = System.Array.Empty<int>();

    /// <summary>The time of rows says in which windows they are, or which of them come first.</summary>
    public bool NeedsTime => Window.Kind != WindowKind.Whole || StateTtl > 0 || Aggregates.Any(a => a.OrderBy.Count > 0 || a.Function.Name is "FIRST_VALUE" or "LAST_VALUE" or "ANY_VALUE" or "ARG_MIN" or "ARG_MAX" or "STRING_AGG" or "ARRAY_AGG" or "MAP_AGG");

    /// <summary>
    /// Of groups over rows that change whose last three keys are a window's start, end and time: that window. They are put out when the watermark reaches its end, or forgotten
    /// then where they come as changes. Null: no window ends them.
    /// </summary>
    public WindowSpec? Closes { get; init; }

    /// <summary>Of those, the key that is the window's end.</summary>
    public int EndKey => Keys.Count - 2;

    public int WindowStartOrdinal => Keys.Count;

    public int WindowEndOrdinal => Keys.Count + 1;

    public int WindowTimeOrdinal => Keys.Count + 2;

    public int FirstAggregateOrdinal => Keys.Count + 3;
}
