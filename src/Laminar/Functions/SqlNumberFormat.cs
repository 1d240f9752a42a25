using System.Globalization;

namespace Laminar.Functions;

/// <summary>A format of numbers, read once: see <c>TO_CHAR</c>. A constant one is a static field of generated code.</summary>
public sealed class SqlNumberFormat
{
    /// <summary>Digits that a DOUBLE is sure of, and a REAL.</summary>
    private const int DoubleDigits = 15;

    private const int RealDigits = 6;

    private static readonly PreparedCache<string, SqlNumberFormat> Cache = new(Make);

    private readonly NumberPattern _pattern;

    private SqlNumberFormat(NumberPattern pattern) => _pattern = pattern;

    /// <summary>A format of PostgreSQL: <c>FM999,990.00</c>.</summary>
    /// <exception cref="LaminarException">It can't be read.</exception>
    public static SqlNumberFormat Of(string format) => Cache.Get(format);

    /// <summary>An integer as text.</summary>
    public static string Format(long value, SqlNumberFormat format) => format.Print((decimal)value);

    /// <summary>A DECIMAL as text, rounded half away from zero.</summary>
    public static string Format(decimal value, SqlNumberFormat format) => format.Print(value);

    /// <summary>A REAL as text: six digits count.</summary>
    public static string Format(float value, SqlNumberFormat format) => format.Print(value, RealDigits);

    /// <summary>A DOUBLE as text: fifteen digits count.</summary>
    public static string Format(double value, SqlNumberFormat format) => format.Print(value, DoubleDigits);

    private static SqlNumberFormat Make(string format)
    {
        try
        {
            return new SqlNumberFormat(NumberPattern.Of(format));
        }
        catch (ArgumentException error)
        {
            throw new LaminarException($"'{format}' is not a format of numbers: {error.Message}.");
        }
    }

    private string Print(decimal value)
    {
        string digits = Math.Abs(value).ToString(CultureInfo.InvariantCulture);
        if (_pattern.IsRoman)
        {
            return new NumberPrinter(_pattern, Roman(value), false, 0, 0).Print();
        }

        if (_pattern.IsScientific)
        {
            return Scientific(digits, value < 0);
        }

        digits = Round(Shift(digits, _pattern.Shift), _pattern.Fraction, toEven: false);

        // What is rounded to nothing has no sign.
        return Print(digits, value < 0 && digits.AsSpan().ContainsAnyInRange('1', '9'), _pattern.Fraction);
    }

    private string Print(double value, int digitsThatCount)
    {
        if (_pattern.IsRoman)
        {
            return new NumberPrinter(_pattern, Math.Abs(value) < 10_000 ? Roman((decimal)value) : Roman(-1), false, 0, 0).Print();
        }

        if (!double.IsFinite(value))
        {
            if (_pattern.IsScientific)
            {
                return " " + new string('#', _pattern.Whole) + "." + new string('#', _pattern.Fraction + 4);
            }

            return Print(double.IsNaN(value) ? "NaN" : "Infinity", value < 0, _pattern.Fraction);
        }

        if (_pattern.IsScientific)
        {
            return Scientific(Exact(Math.Abs(value)), double.IsNegative(value), toEven: true);
        }

        string exact = Exact(Math.Abs(value * Math.Pow(10, _pattern.Shift)));
        int whole = Round(exact, 0, toEven: true).Length;
        int fraction = Math.Max(0, Math.Min(_pattern.Fraction, digitsThatCount - whole));
        return Print(Round(exact, fraction, toEven: true), double.IsNegative(value), fraction);
    }

    private string Print(string digits, bool isNegative, int fraction)
    {
        int whole = _pattern.Whole + _pattern.Shift;
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        int length = point < 0 ? digits.Length : point;
        string number = length > whole ? new string('#', whole) + "." + new string('#', fraction) : digits;
        return new NumberPrinter(_pattern, number, isNegative, Math.Max(0, whole - length), fraction).Print();
    }

    /// <summary>All digits of a DOUBLE: those that decide which way it is rounded, for as many digits as are printed.</summary>
    private static string Exact(double value) => value.ToString(value < 1 && value != 0 ? "F400" : "F80", CultureInfo.InvariantCulture);

    /// <summary>Digits times a power of ten.</summary>
    private static string Shift(string digits, int by)
    {
        if (by == 0)
        {
            return digits;
        }

        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? digits : digits[..point];
        string rest = (point < 0 ? string.Empty : digits[(point + 1)..]).PadRight(by, '0');
        string moved = (whole + rest[..by]).TrimStart('0');
        return (moved.Length == 0 ? "0" : moved) + (rest.Length > by ? "." + rest[by..] : string.Empty);
    }

    /// <summary>Digits with so many behind the point.</summary>
    private static string Round(string digits, int fraction, bool toEven)
    {
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? digits : digits[..point];
        string rest = point < 0 ? string.Empty : digits[(point + 1)..];
        char[] kept = [.. whole, .. rest.PadRight(fraction, '0')[..fraction]];
        string cut = rest.Length > fraction ? rest[fraction..] : string.Empty;
        bool isHalf = cut.Length > 0 && cut[0] == '5' && cut.AsSpan(1).TrimEnd('0').IsEmpty;
        bool up = cut.Length > 0 && cut[0] >= '5' && !(toEven && isHalf && (kept[^1] - '0') % 2 == 0);
        int at = kept.Length - 1;
        for (; up && at >= 0; at--)
        {
            up = kept[at] == '9';
            kept[at] = up ? '0' : (char)(kept[at] + 1);
        }

        string all = (up ? "1" : string.Empty) + new string(kept);
        return fraction == 0 ? all : $"{all[..^fraction]}.{all[^fraction..]}";
    }

    /// <summary><c> 4.86e-04</c>.</summary>
    private string Scientific(string digits, bool isNegative, bool toEven = false)
    {
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        string all = digits.Replace(".", string.Empty, StringComparison.Ordinal);
        int first = all.AsSpan().IndexOfAnyInRange('1', '9');
        int exponent = first < 0 ? 0 : (point < 0 ? all.Length : point) - first - 1;
        string rounded = Round(first < 0 ? "0" : all[first] + "." + all[(first + 1)..], _pattern.Fraction, toEven);
        if (rounded.StartsWith("10", StringComparison.Ordinal))
        {
            exponent++;
            rounded = Round("1", _pattern.Fraction, toEven);
        }

        string sign = isNegative ? "-" : " ";
        return $"{sign}{rounded}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary>From 1 to 3999; others are fifteen number signs.</summary>
    private static string Roman(decimal value)
    {
        value = Math.Round(value, MidpointRounding.AwayFromZero);
        if (value is < 1 or > 3999)
        {
            return new string('#', 15);
        }

        ReadOnlySpan<int> values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
        string[] letters = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
        string text = string.Empty;
        for (int i = 0; i < values.Length; i++)
        {
            for (; value >= values[i]; value -= values[i])
            {
                text += letters[i];
            }
        }

        return text;
    }
}
