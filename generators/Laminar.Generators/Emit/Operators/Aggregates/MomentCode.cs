using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Variances, covariances and regression: all of one argument share one state, all of one pair another.</summary>
internal sealed class MomentCode : AggregateCode
{
    /// <summary>The result off <c>{0}</c>, and when it is NULL besides over no rows.</summary>
    private static readonly Dictionary<string, (string Code, string? None)> Results = new(StringComparer.Ordinal)
    {
        ["VAR_POP"] = ("{0}.VariancePop", null),
        ["VAR_SAMP"] = ("{0}.VarianceSample", "{0}.Count < 2"),
        ["STDDEV_POP"] = ("global::System.Math.Sqrt({0}.VariancePop)", null),
        ["STDDEV_SAMP"] = ("global::System.Math.Sqrt({0}.VarianceSample)", "{0}.Count < 2"),
        ["COVAR_POP"] = ("{0}.CovariancePop", null),
        ["COVAR_SAMP"] = ("{0}.CovarianceSample", "{0}.Count < 2"),
        ["CORR"] = ("{0}.Correlation", "{0}.IsFlat"),
        ["REGR_SLOPE"] = ("{0}.Slope", "{0}.IsVertical"),
        ["REGR_INTERCEPT"] = ("{0}.Intercept", "{0}.IsVertical"),
        ["REGR_R2"] = ("{0}.Determination", "{0}.IsVertical"),
        ["REGR_AVGX"] = ("{0}.MeanX", null),
        ["REGR_AVGY"] = ("{0}.MeanY", null),
        ["REGR_SXX"] = ("{0}.SquaresX", null),
        ["REGR_SYY"] = ("{0}.SquaresY", null),
        ["REGR_SXY"] = ("{0}.Products", null),
        ["REGR_COUNT"] = ("{0}.Count", null),
    };

    public override IEnumerable<string> Names => Results.Keys;

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        bool isPair = aggregate.Arguments.Count == 2;
        StructState state = plan.Add(aggregate, isPair ? "pairs" : "moments", (key, name) => new StructState(key, name, isPair ? "State::PairMoments" : "State::Moments"));
        (string code, string? none) = Results[aggregate.Function.Name];
        return pane =>
        {
            string field = $"{pane}.{state.Name}";

            // Over no rows the sums are 0, so that what is NULL over equal values is NULL there too.
            string? isNull = none ?? (aggregate.Nullable ? "{0}.Count == 0" : null);
            return new EmittedValue(string.Format(code, field), isNull is null ? null : $"({string.Format(isNull, field)})", aggregate.Type);
        };
    }
}
