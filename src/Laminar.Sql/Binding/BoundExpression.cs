using System.Collections.Generic;
using Laminar.Sql.Functions;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// A checked expression. All coercions are explicit (<see cref="BoundCast"/>): both sides of a binary operator have the same type
/// (but for time arithmetic and shifts), so emitter and interpreter never convert on their own.
/// </summary>
/// <param name="Type">Type of the value.</param>
/// <param name="Nullable">False only where the value provably can't be NULL.</param>
/// <param name="Span">Where it stands in the SQL text.</param>
public abstract record BoundExpression(SqlType Type, bool Nullable, TextSpan Span);

/// <summary>Column <paramref name="Ordinal"/> of the row that the plan node below hands up.</summary>
public sealed record BoundColumn(int Ordinal, string Name, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>
/// A constant. <paramref name="Value"/> is null or, by type: bool, sbyte..ulong, float, double, decimal, string, byte[], Guid,
/// int days since 0001-01-01 (DATE), long ticks of the day (TIME), long ticks since 0001-01-01 UTC (TIMESTAMP, TIMESTAMPTZ),
/// long ticks (INTERVAL DAY TO SECOND), int months (INTERVAL YEAR TO MONTH). The same representation is used for values at run time.
/// </summary>
public sealed record BoundLiteral(object? Value, SqlType Type, TextSpan Span) : BoundExpression(Type, Value is null, Span);

public enum UnaryOperator
{
    Negate,
    Not,
    BitNot,
}

public sealed record BoundUnary(UnaryOperator Operator, BoundExpression Operand, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Concat,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>IS NOT DISTINCT FROM: NULLs are equal, never NULL.</summary>
    NotDistinct,

    /// <summary>IS DISTINCT FROM.</summary>
    Distinct,

    /// <summary>Three-valued AND; the right side isn't evaluated when the left is FALSE.</summary>
    And,

    /// <summary>Three-valued OR; the right side isn't evaluated when the left is TRUE.</summary>
    Or,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
}

/// <summary>
/// Time arithmetic is the one case with sides of different types: TIMESTAMP +- INTERVAL, DATE +- INTERVAL, TIMESTAMP - TIMESTAMP,
/// INTERVAL * number, BIGINT event time +- INTERVAL is rewritten by the binder to BIGINT +- BIGINT milliseconds.
/// </summary>
public sealed record BoundBinary(BinaryOperator Operator, BoundExpression Left, BoundExpression Right, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>IS [NOT] NULL.</summary>
public sealed record BoundIsNull(BoundExpression Operand, bool Negated, TextSpan Span) : BoundExpression(SqlType.Boolean, false, Span);

/// <summary>Searched CASE (a simple CASE is lowered with the operand's equality). Conditions in order; lazily evaluated; no match gives Else or NULL.</summary>
public sealed record BoundCase(IReadOnlyList<BoundWhen> Whens, BoundExpression? Else, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

public sealed record BoundWhen(BoundExpression Condition, BoundExpression Result);

/// <summary>The first argument that isn't NULL; lazily evaluated.</summary>
public sealed record BoundCoalesce(IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>Conversion; NULL stays NULL. With <paramref name="Try"/> a value that doesn't convert becomes NULL instead of an error row.</summary>
public sealed record BoundCast(BoundExpression Operand, bool Try, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>A scalar function. Strict functions aren't called for NULL arguments: the result is NULL.</summary>
public sealed record BoundCall(ScalarFunction Function, IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);
