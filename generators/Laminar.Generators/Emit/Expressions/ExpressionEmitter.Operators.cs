using System;
using Laminar.Sql.Binding;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>Arithmetic and comparisons.</summary>
internal sealed partial class ExpressionEmitter
{
    private EmittedValue Unary(BoundUnary unary)
    {
        EmittedValue operand = Emit(unary.Operand);
        operand = ExpressionFacts.IsConstant(unary.Operand) ? Pooled(operand) : operand;
        string type = ClrForm.Of(unary.Type);
        if (Leaves && ExpressionFacts.IsWideIntegerArithmetic(unary))
        {
            return OrLeave("Subtract", "0", operand.Code, operand.Null, unary.Type);
        }

        return unary.Operator switch
        {
            UnaryOperator.Not => new EmittedValue($"!{operand.Code}", operand.Null, unary.Type),
            UnaryOperator.BitNot => new EmittedValue($"unchecked(({type})~{operand.Code})", operand.Null, unary.Type),
            _ when unary.Type.IsInteger || unary.Type.IsInterval => Guarded($"checked(({type})(-{operand.Code}))", operand.Null, unary.Type, mustGuard: true),
            _ => new EmittedValue($"(-{operand.Code})", operand.Null, unary.Type),
        };
    }

    /// <summary>
    /// Both operands. The operator's own code is skipped where a side is NULL, and an operand that can fail may not be skipped with it: the
    /// row is an error row whatever stands on the other side (as in PostgreSQL, where operands are computed before NULL is looked at).
    /// </summary>
    private (EmittedValue Left, EmittedValue Right) Operands(BoundBinary binary)
    {
        EmittedValue left = Emit(binary.Left);
        EmittedValue right = Emit(binary.Right);
        left = right.Null is not null && Failure.Possible(binary.Left) ? ToLocal(left, "left") : left;
        right = left.Null is not null && Failure.Possible(binary.Right) ? ToLocal(right, "right") : right;
        return (left, right);
    }

    private EmittedValue Arithmetic(BoundBinary binary)
    {
        (EmittedValue left, EmittedValue right) = Operands(binary);
        string? isNull = Or(left.Null, right.Null);
        string type = ClrForm.Of(binary.Type);
        if (Leaves && ExpressionFacts.IsWideIntegerArithmetic(binary))
        {
            return OrLeave(binary.Operator.ToString(), left.Code, right.Code, isNull, binary.Type);
        }

        if (ExpressionFacts.IsConstant(binary.Right))
        {
            // C# would compute constants itself and refuse to compile an overflow or a division by zero, which belong to the row.
            left = ExpressionFacts.IsConstant(binary.Left) ? Pooled(left) : left;
            right = binary.Operator is BinaryOperator.Divide or BinaryOperator.Modulo && Failure.Possible(binary) ? Pooled(right) : right;
        }

        bool isFloat = binary.Type.IsFloat;
        bool isShort = type is "sbyte" or "short" or "byte" or "ushort";
        string cast = isShort ? $"({type})" : "";
        string Checked(string op) => isFloat || binary.Type.Kind == SqlTypeKind.Decimal
            ? $"({left.Code} {op} {right.Code})"
            : isShort ? $"checked(({type})({left.Code} {op} {right.Code}))" : $"checked({left.Code} {op} {right.Code})";
        string code = binary.Operator switch
        {
            BinaryOperator.Add => Checked("+"),
            BinaryOperator.Subtract => Checked("-"),
            BinaryOperator.Multiply => Checked("*"),
            BinaryOperator.Divide => isShort ? $"checked(({type})({left.Code} / {right.Code}))" : $"({left.Code} / {right.Code})",
            BinaryOperator.Modulo => isShort ? $"({type})({left.Code} % {right.Code})" : $"({left.Code} % {right.Code})",
            BinaryOperator.Concat => $"string.Concat({left.Code}, {right.Code})",
            BinaryOperator.BitAnd => $"{cast}({left.Code} & {right.Code})",
            BinaryOperator.BitOr => $"{cast}({left.Code} | {right.Code})",
            BinaryOperator.BitXor => $"{cast}({left.Code} ^ {right.Code})",
            _ => throw new NotSupportedException($"No emitter for {binary.Operator}."),
        };

        // A NULL side's stand-in may be garbage or 0: what can fail on it, and what allocates, isn't evaluated then.
        return Guarded(code, isNull, binary.Type, Failure.Possible(binary) || binary.Operator is BinaryOperator.Concat or BinaryOperator.Divide or BinaryOperator.Modulo);
    }

    /// <summary>Arithmetic whose loop is left where the result doesn't fit; what stands in for NULL may be anything.</summary>
    private EmittedValue OrLeave(string operation, string left, string right, string? isNull, SqlType type)
    {
        string local = _names.Local(operation switch { "Add" => "sum", "Subtract" => "difference", _ => "product" });
        string overflows = $"Execution::RowArithmetic.{operation}Overflows<TCare>({Unwrap(left)}, {Unwrap(right)}, out {ClrForm.Of(type)} {local})";
        using (_writer.Open($"if ({overflows}{(isNull is null ? "" : $" && !{isNull}")})"))
        {
            _writer.Line("goto Leave;");
        }

        return new EmittedValue(local, isNull, type);
    }

    private EmittedValue Pooled(EmittedValue constant) =>
        constant.Null is null && constant.Code.StartsWith("Constant", StringComparison.Ordinal) == false && IsLiteral(constant.Code)
            ? constant with { Code = _constants.Add(ClrForm.Of(constant.Type), Unwrap(constant.Code)) }
            : constant;

    /// <summary>A number as ClrForm writes it, in parentheses or with a cast.</summary>
    private static bool IsLiteral(string code)
    {
        string trimmed = code.TrimStart('(', '-');
        return trimmed.Length > 0 && (char.IsDigit(trimmed[0]) || code.EndsWith("MinValue", StringComparison.Ordinal) || code.StartsWith("(sbyte)", StringComparison.Ordinal)
            || code.StartsWith("(short)", StringComparison.Ordinal) || code.StartsWith("(byte)", StringComparison.Ordinal) || code.StartsWith("(ushort)", StringComparison.Ordinal));
    }

    private EmittedValue Comparison(BoundBinary comparison)
    {
        (EmittedValue left, EmittedValue right) = Operands(comparison);
        string? isNull = Or(left.Null, right.Null);
        string code = Compare(comparison.Operator, left.Code, right.Code, comparison.Left, comparison.Right);
        return Guarded(code, isNull, SqlType.Boolean, mustGuard: ClrForm.IsReference(comparison.Left.Type));
    }

    private EmittedValue Distinctness(BoundBinary distinct)
    {
        EmittedValue left = ToLocal(Emit(distinct.Left), "left");
        EmittedValue right = ToLocal(Emit(distinct.Right), "right");
        string equal = Compare(BinaryOperator.Equal, left.Code, right.Code, distinct.Left, distinct.Right);
        string same = (left.Null, right.Null) switch
        {
            (null, null) => equal,
            ({ } l, null) => $"(!{l} && {equal})",
            (null, { } r) => $"(!{r} && {equal})",
            ({ } l, { } r) => $"({l} == {r} && ({l} || {equal}))",
        };
        return new EmittedValue(distinct.Operator == BinaryOperator.Distinct ? $"!{same}" : same, null, SqlType.Boolean);
    }

    private static string Compare(BinaryOperator op, string left, string right, BoundExpression leftSide, BoundExpression rightSide)
    {
        SqlType type = leftSide.Type;
        if (type.IsFloat)
        {
            return CompareFloats(op, left, right, leftSide, rightSide);
        }

        string symbol = Symbol(op);
        bool equality = op is BinaryOperator.Equal or BinaryOperator.NotEqual;
        switch (type.Kind)
        {
            case SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row when equality:
                return $"{(op == BinaryOperator.NotEqual ? "!" : "")}Functions::NestedValues.AreEqual({left}, {right})";
            case SqlTypeKind.Array or SqlTypeKind.Row:
                return $"(Functions::NestedValues.Compare({left}, {right}) {symbol} 0)";
            case SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes when equality:
                return $"{(op == BinaryOperator.NotEqual ? "!" : "")}Functions::SqlCompare.AreEqual({left}, {right})";
            case SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes:
            case SqlTypeKind.Boolean or SqlTypeKind.Uuid when !equality:
                return $"(Functions::SqlCompare.Compare({left}, {right}) {symbol} 0)";
            default:
                return $"({left} {symbol} {right})";
        }
    }

    /// <summary>NaN is equal to itself and above all: plain operators do where one side is a number that is no NaN.</summary>
    private static string CompareFloats(BinaryOperator op, string left, string right, BoundExpression leftSide, BoundExpression rightSide)
    {
        if (IsNumber(rightSide))
        {
            return op switch
            {
                BinaryOperator.Greater => $"!({left} <= {right})",
                BinaryOperator.GreaterOrEqual => $"!({left} < {right})",
                _ => $"({left} {Symbol(op)} {right})",
            };
        }

        if (IsNumber(leftSide))
        {
            return op switch
            {
                BinaryOperator.Less => $"!({left} >= {right})",
                BinaryOperator.LessOrEqual => $"!({left} > {right})",
                _ => $"({left} {Symbol(op)} {right})",
            };
        }

        return op switch
        {
            BinaryOperator.Equal => $"Functions::SqlCompare.AreEqual({left}, {right})",
            BinaryOperator.NotEqual => $"!Functions::SqlCompare.AreEqual({left}, {right})",
            _ => $"(Functions::SqlCompare.Compare({left}, {right}) {Symbol(op)} 0)",
        };
    }

    private static bool IsNumber(BoundExpression side) => side is BoundLiteral { Value: double d } ? !double.IsNaN(d) : side is BoundLiteral { Value: float f } && !float.IsNaN(f);

    private static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "No comparison."),
    };
}
