using System;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>What an expression may do besides giving a value.</summary>
internal static class Failure
{
    /// <summary>Whether evaluating it can throw, so that a row may become an error row.</summary>
    public static bool Possible(BoundExpression? expression) => expression switch
    {
        null or BoundLiteral or BoundColumn => false,
        BoundUnary u => (u.Operator == UnaryOperator.Negate && (u.Type.IsInteger || u.Type.IsInterval)) || Possible(u.Operand),
        BoundBinary b => OfOperator(b) || Possible(b.Left) || Possible(b.Right),
        BoundIsNull n => Possible(n.Operand),
        BoundCase c => c.Whens.Any(w => Possible(w.Condition) || Possible(w.Result)) || Possible(c.Else),
        BoundCoalesce c => c.Arguments.Any(Possible),
        BoundCast c => Possible(c.Operand),
        BoundCall c => c.Function.CanFail || c.Arguments.Any(Possible),
        _ => true,
    };

    /// <summary>Whether an output column of this type can refuse a value: a timestamp outside DateTime's range.</summary>
    public static bool AtOutput(BoundExpression expression) =>
        expression is not (BoundColumn or BoundLiteral) && (expression.Type.IsTimestamp || expression.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Time);

    /// <summary>Calls the action for every column that an expression reads.</summary>
    public static void Columns(BoundExpression? expression, Action<BoundColumn> visit)
    {
        switch (expression)
        {
            case BoundColumn column:
                visit(column);
                break;
            case BoundUnary u:
                Columns(u.Operand, visit);
                break;
            case BoundBinary b:
                Columns(b.Left, visit);
                Columns(b.Right, visit);
                break;
            case BoundIsNull n:
                Columns(n.Operand, visit);
                break;
            case BoundCase c:
                foreach (BoundWhen when in c.Whens)
                {
                    Columns(when.Condition, visit);
                    Columns(when.Result, visit);
                }

                Columns(c.Else, visit);
                break;
            case BoundCoalesce c:
                foreach (BoundExpression argument in c.Arguments)
                {
                    Columns(argument, visit);
                }

                break;
            case BoundCast c:
                Columns(c.Operand, visit);
                break;
            case BoundCall c:
                foreach (BoundExpression argument in c.Arguments)
                {
                    Columns(argument, visit);
                }

                break;
        }
    }

    /// <summary>Whether it reads nothing: all its leaves are literals.</summary>
    public static bool IsConstant(BoundExpression expression)
    {
        bool constant = true;
        Columns(expression, _ => constant = false);
        return constant;
    }

    private static bool OfOperator(BoundBinary b)
    {
        bool checkedType = b.Type.IsInteger || b.Type.IsInterval || b.Type.Kind == SqlTypeKind.Decimal;
        return b.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply => checkedType || !b.Type.IsFloat,
            BinaryOperator.Divide or BinaryOperator.Modulo => !b.Type.IsFloat && !IsSafeDivisor(b.Right),
            _ => false,
        };
    }

    /// <summary>Neither 0 (division by zero) nor -1 (overflow of the smallest number).</summary>
    private static bool IsSafeDivisor(BoundExpression divisor) =>
        divisor is BoundLiteral { Value: { } value } && divisor.Type.IsInteger && Convert.ToDecimal(value) is not (0 or -1);
}
