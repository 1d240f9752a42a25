using Laminar.Sql.Functions;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>COUNT(x) of an x that is never NULL and can't fail counts rows.</summary>
internal static class CountNotNull
{
    public static BoundAggregate Apply(BoundAggregate aggregate) =>
        aggregate is { Kind: AggregateKind.Count, Argument: { Nullable: false } argument } && !ExpressionFacts.CanFail(argument)
            ? aggregate with { Kind = AggregateKind.CountRows, Argument = null }
            : aggregate;
}
