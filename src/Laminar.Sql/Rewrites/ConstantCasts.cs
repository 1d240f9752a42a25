using System;
using System.Globalization;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>CAST of a literal, with the results of <c>SqlCast</c> at run time.</summary>
internal static class ConstantCasts
{
    public static ConstantResult Cast(BoundLiteral literal, SqlType type, bool @try)
    {
        if (literal.Value is not { } value)
        {
            return ConstantResult.Known(null);
        }

        ConstantResult result;
        try
        {
            result = Cast(value, literal.Type, type);
        }
        catch (OverflowException)
        {
            result = ConstantResult.Fails($"{Plan.ExpressionPrinter.Literal(value, literal.Type)} is out of range of {type}");
        }

        return result.Failure is not null && @try ? ConstantResult.Known(null) : result;
    }

    private static ConstantResult Cast(object value, SqlType from, SqlType to)
    {
        if (value is string text)
        {
            return to.Kind is SqlTypeKind.Bytes or SqlTypeKind.Json ? ConstantResult.Unknown
                : TextConstants.TryRead(text, to, out object? read) ? ConstantResult.Known(read)
                : ConstantResult.Fails($"{Plan.ExpressionPrinter.Literal(text, from)} is no {to}");
        }

        if (to.Kind == SqlTypeKind.Varchar)
        {
            return Text(value, from);
        }

        if (from.IsNumeric && to.IsNumeric)
        {
            return Number(value, from, to);
        }

        if (from.IsTimestamp && to.IsTimestamp)
        {
            return ConstantResult.Known(value);
        }

        return from.Kind == SqlTypeKind.Date && to.IsTimestamp ? ConstantResult.Known((int)value * TimeSpan.TicksPerDay) : ConstantResult.Unknown;
    }

    private static ConstantResult Text(object value, SqlType from) => from.Kind switch
    {
        SqlTypeKind.Date => ConstantResult.Known(TimeText.Date((int)value)),
        SqlTypeKind.Time => ConstantResult.Known(TimeText.Time((long)value)),
        SqlTypeKind.Timestamp => ConstantResult.Known(TimeText.Timestamp((long)value)),
        SqlTypeKind.Boolean => ConstantResult.Known((bool)value ? "true" : "false"),
        _ => from.IsInteger ? ConstantResult.Known(Convert.ToString(value, CultureInfo.InvariantCulture)) : ConstantResult.Unknown,
    };

    private static ConstantResult Number(object value, SqlType from, SqlType to)
    {
        if (to.Kind == SqlTypeKind.Double)
        {
            return ConstantResult.Known(Convert.ToDouble(value, CultureInfo.InvariantCulture));
        }

        if (to.Kind == SqlTypeKind.Real)
        {
            double wide = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            return float.IsInfinity((float)wide) && !double.IsInfinity(wide) ? OutOfRange(value, from, to) : ConstantResult.Known((float)wide);
        }

        if (from.IsFloat)
        {
            double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
            if (double.IsNaN(number) || Math.Abs(number) >= 7e27)
            {
                return OutOfRange(value, from, to);
            }

            // Half to even for integers, as PostgreSQL and DuckDB; a DECIMAL is left to run time, where the digits are counted.
            return to.IsInteger ? Integer((decimal)Math.Round(number, MidpointRounding.ToEven), value, from, to) : ConstantResult.Unknown;
        }

        decimal exact = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        if (to.IsInteger)
        {
            return Integer(Math.Round(exact, MidpointRounding.AwayFromZero), value, from, to);
        }

        return DecimalConstants.TryFit(exact, to, out decimal fitted) ? ConstantResult.Known(to.Open ? exact : fitted) : OutOfRange(value, from, to);
    }

    private static ConstantResult Integer(decimal whole, object value, SqlType from, SqlType to) =>
        whole < NumericTypes.Min(to.Kind) || whole > NumericTypes.Max(to.Kind) ? OutOfRange(value, from, to) : ConstantResult.Known(NumericTypes.Box(whole, to.Kind));

    private static ConstantResult OutOfRange(object value, SqlType from, SqlType to) =>
        ConstantResult.Fails($"{Plan.ExpressionPrinter.Literal(value, from)} is out of range of {to}");
}
