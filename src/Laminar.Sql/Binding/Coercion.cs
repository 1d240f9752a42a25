using System.Globalization;
using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Implicit conversions. They only widen; everything else is asked for with CAST.</summary>
internal static class Coercion
{
    /// <summary>The expression as a value of the type; the caller has made sure that this widens.</summary>
    public static BoundExpression To(BoundExpression expression, SqlType type)
    {
        if (expression.Type == type)
        {
            return expression;
        }

        return expression is BoundLiteral { Value: null }
            ? new BoundLiteral(null, type, expression.Span)
            : new BoundCast(expression, false, type, expression.Nullable, expression.Span);
    }

    /// <summary>Whether a value of one type may stand for another without CAST.</summary>
    public static bool Widens(SqlType from, SqlType to)
    {
        if (from == to || from.Kind == SqlTypeKind.Null)
        {
            return true;
        }

        if (from.IsNumeric && to.IsNumeric)
        {
            return NumericTypes.Widens(from, to);
        }

        if (from.IsNested && from.Kind == to.Kind)
        {
            return from.Fields.Count == to.Fields.Count && from.Fields.Zip(to.Fields, (a, b) => (!a.Nullable || b.Nullable) && Widens(a.Type, b.Type)).All(w => w);
        }

        return from.Kind switch
        {
            SqlTypeKind.Date => to.IsTimestamp,
            SqlTypeKind.Timestamp => to.Kind == SqlTypeKind.TimestampTz,
            _ => false,
        };
    }

    /// <summary>The type that both can widen to, or null. A DECIMAL may have more than 28 digits.</summary>
    public static SqlType? Common(SqlType a, SqlType b)
    {
        if (a == b || b.Kind == SqlTypeKind.Null)
        {
            return a;
        }

        if (a.Kind == SqlTypeKind.Null)
        {
            return b;
        }

        if (a.IsNumeric && b.IsNumeric)
        {
            return NumericTypes.Common(a, b);
        }

        if (a.IsNested && a.Kind == b.Kind && a.Fields.Count == b.Fields.Count)
        {
            SqlType?[] inside = a.Fields.Zip(b.Fields, (x, y) => Common(x.Type, y.Type)).ToArray();
            return inside.All(t => t is not null && t.Precision <= TypeResolver.MaxDecimalDigits)
                ? a with { Fields = new(inside.Select((t, i) => a.Fields[i] with { Type = t!, Nullable = a.Fields[i].Nullable || b.Fields[i].Nullable })), Clr = Equals(a.Clr, b.Clr) ? a.Clr : null }
                : null;
        }

        return Widens(a, b) ? b : Widens(b, a) ? a : null;
    }

    /// <summary>
    /// The type that both sides of an operator are brought to, or null. An integer literal takes the other side's integer type when it fits
    /// (in arithmetic only beside BIGINT UNSIGNED, so that TINYINT + 1 is an INT), and counts as many digits as it has beside a DECIMAL; a text
    /// literal takes the type of a time, UUID or interval beside it.
    /// </summary>
    public static SqlType? Common(BoundExpression a, BoundExpression b, bool arithmetic = false)
    {
        if (Fits(a, b.Type) && (!arithmetic || b.Type.Kind == SqlTypeKind.UBigInt))
        {
            return b.Type;
        }

        if (Fits(b, a.Type) && (!arithmetic || a.Type.Kind == SqlTypeKind.UBigInt))
        {
            return a.Type;
        }

        if (IsTextLiteral(a) && TakesText(b.Type))
        {
            return b.Type;
        }

        if (IsTextLiteral(b) && TakesText(a.Type))
        {
            return a.Type;
        }

        return Common(TypeOf(a, b), TypeOf(b, a));
    }

    /// <summary>A text literal as such (PostgreSQL's literal of unknown type).</summary>
    public static bool IsTextLiteral(BoundExpression expression) => expression is BoundLiteral { Value: string, Type.Kind: SqlTypeKind.Varchar };

    /// <summary>Types that a text literal is read as when it stands beside them.</summary>
    public static bool TakesText(SqlType type) =>
        type.IsTimestamp || type.IsInterval || type.Kind is SqlTypeKind.Date or SqlTypeKind.Time or SqlTypeKind.Uuid or SqlTypeKind.Boolean;

    /// <summary>The type as a DECIMAL; an integer literal has only the digits it is written with.</summary>
    public static SqlType DecimalOf(BoundExpression expression)
    {
        if (expression is BoundLiteral { Value: not null } literal && literal.Type.IsInteger)
        {
            string digits = System.Convert.ToString(literal.Value, CultureInfo.InvariantCulture)!;
            return SqlType.Decimal(digits.Count(char.IsDigit), 0);
        }

        return NumericTypes.AsDecimal(expression.Type);
    }

    private static SqlType TypeOf(BoundExpression expression, BoundExpression other) =>
        other.Type.Kind == SqlTypeKind.Decimal && expression.Type.IsInteger ? DecimalOf(expression) : expression.Type;

    private static bool Fits(BoundExpression expression, SqlType type)
    {
        if (!type.IsInteger || expression is not BoundLiteral { Value: not null } literal || !literal.Type.IsInteger || literal.Type == type)
        {
            return false;
        }

        decimal value = System.Convert.ToDecimal(literal.Value, CultureInfo.InvariantCulture);
        return value >= NumericTypes.Min(type.Kind) && value <= NumericTypes.Max(type.Kind);
    }
}
