// Compiled into Laminar (run time) and Laminar.Sql (constants at build time), so that both read a text the same way. C# for netstandard2.0.
using System;
using System.Globalization;

namespace Laminar.Functions;

/// <summary>Numbers and booleans as text, as PostgreSQL reads and prints them. Spaces around are ignored.</summary>
internal static class NumberText
{
    /// <summary>Digits with an optional sign; null when it is no integer. A value beyond 28 digits is null too.</summary>
    public static bool TryInteger(string text, out decimal value) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool TryDecimal(string text, out decimal value) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);

    /// <summary>Also Infinity, inf and NaN, any case. A finite text that overflows is refused.</summary>
    public static bool TryDouble(string text, out double value)
    {
        string trimmed = text.Trim();
        switch (trimmed.ToLowerInvariant())
        {
            case "nan":
                value = double.NaN;
                return true;
            case "infinity" or "inf" or "+infinity" or "+inf":
                value = double.PositiveInfinity;
                return true;
            case "-infinity" or "-inf":
                value = double.NegativeInfinity;
                return true;
        }

        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;

        // Letters are refused first: parsers differ in which names of infinity they take.
        return trimmed.Length > 0 && (char.IsDigit(trimmed[trimmed.Length - 1]) || trimmed[trimmed.Length - 1] == '.')
            && double.TryParse(trimmed, styles, CultureInfo.InvariantCulture, out value) && !double.IsInfinity(value);
    }

    /// <summary>true, t, yes, y, on, 1 and their opposites, any case.</summary>
    public static bool TryBoolean(string text, out bool value)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "true" or "t" or "yes" or "y" or "on" or "1":
                value = true;
                return true;
            case "false" or "f" or "no" or "n" or "off" or "0":
                value = false;
                return true;
            default:
                value = false;
                return false;
        }
    }

    /// <summary>The shortest text that reads back the same: <c>1</c>, <c>0.1</c>, <c>1e+15</c>, <c>1e-05</c>, <c>NaN</c>, <c>Infinity</c>.</summary>
    public static string Double(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity")
        : Shortest(value.ToString("R", CultureInfo.InvariantCulture), 15, value == 0 && BitConverter.DoubleToInt64Bits(value) < 0);

    /// <inheritdoc cref="Double(double)"/>
    public static string Float(float value) =>
        float.IsNaN(value) ? "NaN"
        : float.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity")
        : Shortest(value.ToString("R", CultureInfo.InvariantCulture), 6, value == 0 && BitConverter.DoubleToInt64Bits(value) < 0);

    // C# and PostgreSQL find the same shortest digits and set exponent and point differently: PostgreSQL writes an exponent below -4 and from `most` up.
    private static string Shortest(string text, int most, bool negativeZero)
    {
        if (negativeZero)
        {
            return "-0";
        }

        string sign = text[0] == '-' ? "-" : string.Empty;
        string body = sign.Length > 0 ? text.Substring(1) : text;
        int e = body.IndexOf('E');
        int exponent = e < 0 ? 0 : int.Parse(body.Substring(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? body : body.Substring(0, e);
        int point = mantissa.IndexOf('.');
        string digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        int zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.TrimStart('0').TrimEnd('0');
        if (digits.Length == 0)
        {
            return sign + "0";
        }

        exponent -= zeros;
        if (exponent < -4 || exponent >= most)
        {
            string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return sign + digits.Substring(0, 1) + (digits.Length > 1 ? "." + digits.Substring(1) : string.Empty) + (exponent < 0 ? "e-" : "e+") + power;
        }

        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? sign + digits + new string('0', exponent + 1 - digits.Length)
            : sign + digits.Substring(0, exponent + 1) + "." + digits.Substring(exponent + 1);
    }
}
