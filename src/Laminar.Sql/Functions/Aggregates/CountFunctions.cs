using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>What counts rows.</summary>
internal static class CountFunctions
{
    /// <summary>COUNT(*), which has no argument, and COUNT(x): rows whose argument isn't NULL.</summary>
    public static readonly AggregateFunction Count = new("COUNT", 0, int.MaxValue, OfCount) { TakesStar = true, TakesNested = true };

    public static IEnumerable<AggregateFunction> All => [Count, new("COUNT_IF", 1, 1, CountIf)];

    private static BoundAggregate? OfCount(AggregateCall call)
    {
        if (call.Distinct ? call.Arguments.Count == 0 : call.Arguments.Count > 1)
        {
            return call.WrongCount(call.Distinct ? "at least 1 argument" : "1 argument, or several with DISTINCT");
        }

        return call.NeverNull(SqlType.BigInt, call.Arguments.Select((_, i) => call.Typed(i, SqlType.Varchar)).ToArray());
    }

    // COUNT_IF(x) is COUNT(*) FILTER (WHERE x).
    private static BoundAggregate? CountIf(AggregateCall call)
    {
        if (call[0].Type.Kind is not (SqlTypeKind.Boolean or SqlTypeKind.Null))
        {
            call.Diagnostics.Report(SqlRules.ConditionType, call[0].Span, call.Name, call[0].Type.ToString());
            return null;
        }

        if (call.Distinct)
        {
            return call.Wrong(call.Span, "DISTINCT", "ALL: it counts rows");
        }

        BoundExpression condition = Coercion.To(call[0], SqlType.Boolean);
        BoundExpression both = call.Filter is null
            ? condition
            : new BoundBinary(BinaryOperator.And, call.Filter, condition, SqlType.Boolean, call.Filter.Nullable || condition.Nullable, call.Span);
        return (call with { Function = Count, Filter = both }).NeverNull(SqlType.BigInt);
    }
}
