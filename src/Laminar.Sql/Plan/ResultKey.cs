using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>The columns of a query's result that tell its rows apart: what it groups by and its window, or what it is partitioned by and the place.</summary>
/// <param name="Columns">Ordinals of the output. None: there is one row at most.</param>
/// <param name="IsUnique">One row at most has a key, now and at any time: of RANK, and of the first rows without their place, there are several.</param>
public sealed record ResultKey(IReadOnlyList<int> Columns, bool IsUnique)
{
    /// <summary>Null when there is none, when SELECT leaves a part of it out, or when it holds values that C# doesn't compare (BYTES, arrays, maps, rows).</summary>
    public static ResultKey? Of(QueryPlan plan) => Candidates(plan.Root)
        .Where(c => c.Parts.All(part => part.Count > 0))
        .Select(c => new ResultKey(c.Parts.Select(part => part[0]).Distinct().ToArray(), c.IsUnique))
        .FirstOrDefault(key => (key.Columns.Count > 0 || key.IsUnique) && key.Columns.All(c => IsComparable(plan.Columns[c].Type)));

    /// <summary>Whether changes tell the new row only, so that nothing but the key says which one it replaces.</summary>
    public static bool IsUpsert(QueryPlan plan) => plan.IsUpdating && IsUpsert(plan.Root);

    /// <summary>The column of event time that is the least behind the watermark; -1: none.</summary>
    public static int EventTime(QueryPlan plan)
    {
        var times = plan.Columns.Select((column, ordinal) => (column.EventTimeLag, ordinal)).Where(c => c.EventTimeLag is not null).OrderBy(c => c.EventTimeLag).ToArray();
        return times.Length == 0 ? -1 : times[0].ordinal;
    }

    // Conditions and columns hand on what they get; the first node that keeps something tells its own changes.
    private static bool IsUpsert(PlanNode root) => root.DownToScan().First(node => node is WindowAggregateNode or OverNode or ScanNode) switch
    {
        WindowAggregateNode aggregate => aggregate.Emit is EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock,
        ScanNode { Inner.Count: 0 } scan => scan.Relation.IsUpsert,
        ScanNode { Join: null } scan => scan.Inner.Any(inner => IsUpsert(inner.Plan)),
        _ => false,
    };

    private static bool IsComparable(SqlType type) => !type.IsNested && type.Kind != SqlTypeKind.Bytes;

    /// <summary>What would tell the rows of a node apart, the best first: for each part of a key the columns any of which says it.</summary>
    private static IEnumerable<Candidate> Candidates(PlanNode node) => node switch
    {
        ProjectNode project => Candidates(project.Input).Select(c => c with { Parts = c.Parts.Select(part => Projected(part, project)).ToArray() }),
        FilterNode filter => Candidates(filter.Input),
        WindowAggregateNode aggregate => new[] { new Candidate(Enumerable.Range(0, aggregate.WindowStartOrdinal - (aggregate.Closes is null ? 0 : 3)).Select(One).Concat(Window(aggregate)).ToArray(), true) },
        OverNode over => Over(over),
        ScanNode { Inner: [var inner], Join: null } => Candidates(inner.Plan.Root),
        ScanNode { Inner.Count: 0, Relation.Key: { } key } => new[] { new Candidate(key.Columns.Select(One).ToArray(), key.IsUnique) },
        _ => Enumerable.Empty<Candidate>(),
    };

    private static IEnumerable<Candidate> Over(OverNode over)
    {
        IReadOnlyList<int>[] partition = over.PartitionBy.Select(One).ToArray();
        int place = over.Functions.ToList().FindIndex(f => f.Name is "ROW_NUMBER" or "RANK" or "DENSE_RANK");
        bool isNumber = place >= 0 && over.Functions[place].Name == "ROW_NUMBER";
        if (isNumber && over.Take == 1)
        {
            yield return new Candidate(partition, true);
        }

        // Rows that are put out once, and never change, keep the key that they had.
        if (over.Release is not (OverRelease.Changes or OverRelease.Steps))
        {
            foreach (Candidate below in Candidates(over.Input))
            {
                yield return below;
            }
        }

        if (isNumber || (place >= 0 && over.Release is OverRelease.Changes or OverRelease.Steps))
        {
            yield return new Candidate(partition.Append(One(over.Input.Columns.Count + place)).ToArray(), isNumber);
        }

        if (over.Release is OverRelease.Changes or OverRelease.Steps)
        {
            yield return new Candidate(partition, false);
        }
    }

    /// <summary>The bounds that tell a group's windows apart: of CUMULATE several have one start, and an open session's end moves.</summary>
    private static IEnumerable<IReadOnlyList<int>> Window(WindowAggregateNode node) => (node.Closes ?? node.Window).Kind switch
    {
        WindowKind.Cumulate when node.Closes is not null => new[] { new[] { node.EndKey, node.EndKey + 1 } },
        _ when node.Closes is not null => new[] { new[] { node.EndKey - 1, node.EndKey, node.EndKey + 1 } },
        WindowKind.Whole => Enumerable.Empty<IReadOnlyList<int>>(),
        WindowKind.Cumulate => new[] { new[] { node.WindowEndOrdinal, node.WindowTimeOrdinal } },
        WindowKind.Session when node.Emit != EmitMode.OnWindowClose || node.Lateness > 0 => new[] { One(node.WindowStartOrdinal) },
        _ => new[] { new[] { node.WindowStartOrdinal, node.WindowEndOrdinal, node.WindowTimeOrdinal } },
    };

    private static IReadOnlyList<int> Projected(IReadOnlyList<int> part, ProjectNode project) => part
        .Select(ordinal => project.Expressions.ToList().FindIndex(e => e is Binding.BoundColumn column && column.Ordinal == ordinal)).Where(output => output >= 0).ToArray();

    private static IReadOnlyList<int> One(int ordinal) => new[] { ordinal };

    private sealed record Candidate(IReadOnlyList<IReadOnlyList<int>> Parts, bool IsUnique);
}
