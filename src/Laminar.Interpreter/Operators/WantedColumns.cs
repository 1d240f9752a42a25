using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Which columns of each node of a plan anything reads: what nothing reads isn't computed, and so doesn't fail.</summary>
internal sealed class WantedColumns
{
    private readonly Dictionary<PlanNode, HashSet<int>> _wanted = new(ReferenceEqualityComparer.Instance);

    public WantedColumns(PlanNode root)
    {
        HashSet<int> wanted = [.. Enumerable.Range(0, root.Columns.Count)];
        for (PlanNode? node = root; node is not null; node = node.Below)
        {
            _wanted[node] = wanted;
            wanted = Below(node, wanted);
        }
    }

    public HashSet<int> Of(PlanNode node) => _wanted[node];

    private static HashSet<int> Below(PlanNode node, HashSet<int> wanted) => node switch
    {
        ProjectNode project => Read([], wanted.Select(i => project.Expressions[i])),
        FilterNode filter => Read(wanted, [filter.Predicate]),
        UnnestNode unnest => Read(wanted.Where(o => o < unnest.Input.Columns.Count), [unnest.Values]),
        LookupJoinNode lookup => [.. Read(wanted, lookup.Expressions).Where(o => o < lookup.Width)],
        WindowAssignNode assign => Read(wanted.Where(o => o < assign.Input.Columns.Count), [assign.Window.Time]),
        ExpandNode expand => [.. wanted.Where(o => o < expand.SetOrdinal)],
        WindowAggregateNode aggregate => Read([], [aggregate.Window.Time, .. aggregate.Keys, .. aggregate.Aggregates.SelectMany(a => a.Expressions)]),
        _ => node.Below is { } below ? [.. Enumerable.Range(0, below.Columns.Count)] : wanted,
    };

    private static HashSet<int> Read(IEnumerable<int> wanted, IEnumerable<BoundExpression> expressions) =>
        [.. wanted, .. expressions.SelectMany(e => e.DescendantsAndSelf()).OfType<BoundColumn>().Select(c => c.Ordinal)];
}
