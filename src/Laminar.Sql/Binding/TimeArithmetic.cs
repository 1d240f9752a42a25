using System;
using Laminar.Sql.Functions;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Arithmetic with dates, times, timestamps and intervals. Results beyond the years 0001 to 9999 are error rows, so almost everything is a
/// function of <c>SqlTime</c>.
/// </summary>
internal static class TimeArithmetic
{
    /// <summary>Null when the operator has no meaning for the types.</summary>
    public static BoundExpression? Bind(BinaryOperator op, BoundExpression left, BoundExpression right, TextSpan span)
    {
        if (left.Type.Kind == SqlTypeKind.Null || right.Type.Kind == SqlTypeKind.Null)
        {
            SqlType other = left.Type.Kind == SqlTypeKind.Null ? right.Type : left.Type;
            return new BoundLiteral(null, other, span);
        }

        return op switch
        {
            BinaryOperator.Add => Add(left, right, span) ?? Add(right, left, span),
            BinaryOperator.Subtract => Subtract(left, right, span),
            BinaryOperator.Multiply => Multiply(left, right, span) ?? Multiply(right, left, span),
            BinaryOperator.Divide => Divide(left, right, span),
            _ => null,
        };
    }

    private static BoundExpression? Add(BoundExpression left, BoundExpression right, TextSpan span)
    {
        SqlTypeKind by = right.Type.Kind;
        switch (left.Type.Kind)
        {
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when by == SqlTypeKind.IntervalDayTime:
                return Call("+", "SqlTime.AddTicks", left.Type, span, left, right);
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when by == SqlTypeKind.IntervalYearMonth:
                return Call("+", "SqlTime.AddMonths", left.Type, span, left, right);
            case SqlTypeKind.Date when right.Type.IsInterval:
                return Add(ToTimestamp(left), right, span);
            case SqlTypeKind.Date when right.Type.IsInteger && Coercion.Widens(right.Type, SqlType.Int):
                return Call("+", "SqlTime.AddDays", SqlType.Date, span, left, Coercion.To(right, SqlType.Int));
            case SqlTypeKind.Date when by == SqlTypeKind.Time:
                return Call("+", "SqlTime.AddTicks", SqlType.Timestamp, span, ToTimestamp(left), right);
            case SqlTypeKind.Time when by == SqlTypeKind.IntervalDayTime:
                return Call("+", "SqlTime.AddToTime", SqlType.Time, span, left, right);
            case SqlTypeKind.IntervalDayTime when by == SqlTypeKind.IntervalDayTime:
            case SqlTypeKind.IntervalYearMonth when by == SqlTypeKind.IntervalYearMonth:
                return new BoundBinary(BinaryOperator.Add, left, right, left.Type, left.Nullable || right.Nullable, span);
            case SqlTypeKind.BigInt when by == SqlTypeKind.IntervalDayTime:
                return Milliseconds(right) is { } ms ? new BoundBinary(BinaryOperator.Add, left, ms, SqlType.BigInt, left.Nullable || right.Nullable, span) : null;
            default:
                return null;
        }
    }

    private static BoundExpression? Subtract(BoundExpression left, BoundExpression right, TextSpan span)
    {
        SqlTypeKind by = right.Type.Kind;
        switch (left.Type.Kind)
        {
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when by == SqlTypeKind.IntervalDayTime:
                return Call("-", "SqlTime.SubtractTicks", left.Type, span, left, right);
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when by == SqlTypeKind.IntervalYearMonth:
                return Call("-", "SqlTime.SubtractMonths", left.Type, span, left, right);
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when right.Type.IsTimestamp:
                return Call("-", "SqlTime.Difference", SqlType.IntervalDayTime, span, left, right);
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when by == SqlTypeKind.Date:
                return Subtract(left, ToTimestamp(right), span);
            case SqlTypeKind.Date when right.Type.IsInterval || right.Type.IsTimestamp:
                return Subtract(ToTimestamp(left), right, span);
            case SqlTypeKind.Date when by == SqlTypeKind.Date:
                return Call("-", "SqlTime.DaysBetween", SqlType.Int, span, left, right);
            case SqlTypeKind.Date when right.Type.IsInteger && Coercion.Widens(right.Type, SqlType.Int):
                return Call("-", "SqlTime.SubtractDays", SqlType.Date, span, left, Coercion.To(right, SqlType.Int));
            case SqlTypeKind.Time when by == SqlTypeKind.Time:
                return Call("-", "SqlTime.Difference", SqlType.IntervalDayTime, span, left, right);
            case SqlTypeKind.Time when by == SqlTypeKind.IntervalDayTime:
                return Call("-", "SqlTime.SubtractFromTime", SqlType.Time, span, left, right);
            case SqlTypeKind.IntervalDayTime when by == SqlTypeKind.IntervalDayTime:
            case SqlTypeKind.IntervalYearMonth when by == SqlTypeKind.IntervalYearMonth:
                return new BoundBinary(BinaryOperator.Subtract, left, right, left.Type, left.Nullable || right.Nullable, span);
            case SqlTypeKind.BigInt when by == SqlTypeKind.IntervalDayTime:
                return Milliseconds(right) is { } ms ? new BoundBinary(BinaryOperator.Subtract, left, ms, SqlType.BigInt, left.Nullable || right.Nullable, span) : null;
            default:
                return null;
        }
    }

    private static BoundExpression? Multiply(BoundExpression interval, BoundExpression number, TextSpan span)
    {
        if (!interval.Type.IsInterval || !number.Type.IsNumeric)
        {
            return null;
        }

        string unit = interval.Type.Kind == SqlTypeKind.IntervalDayTime ? "Interval" : "Months";
        return Coercion.Widens(number.Type, SqlType.BigInt)
            ? Call("*", $"SqlTime.Multiply{unit}", interval.Type, span, interval, Coercion.To(number, SqlType.BigInt))
            : Call("*", $"SqlTime.Multiply{unit}", interval.Type, span, interval, Coercion.To(number, SqlType.Double));
    }

    private static BoundExpression? Divide(BoundExpression interval, BoundExpression number, TextSpan span)
    {
        if (interval.Type.Kind != SqlTypeKind.IntervalDayTime || !number.Type.IsNumeric)
        {
            return null;
        }

        return Call("/", "SqlTime.DivideInterval", interval.Type, span, interval, Coercion.To(number, SqlType.Double));
    }

    /// <summary>A constant interval as BIGINT milliseconds, null when it isn't constant or not whole milliseconds.</summary>
    private static BoundLiteral? Milliseconds(BoundExpression interval) =>
        interval is BoundLiteral { Value: long ticks } literal && ticks % TimeSpan.TicksPerMillisecond == 0
            ? new BoundLiteral(ticks / TimeSpan.TicksPerMillisecond, SqlType.BigInt, literal.Span)
            : null;

    private static BoundExpression ToTimestamp(BoundExpression date) => new BoundCast(date, false, SqlType.Timestamp, date.Nullable, date.Span);

    private static BoundCall Call(string name, string method, SqlType type, TextSpan span, params BoundExpression[] arguments) =>
        ScalarCalls.Make(new ScalarFunction(name, method) { CanFail = true }, type, span, arguments);
}
