using System;
using System.Globalization;
using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>A value (maybe NULL), a certain failure, or neither.</summary>
internal readonly record struct ConstantResult(bool IsKnown, object? Value, string? Failure)
{
    public static readonly ConstantResult Unknown = default;

    public static ConstantResult Known(object? value) => new(true, value, null);

    public static ConstantResult Fails(string why) => new(false, null, why);
}

/// <summary>One operator, cast or call over literals. Functions of text and logarithms aren't computed at build time: they stay calls.</summary>
internal static class ConstantEvaluator
{
    public static ConstantResult Evaluate(BoundExpression expression)
    {
        try
        {
            return expression switch
            {
                BoundUnary { Operand: BoundLiteral operand } unary => Unary(unary, operand.Value),
                BoundBinary { Left: BoundLiteral left, Right: BoundLiteral right } binary => Binary(binary, left, right),
                BoundIsNull { Operand: BoundLiteral operand } isNull => ConstantResult.Known((operand.Value is null) != isNull.Negated),
                BoundCast { Operand: BoundLiteral operand } cast => ConstantCasts.Cast(operand, cast.Type, cast.Try),
                BoundCall call when call.Arguments.All(a => a is BoundLiteral) => Call(call),
                _ => ConstantResult.Unknown,
            };
        }
        catch (OverflowException)
        {
            return ConstantResult.Fails("the result is out of range of " + expression.Type);
        }
        catch (DivideByZeroException)
        {
            return ConstantResult.Fails("division by zero");
        }
    }

    private static ConstantResult Unary(BoundUnary unary, object? value)
    {
        if (value is null)
        {
            return ConstantResult.Known(null);
        }

        switch (unary.Operator)
        {
            case UnaryOperator.Not:
                return ConstantResult.Known(!(bool)value);
            case UnaryOperator.Negate when value is double d:
                return ConstantResult.Known(-d);
            case UnaryOperator.Negate when value is float f:
                return ConstantResult.Known(-f);
            case UnaryOperator.Negate when value is decimal m:
                return ConstantResult.Known(-m);
            case UnaryOperator.Negate when unary.Type.IsInterval:
                return ConstantResult.Known(value is long ticks ? checked(-ticks) : checked(-(int)value));
            case UnaryOperator.Negate when unary.Type.IsInteger:
                return Integer(-Whole(value), unary.Type);
            case UnaryOperator.BitNot when !unary.Type.IsUnsigned:
                return Integer(-Whole(value) - 1, unary.Type);
            default:
                return ConstantResult.Unknown;
        }
    }

    private static ConstantResult Binary(BoundBinary binary, BoundLiteral left, BoundLiteral right)
    {
        BinaryOperator op = binary.Operator;
        if (op is BinaryOperator.Distinct or BinaryOperator.NotDistinct)
        {
            bool? same = left.Value is null || right.Value is null ? left.Value is null && right.Value is null : Compare(left, right) is { } c ? c == 0 : null;
            return same is null ? ConstantResult.Unknown : ConstantResult.Known(same.Value == (op == BinaryOperator.NotDistinct));
        }

        if (left.Value is null || right.Value is null)
        {
            return ConstantResult.Known(null);
        }

        if (op is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual)
        {
            return Compare(left, right) is { } order ? ConstantResult.Known(Holds(op, order)) : ConstantResult.Unknown;
        }

        if (op == BinaryOperator.Concat)
        {
            return left.Value is string a && right.Value is string b && a.Length + b.Length < 100_000 ? ConstantResult.Known(a + b) : ConstantResult.Unknown;
        }

        return binary.Type.Kind switch
        {
            SqlTypeKind.Double => Float(op, (double)left.Value, (double)right.Value, v => v),
            SqlTypeKind.Real => Float(op, (float)left.Value, (float)right.Value, v => (float)v),
            SqlTypeKind.Decimal => Exact(op, (decimal)left.Value, (decimal)right.Value),
            SqlTypeKind.IntervalDayTime => ConstantResult.Known(op == BinaryOperator.Add ? checked((long)left.Value + (long)right.Value) : checked((long)left.Value - (long)right.Value)),
            SqlTypeKind.IntervalYearMonth => ConstantResult.Known(op == BinaryOperator.Add ? checked((int)left.Value + (int)right.Value) : checked((int)left.Value - (int)right.Value)),
            _ => binary.Type.IsInteger ? Integers(op, Whole(left.Value), right.Value, binary.Type) : ConstantResult.Unknown,
        };
    }

    private static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    private static int? Compare(BoundLiteral left, BoundLiteral right) => (left.Value, right.Value) switch
    {
        // Text is left to run time, where it compares by UTF-8 bytes; only equality is the same everywhere.
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal) ? 0 : null,
        (byte[], _) or (Guid, _) => null,
        (double a, double b) => FloatOrder(a, b),
        (float a, float b) => FloatOrder(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (decimal a, decimal b) => a.CompareTo(b),
        ({ } a, { } b) when left.Type == right.Type => Whole(a).CompareTo(Whole(b)),
        _ => null,
    };

    // NaN is equal to itself and above everything.
    private static int FloatOrder(double a, double b) =>
        a < b ? -1 : a > b ? 1 : a == b ? 0 : double.IsNaN(a).CompareTo(double.IsNaN(b));

    private static ConstantResult Float(BinaryOperator op, double a, double b, Func<double, object> box) => op switch
    {
        BinaryOperator.Add => ConstantResult.Known(box(a + b)),
        BinaryOperator.Subtract => ConstantResult.Known(box(a - b)),
        BinaryOperator.Multiply => ConstantResult.Known(box(a * b)),
        BinaryOperator.Divide => ConstantResult.Known(box(a / b)),
        BinaryOperator.Modulo => ConstantResult.Known(box(a % b)),
        _ => ConstantResult.Unknown,
    };

    private static ConstantResult Exact(BinaryOperator op, decimal a, decimal b) => op switch
    {
        BinaryOperator.Add => ConstantResult.Known(a + b),
        BinaryOperator.Subtract => ConstantResult.Known(a - b),
        BinaryOperator.Multiply => ConstantResult.Known(a * b),
        _ => ConstantResult.Unknown,
    };

    private static ConstantResult Integers(BinaryOperator op, decimal a, object right, SqlType type)
    {
        decimal b = Whole(right);
        switch (op)
        {
            case BinaryOperator.Add:
                return Integer(a + b, type);
            case BinaryOperator.Subtract:
                return Integer(a - b, type);
            case BinaryOperator.Multiply:
                return Integer(a * b, type);
            case BinaryOperator.Divide:
                return b == 0 ? ConstantResult.Fails("division by zero") : Integer(decimal.Truncate(a / b), type);
            case BinaryOperator.Modulo:
                return b == 0 ? ConstantResult.Fails("division by zero") : Integer(a % b, type);
            default:
                return ConstantResult.Unknown;
        }
    }

    private static ConstantResult Integer(decimal value, SqlType type) =>
        value < NumericTypes.Min(type.Kind) || value > NumericTypes.Max(type.Kind)
            ? ConstantResult.Fails("the result is out of range of " + type)
            : ConstantResult.Known(NumericTypes.Box(value, type.Kind));

    private static decimal Whole(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    // The few functions that constants are written with: intervals and their sums with times, and DECIMAL quotients.
    private static ConstantResult Call(BoundCall call)
    {
        object?[] values = call.Arguments.Select(a => ((BoundLiteral)a).Value).ToArray();
        if (call.Function.Strict && values.Any(v => v is null))
        {
            return ConstantResult.Known(null);
        }

        switch (call.Function.Method)
        {
            case "SqlTime.AddTicks" when values is [long time, long span]:
                return InRange(checked(time + span), call);
            case "SqlTime.SubtractTicks" when values is [long time, long span]:
                return InRange(checked(time - span), call);
            case "SqlTime.MultiplyInterval" when values is [long span, long count]:
                return ConstantResult.Known(checked(span * count));
            case "SqlDecimal.Divide" when values is [decimal a, decimal b, int scale]:
                return b == 0 ? ConstantResult.Fails("division by zero") : ConstantResult.Known(DecimalConstants.Divide(a, b, scale));
            case "SqlDecimal.Modulo" when values is [decimal a, decimal b]:
                return b == 0 ? ConstantResult.Fails("division by zero") : ConstantResult.Known(a % b);
            default:
                return ConstantResult.Unknown;
        }
    }

    private static ConstantResult InRange(long ticks, BoundCall call) =>
        ticks < 0 || ticks > DateTime.MaxValue.Ticks ? ConstantResult.Fails("the result is out of range of " + call.Type) : ConstantResult.Known(ticks);
}
