using Laminar.Functions;
using Laminar.Interpreter.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;
using Laminar.State;

namespace Laminar.Interpreter.State;

/// <summary>Chooses the state of an aggregate by its name and argument type. A new aggregate is a line here.</summary>
internal static class AggregateFactory
{
    private static readonly Dictionary<string, Func<BoundAggregate, Aggregate>> ByName = new(StringComparer.Ordinal)
    {
        ["COUNT"] = _ => new CountAggregate(),
        ["SUM"] = a => Sum(a, average: false),
        ["AVG"] = a => Sum(a, average: true),
        ["MIN"] = a => Make(typeof(ExtremeAggregate<>), a, 1),
        ["MAX"] = a => Make(typeof(ExtremeAggregate<>), a, -1),
        ["FIRST_VALUE"] = a => a.OrderBy.Count > 0 ? First(a) : Make(typeof(EdgeAggregate<>), a, false, a.TakesNull),
        ["LAST_VALUE"] = a => a.OrderBy.Count > 0 ? new RowsAggregate(a, rows => rows[^1].Values[0]) : Make(typeof(EdgeAggregate<>), a, true, a.TakesNull),
        ["ANY_VALUE"] = a => a.OrderBy.Count > 0 ? First(a) : Make(typeof(EdgeAggregate<>), a, false, a.TakesNull),
        ["ARG_MIN"] = First,
        ["ARG_MAX"] = First,
        ["BOOL_AND"] = a => new RowsAggregate(a, rows => rows.All(Definitions.Truth)),
        ["BOOL_OR"] = a => new RowsAggregate(a, rows => rows.Any(Definitions.Truth)),
        ["BIT_AND"] = a => new RowsAggregate(a, rows => Definitions.Bits(rows, (x, y) => x & y)),
        ["BIT_OR"] = a => new RowsAggregate(a, rows => Definitions.Bits(rows, (x, y) => x | y)),
        ["BIT_XOR"] = a => new RowsAggregate(a, rows => Definitions.Bits(rows, (x, y) => x ^ y)),
        ["VAR_POP"] = a => OfMoments(a, m => m.VariancePop),
        ["VAR_SAMP"] = a => OfMoments(a, m => m.Count < 2 ? null : m.VarianceSample),
        ["STDDEV_POP"] = a => OfMoments(a, m => Math.Sqrt(m.VariancePop)),
        ["STDDEV_SAMP"] = a => OfMoments(a, m => m.Count < 2 ? null : Math.Sqrt(m.VarianceSample)),
        ["COVAR_POP"] = a => OfPairs(a, m => m.CovariancePop),
        ["COVAR_SAMP"] = a => OfPairs(a, m => m.Count < 2 ? null : m.CovarianceSample),
        ["CORR"] = a => OfPairs(a, m => m.IsFlat ? null : m.Correlation),
        ["REGR_SLOPE"] = a => OfPairs(a, m => m.IsVertical ? null : m.Slope),
        ["REGR_INTERCEPT"] = a => OfPairs(a, m => m.IsVertical ? null : m.Intercept),
        ["REGR_R2"] = a => OfPairs(a, m => m.IsVertical ? null : m.Determination),
        ["REGR_AVGX"] = a => OfPairs(a, m => m.MeanX),
        ["REGR_AVGY"] = a => OfPairs(a, m => m.MeanY),
        ["REGR_SXX"] = a => OfPairs(a, m => m.SquaresX),
        ["REGR_SYY"] = a => OfPairs(a, m => m.SquaresY),
        ["REGR_SXY"] = a => OfPairs(a, m => m.Products),
        ["MEDIAN"] = Definitions.Continuous,
        ["PERCENTILE_CONT"] = Definitions.Continuous,
        ["PERCENTILE_DISC"] = Definitions.Discrete,
        ["MODE"] = Definitions.Mode,
        ["APPROX_PERCENTILE"] = Definitions.ApproximatePercentile,
        ["APPROX_COUNT_DISTINCT"] = Definitions.ApproximateCount,
        ["STRING_AGG"] = a => new RowsAggregate(a, rows => string.Join((string)a.Constant!, (a.OrderBy.Count > 0 ? rows : [.. rows.OrderBy(r => r.Time)]).Select(r => (string)r.Values[0]!))),
        ["ARRAY_AGG"] = Definitions.Array,
        ["MAP_AGG"] = a => new RowsAggregate(a, rows => SqlMap.Of((a.OrderBy.Count > 0 ? rows : [.. rows.OrderBy(r => r.Time)]).Select(r => (r.Values[0], r.Values[1])))),
        ["TOPK"] = Definitions.Greatest,
        ["REGR_COUNT"] = a => new RowsAggregate(a, rows => (long)rows.Count) { OfNothing = 0L },
    };

    public static Aggregate Create(BoundAggregate aggregate) =>
        (aggregate.Function.Clr is not null ? User : ByName.GetValueOrDefault(aggregate.Function.Name)) is { } make
            ? aggregate.Distinct && aggregate.Function.Name != "ARRAY_AGG" ? new DistinctAggregate(aggregate, make(aggregate)) : make(aggregate)
            : throw new LaminarException($"The interpreter has no aggregate {aggregate.Function.Name}.");

    private static RowsAggregate User(BoundAggregate aggregate) =>
        new(aggregate, rows => UserAggregates.Result(aggregate.Function.Clr!, rows)) { OfNothing = UserAggregates.Result(aggregate.Function.Clr!, []) };

    private static RowsAggregate First(BoundAggregate aggregate) => new(aggregate, rows => rows[0].Values[0]);

    private static RowsAggregate OfMoments(BoundAggregate aggregate, Func<Moments, double?> result) => new(aggregate, rows => result(Definitions.Moments(rows)));

    private static RowsAggregate OfPairs(BoundAggregate aggregate, Func<PairMoments, double?> result) => new(aggregate, rows => result(Definitions.Pairs(rows)));

    private static Aggregate Make(Type open, BoundAggregate aggregate, params object[] arguments) =>
        (Aggregate)ClrValueTypes.Make(open, [ClrValueTypes.Of(aggregate.Argument!.Type)], [.. arguments]);

    private static Aggregate Sum(BoundAggregate aggregate, bool average)
    {
        SqlType type = aggregate.Argument!.Type;
        Type input = ClrValueTypes.Of(type);
        (Type sum, Type form) = type.Kind switch
        {
            SqlTypeKind.Decimal => (typeof(DecimalSum), average ? typeof(ExactAverage) : typeof(ExactSum)),
            SqlTypeKind.UBigInt when !average => (typeof(Int128), typeof(UnsignedSum)),
            SqlTypeKind.Real or SqlTypeKind.Double => (typeof(double), (average ? typeof(FloatAverage<>) : typeof(FloatSum<>)).MakeGenericType(input)),
            _ => (typeof(Int128), (average ? typeof(IntegerAverage<>) : typeof(IntegerSum<>)).MakeGenericType(input)),
        };
        return (Aggregate)ClrValueTypes.Make(typeof(SumAggregate<,,,>), [input, sum, ClrValueTypes.Of(aggregate.Type), form], aggregate.Type);
    }
}
