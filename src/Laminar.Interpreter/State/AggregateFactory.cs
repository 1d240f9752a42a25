using Laminar.Interpreter.Expressions;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;
using Laminar.State;

namespace Laminar.Interpreter.State;

/// <summary>Chooses the state of an aggregate by its kind and argument type.</summary>
internal static class AggregateFactory
{
    public static Aggregate Create(BoundAggregate aggregate)
    {
        SqlType? type = aggregate.Argument?.Type;
        switch (aggregate.Kind)
        {
            case AggregateKind.CountRows or AggregateKind.Count:
                return new CountAggregate();
            case AggregateKind.CountDistinct:
                return Make(typeof(CountDistinctAggregate<>), type!);
            case AggregateKind.Min:
                return Make(typeof(ExtremeAggregate<>), type!, 1);
            case AggregateKind.Max:
                return Make(typeof(ExtremeAggregate<>), type!, -1);
            case AggregateKind.FirstValue:
                return Make(typeof(EdgeAggregate<>), type!, false);
            case AggregateKind.LastValue:
                return Make(typeof(EdgeAggregate<>), type!, true);
            case AggregateKind.Sum:
                return Sum(type!, aggregate.Type, average: false);
            case AggregateKind.Avg:
                return Sum(type!, aggregate.Type, average: true);
            default:
                throw new LaminarException($"The interpreter has no aggregate {aggregate.Kind}.");
        }
    }

    private static Aggregate Make(Type open, SqlType type, params object[] arguments) =>
        (Aggregate)ClrValueTypes.Make(open, [ClrValueTypes.Of(type)], [.. arguments]);

    private static Aggregate Sum(SqlType type, SqlType result, bool average)
    {
        Type input = ClrValueTypes.Of(type);
        (Type sum, Type form) = type.Kind switch
        {
            SqlTypeKind.Decimal => (typeof(DecimalSum), average ? typeof(ExactAverage) : typeof(ExactSum)),
            SqlTypeKind.UBigInt when !average => (typeof(Int128), typeof(UnsignedSum)),
            SqlTypeKind.Real or SqlTypeKind.Double => (typeof(double), (average ? typeof(FloatAverage<>) : typeof(FloatSum<>)).MakeGenericType(input)),
            _ => (typeof(Int128), (average ? typeof(IntegerAverage<>) : typeof(IntegerSum<>)).MakeGenericType(input)),
        };
        return (Aggregate)ClrValueTypes.Make(typeof(SumAggregate<,,,>), [input, sum, ClrValueTypes.Of(result), form], result);
    }
}
