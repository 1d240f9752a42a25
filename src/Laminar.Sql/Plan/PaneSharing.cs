using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>How windows that overlap share what they have in common.</summary>
public static class PaneSharing
{
    /// <summary>Fewer panes are merged by each window: of two nothing can be saved.</summary>
    private const long FewestPanes = 3;

    /// <summary>
    /// Whether each pane has groups of its own, and what the panes of a window come to is kept beside them as two stacks, so that a window costs the same
    /// however many panes it has. Otherwise the panes of a group lie side by side and each window merges its own. One group without keys gains
    /// nothing; what an aggregate keeps beside its group (distinct values, lists, texts) lies there once and can't be in a pane and in a total too.
    /// </summary>
    public static bool HasTwoStacks(WindowAggregateNode node) =>
        node.Window.Kind == WindowKind.Hop && node.Emit == EmitMode.OnWindowClose && node.Lateness == 0 && node.Keys.Count > 0 && node.Input is not ExpandNode
        && node.Window.Panes >= FewestPanes && node.Window.PanesPerSlide <= node.Window.Panes && node.Window.Panes <= int.MaxValue
        && node.Aggregates.All(LiesInGroup);

    /// <summary>Whether rows go into their panes, and not into each of their windows.</summary>
    internal static bool Merges(WindowAggregateNode node) =>
        node.Emit == EmitMode.OnWindowClose && node.Lateness == 0 && node.Input is not ExpandNode && node.Window.PanesPerSlide <= node.Window.Panes;

    private static bool LiesInGroup(BoundAggregate aggregate) =>
        !aggregate.Distinct && aggregate.Function.Beside is null
        && (aggregate.Function.Name == "COUNT" || !(aggregate.Arguments.Select(a => a.Type).Concat(aggregate.OrderBy.Select(o => o.Key.Type)).Append(aggregate.Type).Any(IsReference)));

    private static bool IsReference(SqlType type) => type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes || type.IsNested;
}
