using System;
using Laminar.Sql.Functions;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary><c>+ - * / %</c> over numbers: the types of the result.</summary>
internal static class Arithmetic
{
    public static bool Takes(SqlType type) => type.IsNumeric || type.Kind == SqlTypeKind.Null;

    /// <summary>Null when the result needs more digits than DECIMAL has; <paramref name="digits"/> says how many.</summary>
    public static BoundExpression? Bind(BinaryOperator op, BoundExpression left, BoundExpression right, TextSpan span, out int digits)
    {
        digits = 0;
        SqlType common = Coercion.Common(left, right, arithmetic: true)!;
        if (common.Kind == SqlTypeKind.Decimal)
        {
            return Exact(op, left, right, span, out digits);
        }

        return new BoundBinary(op, Coercion.To(left, common), Coercion.To(right, common), common, left.Nullable || right.Nullable, span);
    }

    private static BoundExpression? Exact(BinaryOperator op, BoundExpression left, BoundExpression right, TextSpan span, out int digits)
    {
        SqlType a = left.Type.Kind == SqlTypeKind.Null ? SqlType.Decimal(1, 0) : Coercion.DecimalOf(left);
        SqlType b = right.Type.Kind == SqlTypeKind.Null ? SqlType.Decimal(1, 0) : Coercion.DecimalOf(right);
        SqlType? type = Result(op, a, b, out digits);
        if (type is null)
        {
            return null;
        }

        BoundExpression x = Coercion.To(left, a);
        BoundExpression y = Coercion.To(right, b);
        if (op is BinaryOperator.Divide)
        {
            // The scale is an argument: the quotient is rounded half away from zero to it.
            return ScalarCalls.Make(new ScalarFunction("/", "SqlDecimal.Divide") { CanFail = true }, type, span, x, y, new BoundLiteral(type.Scale, SqlType.Int, span));
        }

        if (op is BinaryOperator.Modulo)
        {
            return ScalarCalls.Make(new ScalarFunction("%", "SqlDecimal.Modulo") { CanFail = true }, type, span, x, y);
        }

        if (type.Open)
        {
            string method = op switch { BinaryOperator.Add => "SqlDecimal.Add", BinaryOperator.Subtract => "SqlDecimal.Subtract", _ => "SqlDecimal.Multiply" };
            return ScalarCalls.Make(new ScalarFunction(Plan.ExpressionPrinter.Symbol(op), method) { CanFail = true }, type, span, x, y);
        }

        return new BoundBinary(op, x, y, type, x.Nullable || y.Nullable, span);
    }

    /// <summary>
    /// Sum and difference: one digit more than the wider side. Product: digits and scales add. Quotient: scale max(6, s1). Remainder: the
    /// digits of the narrower side. The carry digit of a sum that would be the 29th is left to run time, where overflow is an error row.
    /// </summary>
    private static SqlType? Result(BinaryOperator op, SqlType a, SqlType b, out int digits)
    {
        int scale = op switch
        {
            BinaryOperator.Multiply => a.Scale + b.Scale,
            BinaryOperator.Divide => Math.Max(6, a.Scale),
            _ => Math.Max(a.Scale, b.Scale),
        };
        if (a.Open || b.Open)
        {
            digits = 28;
            return NumericTypes.OpenDecimal(op == BinaryOperator.Multiply ? Math.Max(a.Scale, b.Scale) : scale);
        }

        int whole = op switch
        {
            BinaryOperator.Multiply => a.Precision - a.Scale + b.Precision - b.Scale,
            BinaryOperator.Divide => a.Precision - a.Scale + b.Scale,
            BinaryOperator.Modulo => Math.Min(a.Precision - a.Scale, b.Precision - b.Scale),
            _ => Math.Max(a.Precision - a.Scale, b.Precision - b.Scale) + 1,
        };
        digits = whole + scale;
        int least = op is BinaryOperator.Add or BinaryOperator.Subtract ? digits - 1 : digits;
        return least > TypeResolver.MaxDecimalDigits ? null : SqlType.Decimal(Math.Max(1, Math.Min(digits, TypeResolver.MaxDecimalDigits)), scale);
    }
}
