using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>Bound expressions as SQL-like text, every operator in parentheses, every coercion visible.</summary>
public static class ExpressionPrinter
{
    public static string Print(BoundExpression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    /// <summary>The SQL spelling of an operator.</summary>
    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Concat => "||",
        BinaryOperator.Equal => "=",
        BinaryOperator.NotEqual => "<>",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.NotDistinct => "IS NOT DISTINCT FROM",
        BinaryOperator.Distinct => "IS DISTINCT FROM",
        BinaryOperator.And => "AND",
        BinaryOperator.Or => "OR",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.BitOr => "|",
        _ => "^",
    };

    /// <summary>A literal as SQL writes it.</summary>
    public static string Literal(object? value, SqlType type)
    {
        switch (value)
        {
            case null:
                return "NULL";
            case bool b:
                return b ? "TRUE" : "FALSE";
            case string s:
                return "'" + s.Replace("'", "''") + "'";
            case double d:
                return d.ToString("R", CultureInfo.InvariantCulture);
            case float f:
                return f.ToString("R", CultureInfo.InvariantCulture);
            case byte[] bytes:
                return "X'" + string.Concat(bytes.Select(b => b.ToString("X2", CultureInfo.InvariantCulture))) + "'";
            case Guid g:
                return "UUID '" + g.ToString("D") + "'";
        }

        switch (type.Kind)
        {
            case SqlTypeKind.Date when value is int days:
                return "DATE '" + Instant(days * TimeSpan.TicksPerDay, "yyyy-MM-dd") + "'";
            case SqlTypeKind.Time when value is long time:
                return "TIME '" + Instant(time, "HH:mm:ss.FFFFFFF") + "'";
            case SqlTypeKind.Timestamp when value is long ticks:
                return "TIMESTAMP '" + Instant(ticks, "yyyy-MM-dd HH:mm:ss.FFFFFFF") + "'";
            case SqlTypeKind.TimestampTz when value is long ticks:
                return "TIMESTAMPTZ '" + Instant(ticks, "yyyy-MM-dd HH:mm:ss.FFFFFFF") + "+00'";
            case SqlTypeKind.IntervalDayTime when value is long span:
                return Duration(span);
            case SqlTypeKind.IntervalYearMonth when value is int months:
                return $"INTERVAL '{months.ToString(CultureInfo.InvariantCulture)}' MONTH";
            default:
                return Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        }
    }

    /// <summary>Ticks as the shortest exact interval: <c>INTERVAL '5' SECOND</c>, <c>INTERVAL '1' DAY</c>.</summary>
    public static string Duration(long ticks)
    {
        (long Unit, string Name)[] units =
        {
            (TimeSpan.TicksPerDay, "DAY"), (TimeSpan.TicksPerHour, "HOUR"), (TimeSpan.TicksPerMinute, "MINUTE"), (TimeSpan.TicksPerSecond, "SECOND"),
        };
        foreach ((long unit, string name) in units)
        {
            if (ticks % unit == 0 && (ticks != 0 || name == "SECOND"))
            {
                return $"INTERVAL '{(ticks / unit).ToString(CultureInfo.InvariantCulture)}' {name}";
            }
        }

        return $"INTERVAL '{((decimal)ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture)}' SECOND";
    }

    private static string Instant(long ticks, string format) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? new DateTime(ticks).ToString(format, CultureInfo.InvariantCulture)
        : ticks.ToString(CultureInfo.InvariantCulture);

    private static void Write(StringBuilder text, BoundExpression expression)
    {
        switch (expression)
        {
            case BoundColumn column:
                text.Append(column.Name);
                break;
            case BoundClock:
                text.Append("CURRENT_TIMESTAMP");
                break;
            case BoundWatermark:
                text.Append("CURRENT_WATERMARK()");
                break;
            case BoundLiteral literal:
                text.Append(Literal(literal.Value, literal.Type));
                break;
            case BoundUnary unary:
                text.Append(unary.Operator switch { UnaryOperator.Negate => "(-", UnaryOperator.Not => "(NOT ", _ => "(~" });
                Write(text, unary.Operand);
                text.Append(')');
                break;
            case BoundBinary binary:
                text.Append('(');
                Write(text, binary.Left);
                text.Append(' ').Append(Symbol(binary.Operator)).Append(' ');
                Write(text, binary.Right);
                text.Append(')');
                break;
            case BoundIsNull isNull:
                text.Append('(');
                Write(text, isNull.Operand);
                text.Append(isNull.Negated ? " IS NOT NULL)" : " IS NULL)");
                break;
            case BoundCase @case:
                WriteCase(text, @case);
                break;
            case BoundCoalesce coalesce:
                WriteCall(text, "COALESCE", coalesce.Arguments);
                break;
            case BoundItems items:
                WriteCall(text, items.Type.Kind == SqlTypeKind.Array ? "ARRAY" : "ROW", items.Items);
                break;
            case BoundCast cast:
                text.Append(cast.Try ? "TRY_CAST(" : "CAST(");
                Write(text, cast.Operand);
                text.Append(" AS ").Append(cast.Type).Append(')');
                break;
            case BoundCall { Function.Name: "CAST" or "TRY_CAST" } call:
                text.Append(call.Function.Name).Append('(');
                Write(text, call.Arguments[0]);
                text.Append(" AS ").Append(call.Type).Append(')');
                break;
            case BoundCall call when call.Function.Name.Length <= 2 && call.Arguments.Count >= 2 && !char.IsLetter(call.Function.Name[0]):
                text.Append('(');
                Write(text, call.Arguments[0]);
                text.Append(' ').Append(call.Function.Name).Append(' ');
                Write(text, call.Arguments[1]);
                text.Append(')');
                break;
            case BoundCall { Type.Kind: SqlTypeKind.Prepared } call:
                WriteList(text, call.Arguments);
                break;
            case BoundCall call:
                WriteCall(text, call.Function.Name, call.Arguments);
                break;
            default:
                text.Append('?');
                break;
        }
    }

    private static void WriteCase(StringBuilder text, BoundCase expression)
    {
        text.Append("CASE");
        foreach (BoundWhen when in expression.Whens)
        {
            text.Append(" WHEN ");
            Write(text, when.Condition);
            text.Append(" THEN ");
            Write(text, when.Result);
        }

        if (expression.Else is not null)
        {
            text.Append(" ELSE ");
            Write(text, expression.Else);
        }

        text.Append(" END");
    }

    private static void WriteCall(StringBuilder text, string name, IReadOnlyList<BoundExpression> arguments)
    {
        text.Append(name).Append('(');
        WriteList(text, arguments);
        text.Append(')');
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<BoundExpression> expressions)
    {
        for (int i = 0; i < expressions.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ");
            Write(text, expressions[i]);
        }
    }
}
