using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>What can be said of an expression without running it.</summary>
internal static class ExpressionFacts
{
    /// <summary>Whether some row could become an error row by it.</summary>
    public static bool CanFail(BoundExpression expression) => ExpressionRewriter.Any(expression, FailsItself);

    private static bool FailsItself(BoundExpression expression) => expression switch
    {
        BoundUnary { Operator: UnaryOperator.Negate } unary => !unary.Type.IsFloat && unary.Type.Kind != SqlTypeKind.Decimal,
        BoundBinary { Operator: >= BinaryOperator.Add and <= BinaryOperator.Modulo } binary => !binary.Type.IsFloat,
        BoundCall call => call.Function.CanFail,
        BoundCast cast => !cast.Try && CastRules.CanFail(cast.Operand.Type, cast.Type),
        _ => false,
    };
}
