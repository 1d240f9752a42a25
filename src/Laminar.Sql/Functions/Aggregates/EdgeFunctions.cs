using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>What takes its value from one row of a group: the first or last by event time; ties by arrival.</summary>
internal static class EdgeFunctions
{
    public static IEnumerable<AggregateFunction> All => [Edge("FIRST_VALUE"), Edge("LAST_VALUE")];

    private static AggregateFunction Edge(string name) => new(name, 1, 1, Of) { IgnoresDistinct = true, TakesNull = true, Bytes = a => PlanText.Bytes(a.Type) + 8 };

    private static BoundAggregate? Of(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.Varchar);
        return call.Result(argument.Type, argument);
    }
}
