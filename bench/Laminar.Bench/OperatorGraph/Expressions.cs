using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Bench.OperatorGraph;

/// <summary>An expression as a tree of delegates: one call per node and row.</summary>
public static class Expressions
{
    /// <exception cref="NotSupportedException">The operator graph doesn't know it.</exception>
    public static Func<Datum[], Datum> Compile(BoundExpression expression) => expression switch
    {
        BoundColumn column => Column(column.Ordinal),
        BoundLiteral literal => Literal(literal),
        BoundUnary unary => Unary(unary),
        BoundBinary binary => Binary(binary),
        BoundIsNull isNull => IsNull(Compile(isNull.Operand), isNull.Negated),
        BoundCase choice => Case(choice),
        BoundCoalesce coalesce => Coalesce([.. coalesce.Arguments.Select(Compile)]),
        BoundCast cast => Cast(cast),
        BoundCall call => Calls.Compile(call),
        _ => throw new NotSupportedException($"The operator graph doesn't know {expression.GetType().Name}."),
    };

    /// <summary>Whether values of a type are numbers of 64 bits, times among them.</summary>
    public static bool IsWhole(SqlType type) => type.Kind is SqlTypeKind.TinyInt or SqlTypeKind.SmallInt or SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.UTinyInt or SqlTypeKind.USmallInt
        or SqlTypeKind.UInt or SqlTypeKind.Date or SqlTypeKind.Time or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.IntervalDayTime or SqlTypeKind.IntervalYearMonth or SqlTypeKind.Boolean;

    public static bool IsFloat(SqlType type) => type.Kind is SqlTypeKind.Double or SqlTypeKind.Real;

    /// <summary>How two values of a type that aren't NULL are compared.</summary>
    /// <exception cref="NotSupportedException">It has no such values.</exception>
    public static Comparison<Datum> Order(SqlType type) =>
        IsWhole(type) ? static (a, b) => a.Number.CompareTo(b.Number)
        : IsFloat(type) ? static (a, b) => SqlCompare.Compare(a.Float, b.Float)
        : type.Kind == SqlTypeKind.Decimal ? static (a, b) => a.Decimal.CompareTo(b.Decimal)
        : type.Kind == SqlTypeKind.Varchar ? static (a, b) => SqlCompare.Compare(a.Text, b.Text)
        : throw new NotSupportedException($"The operator graph doesn't compare {type}.");

    private static Func<Datum[], Datum> Column(int ordinal) => row => row[ordinal];

    private static Func<Datum[], Datum> Literal(BoundLiteral literal)
    {
        Datum value = literal.Value switch
        {
            null => Datum.Null,
            bool truth => Datum.Of(truth),
            decimal number => Datum.Of(number),
            double or float => Datum.Of(Convert.ToDouble(literal.Value, null)),
            string text => Datum.OfObject(text),
            sbyte or short or int or long or byte or ushort or uint => Datum.Of(Convert.ToInt64(literal.Value, null)),
            _ => throw new NotSupportedException($"The operator graph has no literals of {literal.Type}."),
        };
        return _ => value;
    }

    private static Func<Datum[], Datum> Unary(BoundUnary unary)
    {
        Func<Datum[], Datum> operand = Compile(unary.Operand);
        Func<Datum, Datum> apply = unary.Operator switch
        {
            UnaryOperator.Not => static v => Datum.Of(!v.Truth),
            UnaryOperator.Negate when IsFloat(unary.Type) => static v => Datum.Of(-v.Float),
            UnaryOperator.Negate when unary.Type.Kind == SqlTypeKind.Decimal => static v => Datum.Of(-v.Decimal),
            UnaryOperator.Negate => static v => Datum.Of(checked(-v.Number)),
            _ => static v => Datum.Of(~v.Number),
        };
        return row => operand(row) is { IsNull: false } value ? apply(value) : Datum.Null;
    }

    private static Func<Datum[], Datum> Binary(BoundBinary binary)
    {
        Func<Datum[], Datum> left = Compile(binary.Left);
        Func<Datum[], Datum> right = Compile(binary.Right);
        switch (binary.Operator)
        {
            case BinaryOperator.And:
                return Logic(left, right, decides: false);
            case BinaryOperator.Or:
                return Logic(left, right, decides: true);
            case BinaryOperator.NotDistinct:
                return row => Datum.Of(left(row).Equals(right(row)));
            case BinaryOperator.Distinct:
                return row => Datum.Of(!left(row).Equals(right(row)));
        }

        Func<Datum, Datum, Datum> apply = GraphArithmetic.Of(binary.Operator, binary.Left.Type, binary.Type);
        return row =>
        {
            Datum a = left(row);
            Datum b = right(row);
            return a.IsNull || b.IsNull ? Datum.Null : apply(a, b);
        };
    }

    private static Func<Datum[], Datum> Logic(Func<Datum[], Datum> left, Func<Datum[], Datum> right, bool decides) => row =>
    {
        Datum first = left(row);
        if (!first.IsNull && first.Truth == decides)
        {
            return first;
        }

        // The first doesn't decide: NULL if either is, unless the second does.
        Datum second = right(row);
        return !second.IsNull && second.Truth == decides ? second : first.IsNull ? first : second;
    };

    private static Func<Datum[], Datum> IsNull(Func<Datum[], Datum> operand, bool negated) => row => Datum.Of(operand(row).IsNull != negated);

    private static Func<Datum[], Datum> Case(BoundCase choice)
    {
        (Func<Datum[], Datum> Condition, Func<Datum[], Datum> Result)[] whens = [.. choice.Whens.Select(w => (Compile(w.Condition), Compile(w.Result)))];
        Func<Datum[], Datum> otherwise = choice.Else is null ? static _ => Datum.Null : Compile(choice.Else);
        return row =>
        {
            foreach ((Func<Datum[], Datum> condition, Func<Datum[], Datum> result) in whens)
            {
                if (condition(row) is { IsNull: false, Truth: true })
                {
                    return result(row);
                }
            }

            return otherwise(row);
        };
    }

    private static Func<Datum[], Datum> Coalesce(Func<Datum[], Datum>[] arguments) => row =>
    {
        foreach (Func<Datum[], Datum> argument in arguments)
        {
            if (argument(row) is { IsNull: false } value)
            {
                return value;
            }
        }

        return Datum.Null;
    };

    /// <summary>A plan holds only casts that widen.</summary>
    private static Func<Datum[], Datum> Cast(BoundCast cast)
    {
        Func<Datum[], Datum> operand = Compile(cast.Operand);
        SqlType from = cast.Operand.Type;
        Func<Datum, Datum>? widen =
            IsWhole(from) && cast.Type.Kind == SqlTypeKind.Decimal ? static v => Datum.Of((decimal)v.Number)
            : IsWhole(from) && IsFloat(cast.Type) ? static v => Datum.Of((double)v.Number)
            : from.Kind == SqlTypeKind.Decimal && IsFloat(cast.Type) ? static v => Datum.Of((double)v.Decimal)
            : null;
        return widen is null ? operand : row => operand(row) is { IsNull: false } value ? widen(value) : Datum.Null;
    }
}
