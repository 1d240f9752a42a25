using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Laminar.Formats;

/// <summary>Numbers from UTF-8 text. All answer false for text that isn't wholly a number of the type.</summary>
public static class Utf8Number
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Digits with an optional sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryInt64(ReadOnlySpan<byte> text, out long value)
    {
        int i = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            i = 1;
        }

        // 18 digits can't overflow; anything longer goes the slow way.
        long sum = 0;
        if (i < text.Length && text.Length - i <= 18)
        {
            for (; i < text.Length; i++)
            {
                uint digit = (uint)text[i] - '0';
                if (digit > 9)
                {
                    break;
                }

                sum = (sum * 10) + digit;
            }

            if (i == text.Length)
            {
                value = negative ? -sum : sum;
                return true;
            }
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Digits without a sign.</summary>
    public static bool TryUInt64(ReadOnlySpan<byte> text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Correctly rounded. Also <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>; a number too large for a double is refused.</summary>
    public static bool TryDouble(ReadOnlySpan<byte> text, out double value)
    {
        // Clinger's fast path: a whole number below 2^53 times or over a power of ten up to 22 is one exact operation, correctly rounded.
        ulong digits = 0;
        int i = 0;
        int count = 0;
        int scale = -1;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            i = 1;
        }

        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
            }
            else if (text[i] == '.' && scale < 0 && count > 0)
            {
                scale = count;
            }
            else
            {
                return TrySlow(text, out value);
            }
        }

        int decimals = scale < 0 ? 0 : count - scale;
        if (count is 0 or > 18 || digits > 1UL << 53 || decimals > 22 || (scale >= 0 && decimals == 0))
        {
            return TrySlow(text, out value);
        }

        double magnitude = decimals == 0 ? digits : digits / PowersOfTen[decimals];
        value = negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>To 28 digits, without rounding: a number that can't be held exactly is refused. Exponents are read too.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (!decimal.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite), CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        return text.Length <= 29 || IsExact(text, value);
    }

    private static bool TrySlow(ReadOnlySpan<byte> text, out double value)
    {
        if (text.Length > 0 && (text[^1] is (byte)'y' or (byte)'N'))
        {
            value = text.SequenceEqual("NaN"u8) ? double.NaN
                : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
                : double.NegativeInfinity;
            return double.IsNaN(value) || double.IsPositiveInfinity(value) || text.SequenceEqual("-Infinity"u8);
        }

        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>decimal.Parse rounds what is beyond 28 digits; compare the significant digits with what it kept.</summary>
    private static bool IsExact(ReadOnlySpan<byte> text, decimal value)
    {
        if (!System.Numerics.BigInteger.TryParse(SignificantDigits(text), NumberStyles.None, CultureInfo.InvariantCulture, out var written))
        {
            return false;
        }

        System.Numerics.BigInteger.TryParse(
            SignificantDigits(System.Text.Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture))),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var kept);
        return written == kept;
    }

    private static string SignificantDigits(ReadOnlySpan<byte> text)
    {
        int exponent = text.IndexOfAny((byte)'e', (byte)'E');
        var digits = new System.Text.StringBuilder();
        foreach (byte b in exponent < 0 ? text : text[..exponent])
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                digits.Append((char)b);
            }
        }

        return digits.ToString().TrimEnd('0') is { Length: > 0 } significant ? significant : "0";
    }
}
