using System;
using Laminar.Sql.Binding;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>COUNT(x) of an x that is never NULL and can't fail counts rows.</summary>
internal static class CountNotNull
{
    public static BoundAggregate Apply(BoundAggregate aggregate) =>
        aggregate is { Distinct: false, Argument: { Nullable: false } argument } && aggregate.Function == CountFunctions.Count && !ExpressionFacts.CanFail(argument)
            ? aggregate with { Arguments = Array.Empty<BoundExpression>() }
            : aggregate;
}
