using System;
using Laminar.Functions;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Text read as values of a type at build time, exactly as <c>SqlCast</c> reads it at run time.</summary>
internal static class TextConstants
{
    /// <summary>False when the text isn't of the type. The value is in the CLR form of <see cref="BoundLiteral"/>.</summary>
    public static bool TryRead(string text, SqlType type, out object? value)
    {
        value = null;
        switch (type.Kind)
        {
            case SqlTypeKind.Varchar:
                value = text;
                return true;
            case SqlTypeKind.Boolean:
                return NumberText.TryBoolean(text, out bool truth) && Set(truth, out value);
            case SqlTypeKind.Date:
                return TimeText.TryDate(text, out int days) && Set(days, out value);
            case SqlTypeKind.Time:
                return TimeText.TryTime(text, out long time) && Set(time, out value);
            case SqlTypeKind.Timestamp:
                return TimeText.TryTimestamp(text, out long ticks) && Set(ticks, out value);
            case SqlTypeKind.TimestampTz:
                return TimeText.TryTimestampTz(text, out long instant) && Set(instant, out value);
            case SqlTypeKind.IntervalDayTime:
                return TimeText.TryInterval(text, out long noMonths, out long span) && noMonths == 0 && Set(span, out value);
            case SqlTypeKind.IntervalYearMonth:
                return TimeText.TryInterval(text, out long months, out long noTicks) && noTicks == 0 && Math.Abs(months) <= int.MaxValue && Set((int)months, out value);
            case SqlTypeKind.Uuid:
                return Guid.TryParse(text.Trim(), out Guid uuid) && Set(uuid, out value);
            case SqlTypeKind.Double:
                return NumberText.TryDouble(text, out double number) && Set(number, out value);
            case SqlTypeKind.Real:
                return NumberText.TryDouble(text, out double wide) && (double.IsInfinity(wide) || !float.IsInfinity((float)wide)) && Set((float)wide, out value);
            case SqlTypeKind.Decimal:
                return NumberText.TryDecimal(text, out decimal exact) && DecimalConstants.TryFit(exact, type, out decimal fitted) && Set(fitted, out value);
            default:
                if (type.IsInteger && NumberText.TryInteger(text, out decimal integer) && integer >= NumericTypes.Min(type.Kind) && integer <= NumericTypes.Max(type.Kind))
                {
                    value = NumericTypes.Box(integer, type.Kind);
                    return true;
                }

                return false;
        }
    }

    /// <summary>How a constant of the type is written.</summary>
    public static string Example(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Date => "'2020-01-31'",
        SqlTypeKind.Time => "'23:59:59'",
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => "'2020-01-31 23:59:59'",
        SqlTypeKind.IntervalDayTime => "INTERVAL '5' SECOND",
        SqlTypeKind.IntervalYearMonth => "INTERVAL '1' MONTH",
        SqlTypeKind.Uuid => "'6f9619ff-8b86-d011-b42d-00cf4fc964ff'",
        SqlTypeKind.Boolean => "TRUE",
        _ => "a number",
    };

    private static bool Set(object read, out object? value)
    {
        value = read;
        return true;
    }
}
