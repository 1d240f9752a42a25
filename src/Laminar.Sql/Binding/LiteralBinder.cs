using System;
using System.Globalization;
using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Literals: digits are INT, BIGINT or DECIMAL by size, a point makes DECIMAL, an exponent DOUBLE.</summary>
internal static class LiteralBinder
{
    public static BoundExpression? Bind(LiteralExpression literal, DiagnosticBag diagnostics, bool negative = false)
    {
        switch (literal.Kind)
        {
            case LiteralKind.Null:
                return new BoundLiteral(null, SqlType.Null, literal.Span);
            case LiteralKind.True:
                return new BoundLiteral(true, SqlType.Boolean, literal.Span);
            case LiteralKind.False:
                return new BoundLiteral(false, SqlType.Boolean, literal.Span);
            case LiteralKind.Integer:
            case LiteralKind.Decimal:
                return Exact(literal, diagnostics, negative);
            case LiteralKind.Double:
                return Double(literal, diagnostics);
            case LiteralKind.String:
                return Text(literal, diagnostics);
            default:
                return Bytes(literal, diagnostics);
        }
    }

    /// <summary><c>TIMESTAMP '...'</c> and its kind.</summary>
    public static BoundExpression? Bind(TypedLiteralExpression literal, DiagnosticBag diagnostics)
    {
        SqlType? type = TypeResolver.Resolve(literal.Type, diagnostics);
        if (type?.Kind == SqlTypeKind.Json)
        {
            return new BoundCast(new BoundLiteral(literal.Text, SqlType.Varchar, literal.TextSpan), false, type, false, literal.Span);
        }

        return type is null ? null : FromText(literal.Text, type, literal.TextSpan, literal.Span, diagnostics);
    }

    /// <summary>A text constant read as a type: the literal, or null when it was reported.</summary>
    public static BoundLiteral? FromText(string text, SqlType type, TextSpan textSpan, TextSpan span, DiagnosticBag diagnostics)
    {
        if (TextConstants.TryRead(text, type, out object? value))
        {
            return new BoundLiteral(value, type, span);
        }

        diagnostics.Report(SqlRules.InvalidLiteral, textSpan, Shorten(text), type.ToString(), "write it like " + TextConstants.Example(type));
        return null;
    }

    public static BoundExpression? Bind(IntervalExpression interval, DiagnosticBag diagnostics)
    {
        if (TryInterval(interval, out long months, out long ticks) && (months == 0 || ticks == 0) && months >= int.MinValue && months <= int.MaxValue)
        {
            bool calendar = months != 0 || (interval.ToUnit ?? interval.Unit) is "YEAR" or "QUARTER" or "MONTH";
            return calendar
                ? new BoundLiteral((int)months, SqlType.IntervalYearMonth, interval.Span)
                : new BoundLiteral(ticks, SqlType.IntervalDayTime, interval.Span);
        }

        string help = "write it like INTERVAL '5' SECOND or INTERVAL '1' MONTH; months and days can't be in one interval";
        diagnostics.Report(SqlRules.InvalidLiteral, interval.TextSpan, Shorten(interval.Text), "INTERVAL", help);
        return null;
    }

    private static bool TryInterval(IntervalExpression interval, out long months, out long ticks)
    {
        string text = interval.Text.Trim();
        if (interval.Unit.Length == 0)
        {
            return TimeText.TryInterval(text, out months, out ticks);
        }

        months = 0;
        ticks = 0;
        bool negative = text.StartsWith("-", StringComparison.Ordinal);
        string body = negative || text.StartsWith("+", StringComparison.Ordinal) ? text.Substring(1).Trim() : text;
        if (!Unsigned(interval, body, ref months, ref ticks))
        {
            return false;
        }

        months = negative ? -months : months;
        ticks = negative ? -ticks : ticks;
        return true;
    }

    private static bool Unsigned(IntervalExpression interval, string body, ref long months, ref long ticks)
    {
        const NumberStyles styles = NumberStyles.AllowDecimalPoint;
        if (interval.ToUnit is null || interval.ToUnit == interval.Unit)
        {
            if (!decimal.TryParse(body, styles, CultureInfo.InvariantCulture, out decimal count) || !TimeText.TryUnit(interval.Unit, out long unitMonths, out long unitTicks))
            {
                return false;
            }

            try
            {
                months = (long)(count * unitMonths);
                ticks = (long)decimal.Round(count * unitTicks);
                return true;
            }
            catch (OverflowException)
            {
                return false;
            }
        }

        if (interval.Unit == "YEAR")
        {
            string[] parts = body.Split('-');
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int years)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int rest) || rest > 11 || years > 100_000_000)
            {
                return false;
            }

            months = (years * 12L) + rest;
            return true;
        }

        return DayToSecond(interval, body, ref ticks);
    }

    // 'D HH:MM:SS.f' between the units named; a leading unit of HOUR or less has no day part.
    private static bool DayToSecond(IntervalExpression interval, string body, ref long ticks)
    {
        string clock = body;
        if (interval.Unit == "DAY")
        {
            int space = body.IndexOf(' ');
            if (space < 0 || !int.TryParse(body.Substring(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out int days) || days > 10_000_000)
            {
                return false;
            }

            ticks = days * TimeSpan.TicksPerDay;
            clock = body.Substring(space + 1).Trim();
        }

        if (interval.ToUnit == "HOUR")
        {
            clock += ":00";
        }
        else if (interval.Unit == "MINUTE")
        {
            // 'MM:SS' counts minutes without a limit.
            int colon = clock.IndexOf(':');
            if (colon < 0 || !int.TryParse(clock.Substring(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
                || !decimal.TryParse(clock.Substring(colon + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) || seconds >= 60)
            {
                return false;
            }

            ticks = (minutes * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond);
            return true;
        }

        if (!TimeText.TryClock(clock, out long part))
        {
            return false;
        }

        ticks += part;
        return true;
    }

    private static BoundExpression? Exact(LiteralExpression literal, DiagnosticBag diagnostics, bool negative)
    {
        string digits = literal.Text.Replace("_", string.Empty);
        int point = digits.IndexOf('.');
        string significant = digits.TrimStart('0');
        int precision = point < 0 ? Math.Max(1, significant.Length) : Math.Max(1, significant.Replace(".", string.Empty).Length);
        int scale = point < 0 ? 0 : digits.Length - point - 1;
        precision = Math.Max(precision, Math.Max(1, scale));
        if (precision > TypeResolver.MaxDecimalDigits
            || !decimal.TryParse((negative ? "-" : string.Empty) + digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
        {
            diagnostics.Report(SqlRules.InvalidLiteral, literal.Span, Shorten(literal.Text), "number", "DECIMAL has up to 28 digits; add an exponent (e0) for DOUBLE");
            return null;
        }

        if (point >= 0)
        {
            return new BoundLiteral(value, SqlType.Decimal(precision, scale), literal.Span);
        }

        if (value >= int.MinValue && value <= int.MaxValue)
        {
            return new BoundLiteral((int)value, SqlType.Int, literal.Span);
        }

        return value >= long.MinValue && value <= long.MaxValue
            ? new BoundLiteral((long)value, SqlType.BigInt, literal.Span)
            : new BoundLiteral(value, SqlType.Decimal(precision, 0), literal.Span);
    }

    private static BoundExpression? Double(LiteralExpression literal, DiagnosticBag diagnostics)
    {
        if (NumberText.TryDouble(literal.Text.Replace("_", string.Empty), out double value))
        {
            return new BoundLiteral(value, SqlType.Double, literal.Span);
        }

        diagnostics.Report(SqlRules.InvalidLiteral, literal.Span, Shorten(literal.Text), "DOUBLE", "DOUBLE reaches up to 1.8e308");
        return null;
    }

    private static BoundExpression? Text(LiteralExpression literal, DiagnosticBag diagnostics)
    {
        if (!HasLoneSurrogate(literal.Text))
        {
            return new BoundLiteral(literal.Text, SqlType.Varchar, literal.Span);
        }

        diagnostics.Report(SqlRules.InvalidLiteral, literal.Span, "...", "VARCHAR", "half of a surrogate pair is no character");
        return null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static BoundExpression? Bytes(LiteralExpression literal, DiagnosticBag diagnostics)
    {
        string hex = literal.Text;
        if (hex.Length % 2 != 0 || !hex.All(Uri.IsHexDigit))
        {
            diagnostics.Report(SqlRules.InvalidLiteral, literal.Span, Shorten(hex), "BYTES", "write two hex digits per byte, like X'0AFF'");
            return null;
        }

        byte[] bytes = new byte[hex.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = byte.Parse(hex.Substring(i * 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return new BoundLiteral(bytes, SqlType.Bytes, literal.Span);
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text.Substring(0, 37) + "...";
}
