using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;

namespace Laminar.Sql.Plan;

/// <summary>Which columns a plan needs of what it scans, so that executors read no others.</summary>
public static class UsedColumns
{
    /// <summary>Ordinals of the scanned relation's columns that anything in the plan reads.</summary>
    public static SortedSet<int> Of(QueryPlan plan) => Of(plan.Root, new SortedSet<int>(Enumerable.Range(0, plan.Columns.Count)));

    /// <param name="node">A node of the plan.</param>
    /// <param name="wanted">Those of its columns that are needed.</param>
    private static SortedSet<int> Of(PlanNode node, SortedSet<int> wanted)
    {
        switch (node)
        {
            case ScanNode:
                return wanted;
            case FilterNode filter:
                return Of(filter.Input, Read(wanted, filter.Predicate));
            case ProjectNode project:
                return Of(project.Input, Read(Array.Empty<int>(), project.Expressions.ToArray()));
            case UnnestNode unnest:
                return Of(unnest.Input, Read(wanted.Where(o => o < unnest.Input.Columns.Count), unnest.Values));
            case LookupJoinNode lookup:
                return Of(lookup.Input, new SortedSet<int>(Read(wanted, lookup.Expressions.ToArray()).Where(o => o < lookup.Width)));
            case WindowAssignNode assign:
                return Of(assign.Input, Read(wanted.Where(o => o < assign.Input.Columns.Count), assign.Window.Time));
            case ExpandNode expand:
                return Of(expand.Input, new SortedSet<int>(wanted.Where(o => o < expand.SetOrdinal)));
            case OverNode over:
                return Of(over.Input, new SortedSet<int>(wanted.Where(o => o < over.Input.Columns.Count).Concat(over.Reads)));
            case WindowAggregateNode aggregate:
                IEnumerable<BoundExpression> arguments = aggregate.Aggregates.SelectMany(a => a.Expressions);
                return Of(aggregate.Input, Read(Array.Empty<int>(), [aggregate.Window.Time, .. aggregate.Keys, .. arguments]));
            default:
                throw new NotSupportedException($"{node.GetType().Name} doesn't say which columns it reads.");
        }
    }

    private static SortedSet<int> Read(IEnumerable<int> wanted, params BoundExpression[] expressions) =>
        new(expressions.SelectMany(e => e.DescendantsAndSelf()).OfType<BoundColumn>().Select(c => c.Ordinal).Concat(wanted));
}
