using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Binding;

/// <summary>Why a join has no bound in time though its condition compares times: a source without a watermark has no event time.</summary>
internal static class JoinAdvice
{
    /// <summary>What to do, as the end of a sentence.</summary>
    /// <param name="sides">The join.</param>
    public static string Bound(JoinCondition sides) =>
        sides.Residual is { } residual && residual.DescendantsAndSelf().Any(e => e is BoundColumn { Type.IsTimestamp: true }) && Timeless(sides) is { } why
            ? why + ", so that its times bound nothing; declare one, such as WATERMARK FOR ts AS ts - INTERVAL '5' SECOND"
            : "add a bound such as b.ts BETWEEN a.ts AND a.ts + INTERVAL '1' HOUR";

    /// <summary>What is missing for a join as of a time, behind a sentence; empty when it is nothing of the inputs.</summary>
    /// <param name="sides">The join.</param>
    public static string AsOf(JoinCondition sides) => Timeless(sides) is { } why ? "; " + why : string.Empty;

    private static string? Timeless(JoinCondition sides) => Timeless(sides.Left, "left") ?? Timeless(sides.Right, "right");

    private static string? Timeless(PlanNode side, string name)
    {
        if (side.Columns.Any(c => c.EventTimeLag is not null))
        {
            return null;
        }

        Relation relation = side.DownToScan().OfType<ScanNode>().First().Relation;
        return relation is { Kind: RelationKind.Source, Watermark: null } ? $"'{relation.Name}' declares no watermark" : $"the {name} side has no event-time column";
    }
}
