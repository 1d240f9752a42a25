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
/// Both sides have the same type (but for shifts, whose right side is INT, and DECIMALs, whose digits may differ), and it is the type of the
/// result but for comparisons:
/// integers (checked: overflow and division by zero are error rows), REAL and DOUBLE (IEEE; compared with NaN = NaN above everything),
/// DECIMAL <c>+ - *</c> (never inexact: types that don't fit 28 digits were refused), text by UTF-8 bytes, intervals <c>+ -</c>,
/// times and timestamps compared by their numbers. All other time arithmetic and DECIMAL <c>/ %</c> come as <see cref="BoundCall"/>;
/// BIGINT event time +- INTERVAL comes as BIGINT +- BIGINT milliseconds.
/// </summary>
public sealed record BoundBinary(BinaryOperator Operator, BoundExpression Left, BoundExpression Right, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>IS [NOT] NULL.</summary>
public sealed record BoundIsNull(BoundExpression Operand, bool Negated, TextSpan Span) : BoundExpression(SqlType.Boolean, false, Span);

/// <summary>Searched CASE (a simple CASE is lowered with the operand's equality). Conditions in order; lazily evaluated; no match gives Else or NULL.</summary>
public sealed record BoundCase(IReadOnlyList<BoundWhen> Whens, BoundExpression? Else, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

public sealed record BoundWhen(BoundExpression Condition, BoundExpression Result);

/// <summary>The first argument that isn't NULL; lazily evaluated.</summary>
public sealed record BoundCoalesce(IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>
/// Conversion; NULL stays NULL. What a plan holds is only what C# does by itself without failing: widening among numbers (also integer to
/// DOUBLE or DECIMAL, REAL to DOUBLE), DECIMAL to a DECIMAL that holds it, TIMESTAMP to and from TIMESTAMPTZ, a typed NULL: executors emit
/// <c>(clrType)value</c>. Every other conversion, and every TRY_CAST that can fail, was made a <see cref="BoundCall"/> of <c>SqlCast</c>
/// (<see cref="ScalarFunction.Name"/> is <c>CAST</c> or <c>TRY_CAST</c>) by the planner; <paramref name="Try"/> is then false here.
/// </summary>
public sealed record BoundCast(BoundExpression Operand, bool Try, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);

/// <summary>
/// A scalar function. Strict functions aren't called for NULL arguments: the result is NULL. Others take nullable parameters
/// (<c>long?</c>, <c>string?</c>) and are always called. All arguments are evaluated, left to right.
/// </summary>
public sealed record BoundCall(ScalarFunction Function, IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span);
