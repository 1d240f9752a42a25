using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>The bits of integers, combined. The result has the argument's type.</summary>
internal static class BitFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("BIT_AND", 1, 1, Of) { IgnoresDistinct = true },
        new("BIT_OR", 1, 1, Of) { IgnoresDistinct = true },
        new("BIT_XOR", 1, 1, Of),
    ];

    private static BoundAggregate? Of(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.BigInt);
        return argument.Type.IsInteger ? call.Result(argument.Type, argument) : call.WrongType(0, "an integer");
    }
}
