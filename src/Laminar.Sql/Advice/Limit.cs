using System;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Advice;

/// <summary>A column compared with a constant: <c>column operator value</c>.</summary>
/// <param name="Column">The column, without the widening that the comparison put around it.</param>
/// <param name="Operator">A comparison, with the column on its left.</param>
/// <param name="Value">A decimal for exact numbers and times, a string for text.</param>
/// <param name="Span">The comparison.</param>
internal sealed record Limit(BoundColumn Column, BinaryOperator Operator, object Value, TextSpan Span)
{
    /// <summary>Null when the comparison is of another shape.</summary>
    public static Limit? Of(BoundBinary comparison)
    {
        if (comparison.Operator is not (>= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual))
        {
            return null;
        }

        if (ColumnOf(comparison.Left) is { } left && Constant(comparison.Right) is { } right)
        {
            return new Limit(left, comparison.Operator, right, comparison.Span);
        }

        return ColumnOf(comparison.Right) is { } column && Constant(comparison.Left) is { } value ? new Limit(column, Turned(comparison.Operator), value, comparison.Span) : null;
    }

    /// <summary>Something compared with a constant number, whatever it is computed from; the column stands for it.</summary>
    public static (BoundExpression Subject, Limit Limit)? OfAny(BoundBinary comparison)
    {
        if (Constant(comparison.Right) is decimal right)
        {
            return (Bare(comparison.Left), new Limit(Stand(comparison.Left), comparison.Operator, right, comparison.Span));
        }

        return Constant(comparison.Left) is decimal left ? (Bare(comparison.Right), new Limit(Stand(comparison.Right), Turned(comparison.Operator), left, comparison.Span)) : null;
    }

    private static BoundColumn Stand(BoundExpression value) => new(-1, string.Empty, value.Type, value.Nullable, value.Span);

    private static BoundExpression Bare(BoundExpression value) => value is BoundCast { Try: false, Type.IsNumeric: true, Operand.Type.IsNumeric: true } cast ? Bare(cast.Operand) : value;

    /// <summary>What the comparison gives for every value of a range; null when that depends on the value.</summary>
    public bool? Outcome(decimal least, decimal most)
    {
        if (Value is not decimal value)
        {
            return null;
        }

        bool outside = value < least || value > most;
        return Operator switch
        {
            BinaryOperator.Equal => outside ? false : null,
            BinaryOperator.NotEqual => outside ? true : null,
            BinaryOperator.Less => value > most ? true : value <= least ? false : null,
            BinaryOperator.LessOrEqual => value >= most ? true : value < least ? false : null,
            BinaryOperator.Greater => value < least ? true : value >= most ? false : null,
            _ => value <= least ? true : value > most ? false : null,
        };
    }

    /// <summary>Whether no value can satisfy both.</summary>
    public bool Excludes(Limit other)
    {
        if (Value is string mine && other.Value is string theirs)
        {
            bool same = string.Equals(mine, theirs, StringComparison.Ordinal);
            return (Operator, other.Operator) switch
            {
                (BinaryOperator.Equal, BinaryOperator.Equal) => !same,
                (BinaryOperator.Equal, BinaryOperator.NotEqual) or (BinaryOperator.NotEqual, BinaryOperator.Equal) => same,
                (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual, BinaryOperator.Less or BinaryOperator.LessOrEqual) => IsBehind(mine, theirs),
                (BinaryOperator.Less or BinaryOperator.LessOrEqual, BinaryOperator.Greater or BinaryOperator.GreaterOrEqual) => IsBehind(theirs, mine),
                _ => false,
            };
        }

        if (Value is not decimal a || other.Value is not decimal b)
        {
            return false;
        }

        return (Operator, other.Operator) switch
        {
            (BinaryOperator.Equal, _) => !Holds(a, other.Operator, b),
            (_, BinaryOperator.Equal) => !Holds(b, Operator, a),
            (BinaryOperator.Greater or BinaryOperator.GreaterOrEqual, BinaryOperator.Less or BinaryOperator.LessOrEqual) => a > b || (a == b && !(IsClosed && other.IsClosed)),
            (BinaryOperator.Less or BinaryOperator.LessOrEqual, BinaryOperator.Greater or BinaryOperator.GreaterOrEqual) => other.Excludes(this),
            _ => false,
        };
    }

    // Of other characters the order of UTF-16 isn't that of SQL.
    private static bool IsBehind(string a, string b) => a.All(c => c < 128) && b.All(c => c < 128) && string.CompareOrdinal(a, b) > 0;

    private bool IsClosed => Operator is BinaryOperator.GreaterOrEqual or BinaryOperator.LessOrEqual;

    private static bool Holds(decimal value, BinaryOperator op, decimal limit) => op switch
    {
        BinaryOperator.Equal => value == limit,
        BinaryOperator.NotEqual => value != limit,
        BinaryOperator.Less => value < limit,
        BinaryOperator.LessOrEqual => value <= limit,
        BinaryOperator.Greater => value > limit,
        _ => value >= limit,
    };

    private static BoundColumn? ColumnOf(BoundExpression expression) => expression switch
    {
        BoundColumn column => column,
        BoundCast { Try: false, Type.IsInteger: true, Operand: BoundColumn { Type.IsInteger: true } column } cast when Coercion.Widens(column.Type, cast.Type) => column,
        BoundCast { Try: false, Type.Kind: SqlTypeKind.Decimal, Operand: BoundColumn { Type.IsInteger: true } column } => column,
        _ => null,
    };

    private static object? Constant(BoundExpression expression) => expression switch
    {
        BoundLiteral { Value: string text } => text,
        BoundLiteral { Value: long or int or decimal or sbyte or short or byte or ushort or uint or ulong } literal => Convert.ToDecimal(literal.Value, CultureInfo.InvariantCulture),
        BoundCast { Try: false, Type.IsFloat: true, Operand: BoundLiteral { Value: not null, Type: { IsInteger: true } or { Kind: SqlTypeKind.Decimal } } } cast => Constant(cast.Operand),
        BoundCast { Try: false, Type.IsInteger: true, Operand: BoundLiteral { Type.IsInteger: true } } cast => Constant(cast.Operand),
        BoundCast { Try: false, Type.Kind: SqlTypeKind.Decimal, Operand: BoundLiteral { Type.Kind: SqlTypeKind.Decimal } } cast => Constant(cast.Operand),
        _ => null,
    };

    private static BinaryOperator Turned(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => op,
    };
}
