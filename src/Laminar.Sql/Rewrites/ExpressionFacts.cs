using System;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>What can be said of an expression without running it.</summary>
public static class ExpressionFacts
{
    /// <summary>Whether some row could become an error row by it.</summary>
    public static bool CanFail(BoundExpression expression) => expression.DescendantsAndSelf().Any(FailsItself);

    /// <summary>Whether nothing about it can fail but that a sum, difference or product of integers of 32 or 64 bits doesn't fit.</summary>
    public static bool FailsByOverflowOnly(BoundExpression expression) => expression.DescendantsAndSelf().All(e => !FailsItself(e) || IsWideIntegerArithmetic(e));

    /// <summary>A sum, difference, product or negation of integers of 32 or 64 bits.</summary>
    public static bool IsWideIntegerArithmetic(BoundExpression expression) =>
        expression is BoundUnary { Operator: UnaryOperator.Negate } or BoundBinary { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply }
        && expression.Type.Kind is SqlTypeKind.Int or SqlTypeKind.BigInt or SqlTypeKind.UInt or SqlTypeKind.UBigInt;

    /// <summary>Whether all its leaves are literals.</summary>
    public static bool IsConstant(BoundExpression expression) => !expression.DescendantsAndSelf().Any(e => e is BoundColumn or BoundClock or BoundWatermark);

    private static bool FailsItself(BoundExpression expression) => expression switch
    {
        BoundUnary { Operator: UnaryOperator.Negate } unary => unary.Type.IsInteger || unary.Type.IsInterval,
        BoundBinary { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } binary => !binary.Type.IsFloat,
        BoundBinary { Operator: BinaryOperator.Divide or BinaryOperator.Modulo } binary => !binary.Type.IsFloat && !IsSafeDivisor(binary.Right),
        BoundCall call => call.Function.CanFail,
        BoundCast cast => !cast.Try && CastRules.CanFail(cast.Operand.Type, cast.Type),
        _ => false,
    };

    /// <summary>Neither 0 (division by zero) nor -1 (overflow of the smallest number).</summary>
    private static bool IsSafeDivisor(BoundExpression divisor) =>
        divisor is BoundLiteral { Value: { } value } && divisor.Type.IsInteger && Convert.ToDecimal(value, CultureInfo.InvariantCulture) is not (0 or -1);
}
