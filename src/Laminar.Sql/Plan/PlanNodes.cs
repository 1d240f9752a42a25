using System;

namespace Laminar.Sql.Plan;

/// <summary>Plans put together anew.</summary>
internal static class PlanNodes
{
    /// <summary>The nodes of a plan over another scan.</summary>
    public static PlanNode Over(PlanNode node, ScanNode scan) => node switch
    {
        ScanNode => scan,
        FilterNode filter => filter with { Input = Over(filter.Input, scan) },
        ProjectNode project => project with { Input = Over(project.Input, scan) },
        LookupJoinNode lookup => lookup with { Input = Over(lookup.Input, scan) },
        UnnestNode unnest => unnest with { Input = Over(unnest.Input, scan) },
        WindowAssignNode assign => assign with { Input = Over(assign.Input, scan) },
        ExpandNode expand => expand with { Input = Over(expand.Input, scan) },
        OverNode over => over with { Input = Over(over.Input, scan) },
        WindowAggregateNode aggregate => aggregate with { Input = Over(aggregate.Input, scan) },
        _ => throw new NotSupportedException($"{node.GetType().Name} doesn't say what it is over."),
    };
}
