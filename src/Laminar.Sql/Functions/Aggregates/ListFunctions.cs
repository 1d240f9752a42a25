using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>Values one behind the other: in the order of ORDER BY, ties and without it by event time, then arrival; distinct ones in their own order.</summary>
internal static class ListFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("STRING_AGG", 1, 2, StringAgg) { Order = AggregateOrder.Rows, Bytes = _ => 12, Beside = "its texts" },
    ];

    private static BoundAggregate? StringAgg(AggregateCall call)
    {
        BoundExpression text = call.Typed(0, SqlType.Varchar);
        if (text.Type.Kind != SqlTypeKind.Varchar)
        {
            return call.WrongType(0, "text; write CAST(... AS VARCHAR)");
        }

        string separator = ",";
        if (call.Arguments.Count == 2)
        {
            if (ConstantFolding.Fold(call[1]) is not BoundLiteral { Value: string given })
            {
                return call.WrongType(1, "a constant text between the texts");
            }

            separator = given;
        }

        if (call.Distinct)
        {
            if (call.OrderBy.FirstOrDefault(o => !ExpressionComparer.Same(o.Key, text)) is { } other)
            {
                return call.Wrong(other.Key.Span, "ORDER BY another value beside DISTINCT", "ORDER BY its argument");
            }

            call = call with { OrderBy = [new BoundOrder(text, call.OrderBy.Count > 0 && call.OrderBy[0].Descending, NullsFirst: false)] };
        }

        return call.Result(SqlType.Varchar, text) with { Constant = separator };
    }
}
