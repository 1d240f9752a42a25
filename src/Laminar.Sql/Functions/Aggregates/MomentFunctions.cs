using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>Variances, covariances and the regression of y on x, computed in DOUBLE. Of pairs, those with a NULL don't count.</summary>
internal static class MomentFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        // Over one value the population's variance is 0 and the sample's is NULL.
        new("VAR_POP", 1, 1, call => Of(call, isNullable: false)) { Bytes = _ => 24 },
        new("VAR_SAMP", 1, 1, call => Of(call, isNullable: true)) { Synonyms = ["VARIANCE"], Bytes = _ => 24 },
        new("STDDEV_POP", 1, 1, call => Of(call, isNullable: false)) { Bytes = _ => 24 },
        new("STDDEV_SAMP", 1, 1, call => Of(call, isNullable: true)) { Synonyms = ["STDDEV"], Bytes = _ => 24 },
        Pair("COVAR_POP", isNullable: false),
        .. new[] { "COVAR_SAMP", "CORR", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2" }.Select(name => Pair(name, isNullable: true)),
        .. new[] { "REGR_AVGX", "REGR_AVGY", "REGR_SXX", "REGR_SYY", "REGR_SXY" }.Select(name => Pair(name, isNullable: false)),
        new("REGR_COUNT", 2, 2, call => Numbers(call) is { } pair ? call.NeverNull(SqlType.BigInt, pair) : null),
    ];

    private static AggregateFunction Pair(string name, bool isNullable) => new(name, 2, 2, call => Of(call, isNullable)) { Bytes = _ => 48 };

    private static BoundAggregate? Of(AggregateCall call, bool isNullable) =>
        Numbers(call) is not { } numbers ? null
        : isNullable ? call.MaybeNull(SqlType.Double, numbers)
        : call.Result(SqlType.Double, numbers);

    /// <summary>The arguments as DOUBLE.</summary>
    private static BoundExpression[]? Numbers(AggregateCall call)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (!call.Typed(i, SqlType.Double).Type.IsNumeric)
            {
                call.WrongType(i, "a number");
                return null;
            }
        }

        return call.Arguments.Select(a => Coercion.To(a, SqlType.Double)).ToArray();
    }
}
