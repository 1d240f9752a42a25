using System;

namespace Laminar.Sql.Plan;

/// <summary>Plans put together anew.</summary>
internal static class PlanNodes
{
    /// <summary>The nodes of a plan over another scan.</summary>
    public static PlanNode Over(PlanNode node, ScanNode scan) => node is ScanNode ? scan : Upon(node, Over(node.Below!, scan));

    /// <summary>A node over another.</summary>
    public static PlanNode Upon(PlanNode node, PlanNode below) => node switch
    {
        FilterNode filter => filter with { Input = below },
        ProjectNode project => project with { Input = below },
        LookupJoinNode lookup => lookup with { Input = below },
        UnnestNode unnest => unnest with { Input = below },
        WindowAssignNode assign => assign with { Input = below },
        ExpandNode expand => expand with { Input = below },
        OverNode over => over with { Input = below },
        WindowAggregateNode aggregate => aggregate with { Input = below },
        _ => throw new NotSupportedException($"{node.GetType().Name} doesn't say what it is over."),
    };
}
