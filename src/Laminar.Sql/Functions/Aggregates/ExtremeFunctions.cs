using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>MIN and MAX. Text is ordered by UTF-8 bytes, NaN is above everything.</summary>
internal static class ExtremeFunctions
{
    public static IEnumerable<AggregateFunction> All => [Extreme("MIN"), Extreme("MAX")];

    private static AggregateFunction Extreme(string name) => new(name, 1, 1, Of) { IgnoresDistinct = true, Bytes = a => PlanText.Bytes(a.Type) };

    private static BoundAggregate? Of(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.Varchar);
        return argument.Type.Kind is SqlTypeKind.Bytes or SqlTypeKind.Uuid or SqlTypeKind.Json
            ? call.WrongType(0, "a value that has an order (number, text, time, BOOLEAN)")
            : call.Result(argument.Type, argument);
    }
}
