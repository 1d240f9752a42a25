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
        ["COUNT"] = a => a.Distinct ? Make(typeof(CountDistinctAggregate<>), a) : new CountAggregate(),
        ["SUM"] = a => Sum(a, average: false),
        ["AVG"] = a => Sum(a, average: true),
        ["MIN"] = a => Make(typeof(ExtremeAggregate<>), a, 1),
        ["MAX"] = a => Make(typeof(ExtremeAggregate<>), a, -1),
        ["FIRST_VALUE"] = a => Make(typeof(EdgeAggregate<>), a, false),
        ["LAST_VALUE"] = a => Make(typeof(EdgeAggregate<>), a, true),
    };

    public static Aggregate Create(BoundAggregate aggregate) =>
        ByName.TryGetValue(aggregate.Function.Name, out Func<BoundAggregate, Aggregate>? make)
            ? make(aggregate)
            : throw new LaminarException($"The interpreter has no aggregate {aggregate.Function.Name}.");

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
