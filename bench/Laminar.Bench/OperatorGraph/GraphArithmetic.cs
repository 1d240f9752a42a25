using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Bench.OperatorGraph;

/// <summary>What an operator makes of two values that aren't NULL.</summary>
public static class GraphArithmetic
{
    /// <exception cref="NotSupportedException">The operator graph doesn't know it for this type.</exception>
    public static Func<Datum, Datum, Datum> Of(BinaryOperator op, SqlType type, SqlType result) => op switch
    {
        BinaryOperator.Equal when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number == b.Number),
        BinaryOperator.NotEqual when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number != b.Number),
        BinaryOperator.Less when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number < b.Number),
        BinaryOperator.LessOrEqual when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number <= b.Number),
        BinaryOperator.Greater when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number > b.Number),
        BinaryOperator.GreaterOrEqual when Expressions.IsWhole(type) => static (a, b) => Datum.Of(a.Number >= b.Number),
        BinaryOperator.Equal when type.Kind == SqlTypeKind.Varchar => static (a, b) => Datum.Of(a.Text == b.Text),
        BinaryOperator.NotEqual when type.Kind == SqlTypeKind.Varchar => static (a, b) => Datum.Of(a.Text != b.Text),
        BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
            Compared(op, Expressions.Order(type)),
        BinaryOperator.Concat => static (a, b) => Datum.OfObject(string.Concat(a.Text, b.Text)),
        _ when type.Kind == SqlTypeKind.Decimal => OfDecimal(op),
        _ when Expressions.IsFloat(type) => OfFloat(op),
        _ when Expressions.IsWhole(type) => result.Kind == SqlTypeKind.Int ? Narrow(OfWhole(op)) : OfWhole(op),
        _ => throw new NotSupportedException($"The operator graph doesn't know {op} of {type}."),
    };

    private static Func<Datum, Datum, Datum> Compared(BinaryOperator op, Comparison<Datum> order) => op switch
    {
        BinaryOperator.Equal => (a, b) => Datum.Of(order(a, b) == 0),
        BinaryOperator.NotEqual => (a, b) => Datum.Of(order(a, b) != 0),
        BinaryOperator.Less => (a, b) => Datum.Of(order(a, b) < 0),
        BinaryOperator.LessOrEqual => (a, b) => Datum.Of(order(a, b) <= 0),
        BinaryOperator.Greater => (a, b) => Datum.Of(order(a, b) > 0),
        _ => (a, b) => Datum.Of(order(a, b) >= 0),
    };

    private static Func<Datum, Datum, Datum> OfWhole(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => static (a, b) => Datum.Of(checked(a.Number + b.Number)),
        BinaryOperator.Subtract => static (a, b) => Datum.Of(checked(a.Number - b.Number)),
        BinaryOperator.Multiply => static (a, b) => Datum.Of(checked(a.Number * b.Number)),
        BinaryOperator.Divide => static (a, b) => Datum.Of(a.Number / b.Number),
        BinaryOperator.Modulo => static (a, b) => Datum.Of(a.Number % b.Number),
        BinaryOperator.BitAnd => static (a, b) => Datum.Of(a.Number & b.Number),
        BinaryOperator.BitOr => static (a, b) => Datum.Of(a.Number | b.Number),
        _ => static (a, b) => Datum.Of(a.Number ^ b.Number),
    };

    private static Func<Datum, Datum, Datum> Narrow(Func<Datum, Datum, Datum> wide) => (a, b) => Datum.Of((long)checked((int)wide(a, b).Number));

    private static Func<Datum, Datum, Datum> OfFloat(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => static (a, b) => Datum.Of(a.Float + b.Float),
        BinaryOperator.Subtract => static (a, b) => Datum.Of(a.Float - b.Float),
        BinaryOperator.Multiply => static (a, b) => Datum.Of(a.Float * b.Float),
        BinaryOperator.Divide => static (a, b) => Datum.Of(a.Float / b.Float),
        BinaryOperator.Modulo => static (a, b) => Datum.Of(a.Float % b.Float),
        _ => throw new NotSupportedException($"The operator graph doesn't know {op} of DOUBLE."),
    };

    private static Func<Datum, Datum, Datum> OfDecimal(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => static (a, b) => Datum.Of(a.Decimal + b.Decimal),
        BinaryOperator.Subtract => static (a, b) => Datum.Of(a.Decimal - b.Decimal),
        BinaryOperator.Multiply => static (a, b) => Datum.Of(a.Decimal * b.Decimal),
        _ => throw new NotSupportedException($"The operator graph doesn't know {op} of DECIMAL."),
    };
}
