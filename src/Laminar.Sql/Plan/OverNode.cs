using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>When a row's partition can be computed up to it.</summary>
public enum OverRelease
{
    /// <summary>All rows of a partition have one event time (a window's): the partition is complete when the watermark has passed it.</summary>
    Window,

    /// <summary>Rows are ordered by event time: each is computed when the watermark has passed it.</summary>
    Time,

    /// <summary>The first rows of a partition in any order, at once: a row that comes in puts another out, which is taken back.</summary>
    Changes,

    /// <summary>Of rows that change: all rows of a partition are kept, and what a step makes different comes as changes.</summary>
    Steps,
}

/// <summary>
/// Functions over the rows of a partition in an order, and ORDER BY ... LIMIT, where all rows of a window are the partition. Columns: the input's, then one per
/// function. Rows of one order are taken in that of all their columns, so that the answer depends on neither arrival nor cores.
/// </summary>
/// <param name="Input">Rows made by a query inside this one.</param>
/// <param name="Release">When rows come out.</param>
/// <param name="Time">Ordinal of the event time: of <see cref="OverRelease.Window"/> a column that is the same in all of a partition; of <see cref="OverRelease.Changes"/> and <see cref="OverRelease.Steps"/> -1.</param>
/// <param name="PartitionBy">Ordinals; NULLs are one partition.</param>
/// <param name="OrderBy">The order inside a partition.</param>
/// <param name="Functions">What is computed for each row.</param>
public sealed record OverNode(
    PlanNode Input, OverRelease Release, int Time, IReadOnlyList<int> PartitionBy, IReadOnlyList<OverOrder> OrderBy, IReadOnlyList<OverFunction> Functions, IReadOnlyList<PlanColumn> Columns)
    : PlanNode(Columns)
{
    public override PlanNode? Below => Input;

    /// <summary>Which rows aggregates take; null where there are none.</summary>
    public OverFrame? Frame { get; init; }

    /// <summary>Where it is written.</summary>
    public TextSpan Span { get; init; }

    /// <summary>Rows of a partition that are left out before the others: OFFSET.</summary>
    public long Skip { get; init; }

    /// <summary>Rows of a partition that are put out behind those: LIMIT; of <see cref="OverRelease.Changes"/> with RANK or DENSE_RANK those up to that rank. Those behind aren't kept.</summary>
    public long Take { get; init; } = long.MaxValue;

    /// <summary>How many rows of a partition that have been put out are looked back at, one at least; null: any number.</summary>
    public long? RowsBack => Functions.Any(f => f is { Name: "LAG", IgnoreNulls: true })
        ? null
        : System.Math.Max(Frame is { Unit: FrameUnit.Rows, From: < 0 and { } from } ? -from : 1, Functions.Where(f => f.Name == "LAG").Select(f => f.Number).DefaultIfEmpty(1).Max());

    /// <summary>How many rows behind a row of <see cref="OverRelease.Time"/> it waits for; null: any number.</summary>
    public long? RowsAhead => Functions.Any(f => f is { Name: "LEAD", IgnoreNulls: true })
        ? null
        : System.Math.Max(Frame is { Unit: FrameUnit.Rows, To: > 0 and { } to } ? to : 0, Functions.Where(f => f.Name == "LEAD").Select(f => f.Number).DefaultIfEmpty(0).Max());

    /// <summary>How long a partition of <see cref="OverRelease.Time"/> is kept behind its last row, in the unit of the event time; 0: as long as it is looked back at.</summary>
    public long StateTtl { get; init; }

    /// <summary>How far behind its last row a partition is forgotten, in the unit of the event time: as said, or when nothing looks back at it any more; null: never.</summary>
    public long? Forget
    {
        get
        {
            if (Release != OverRelease.Time)
            {
                return null;
            }

            long ahead = Frame is { Unit: FrameUnit.Range, To: > 0 and { } to } ? to : 0;
            bool isByTime = OrderBy.Count == 1 && Functions.All(f => f.Aggregate is not null || f.Name == "NTH_VALUE");
            long? seen = isByTime && Frame is { Unit: FrameUnit.Range, From: { } from, To: not null } ? System.Math.Max(System.Math.Max(0, -from), ahead) : null;
            return StateTtl == 0 ? seen : System.Math.Min(seen ?? long.MaxValue, System.Math.Max(StateTtl, ahead));
        }
    }

    /// <summary>Ordinals of the input's columns that the node itself reads.</summary>
    public IEnumerable<int> Reads => (Time < 0 ? System.Array.Empty<int>() : new[] { Time }).Concat(PartitionBy).Concat(OrderBy.Select(o => o.Ordinal)).Concat(Functions.SelectMany(f => f.Arguments));
}

/// <summary>One key of the order inside a partition.</summary>
/// <param name="Ordinal">The input's column.</param>
/// <param name="Descending">The greatest first.</param>
/// <param name="NullsFirst">NULL before all values.</param>
public sealed record OverOrder(int Ordinal, bool Descending, bool NullsFirst);

/// <summary>A function over a partition.</summary>
/// <param name="Name">As SQL names it, upper case: <c>ROW_NUMBER</c>, <c>LAG</c>, <c>SUM</c>.</param>
/// <param name="Arguments">Ordinals of the input's columns; of an aggregate of all that it reads.</param>
/// <param name="Type">Of the result.</param>
/// <param name="Nullable">Whether the result can be NULL.</param>
public sealed record OverFunction(string Name, IReadOnlyList<int> Arguments, SqlType Type, bool Nullable)
{
    /// <summary>How many rows before or behind (LAG, LEAD), which row (NTH_VALUE), how many buckets (NTILE).</summary>
    public long Number { get; init; } = 1;

    /// <summary>Rows whose argument is NULL don't count.</summary>
    public bool IgnoreNulls { get; init; }

    /// <summary>An aggregate over the node's frame, of columns of the input; null: a function of the row's place.</summary>
    public BoundAggregate? Aggregate { get; init; }
}
