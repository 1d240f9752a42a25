using System.Numerics;

namespace Laminar.Functions;

/// <content>To numbers. Small integers arrive as long.</content>
public static partial class SqlCast
{
    public static sbyte ToInt8(long value) => TryToInt8(value) ?? throw OutOfRange(value, "TINYINT");

    public static sbyte ToInt8(ulong value) => TryToInt8(value) ?? throw OutOfRange(value, "TINYINT");

    public static sbyte ToInt8(double value) => TryToInt8(value) ?? throw OutOfRange(value, "TINYINT");

    public static sbyte ToInt8(decimal value) => TryToInt8(value) ?? throw OutOfRange(value, "TINYINT");

    public static sbyte ToInt8(string value) => TryToInt8(value) ?? throw Unreadable(value, "TINYINT");

    public static sbyte ToInt8(bool value) => value ? (sbyte)1 : (sbyte)0;

    public static sbyte? TryToInt8(long value) => Integer<long, sbyte>(value);

    public static sbyte? TryToInt8(ulong value) => Integer<ulong, sbyte>(value);

    public static sbyte? TryToInt8(double value) => FromDouble<sbyte>(value);

    public static sbyte? TryToInt8(decimal value) => Integer<decimal, sbyte>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static sbyte? TryToInt8(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, sbyte>(number) : null;

    public static short ToInt16(long value) => TryToInt16(value) ?? throw OutOfRange(value, "SMALLINT");

    public static short ToInt16(ulong value) => TryToInt16(value) ?? throw OutOfRange(value, "SMALLINT");

    public static short ToInt16(double value) => TryToInt16(value) ?? throw OutOfRange(value, "SMALLINT");

    public static short ToInt16(decimal value) => TryToInt16(value) ?? throw OutOfRange(value, "SMALLINT");

    public static short ToInt16(string value) => TryToInt16(value) ?? throw Unreadable(value, "SMALLINT");

    public static short ToInt16(bool value) => value ? (short)1 : (short)0;

    public static short? TryToInt16(long value) => Integer<long, short>(value);

    public static short? TryToInt16(ulong value) => Integer<ulong, short>(value);

    public static short? TryToInt16(double value) => FromDouble<short>(value);

    public static short? TryToInt16(decimal value) => Integer<decimal, short>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static short? TryToInt16(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, short>(number) : null;

    public static int ToInt32(long value) => TryToInt32(value) ?? throw OutOfRange(value, "INT");

    public static int ToInt32(ulong value) => TryToInt32(value) ?? throw OutOfRange(value, "INT");

    public static int ToInt32(double value) => TryToInt32(value) ?? throw OutOfRange(value, "INT");

    public static int ToInt32(decimal value) => TryToInt32(value) ?? throw OutOfRange(value, "INT");

    public static int ToInt32(string value) => TryToInt32(value) ?? throw Unreadable(value, "INT");

    public static int ToInt32(bool value) => value ? (int)1 : (int)0;

    public static int? TryToInt32(long value) => Integer<long, int>(value);

    public static int? TryToInt32(ulong value) => Integer<ulong, int>(value);

    public static int? TryToInt32(double value) => FromDouble<int>(value);

    public static int? TryToInt32(decimal value) => Integer<decimal, int>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static int? TryToInt32(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, int>(number) : null;

    public static long ToInt64(long value) => TryToInt64(value) ?? throw OutOfRange(value, "BIGINT");

    public static long ToInt64(ulong value) => TryToInt64(value) ?? throw OutOfRange(value, "BIGINT");

    public static long ToInt64(double value) => TryToInt64(value) ?? throw OutOfRange(value, "BIGINT");

    public static long ToInt64(decimal value) => TryToInt64(value) ?? throw OutOfRange(value, "BIGINT");

    public static long ToInt64(string value) => TryToInt64(value) ?? throw Unreadable(value, "BIGINT");

    public static long ToInt64(bool value) => value ? (long)1 : (long)0;

    public static long? TryToInt64(long value) => Integer<long, long>(value);

    public static long? TryToInt64(ulong value) => Integer<ulong, long>(value);

    public static long? TryToInt64(double value) => FromDouble<long>(value);

    public static long? TryToInt64(decimal value) => Integer<decimal, long>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static long? TryToInt64(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, long>(number) : null;

    public static byte ToUInt8(long value) => TryToUInt8(value) ?? throw OutOfRange(value, "TINYINT UNSIGNED");

    public static byte ToUInt8(ulong value) => TryToUInt8(value) ?? throw OutOfRange(value, "TINYINT UNSIGNED");

    public static byte ToUInt8(double value) => TryToUInt8(value) ?? throw OutOfRange(value, "TINYINT UNSIGNED");

    public static byte ToUInt8(decimal value) => TryToUInt8(value) ?? throw OutOfRange(value, "TINYINT UNSIGNED");

    public static byte ToUInt8(string value) => TryToUInt8(value) ?? throw Unreadable(value, "TINYINT UNSIGNED");

    public static byte ToUInt8(bool value) => value ? (byte)1 : (byte)0;

    public static byte? TryToUInt8(long value) => Integer<long, byte>(value);

    public static byte? TryToUInt8(ulong value) => Integer<ulong, byte>(value);

    public static byte? TryToUInt8(double value) => FromDouble<byte>(value);

    public static byte? TryToUInt8(decimal value) => Integer<decimal, byte>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static byte? TryToUInt8(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, byte>(number) : null;

    public static ushort ToUInt16(long value) => TryToUInt16(value) ?? throw OutOfRange(value, "SMALLINT UNSIGNED");

    public static ushort ToUInt16(ulong value) => TryToUInt16(value) ?? throw OutOfRange(value, "SMALLINT UNSIGNED");

    public static ushort ToUInt16(double value) => TryToUInt16(value) ?? throw OutOfRange(value, "SMALLINT UNSIGNED");

    public static ushort ToUInt16(decimal value) => TryToUInt16(value) ?? throw OutOfRange(value, "SMALLINT UNSIGNED");

    public static ushort ToUInt16(string value) => TryToUInt16(value) ?? throw Unreadable(value, "SMALLINT UNSIGNED");

    public static ushort ToUInt16(bool value) => value ? (ushort)1 : (ushort)0;

    public static ushort? TryToUInt16(long value) => Integer<long, ushort>(value);

    public static ushort? TryToUInt16(ulong value) => Integer<ulong, ushort>(value);

    public static ushort? TryToUInt16(double value) => FromDouble<ushort>(value);

    public static ushort? TryToUInt16(decimal value) => Integer<decimal, ushort>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static ushort? TryToUInt16(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, ushort>(number) : null;

    public static uint ToUInt32(long value) => TryToUInt32(value) ?? throw OutOfRange(value, "INT UNSIGNED");

    public static uint ToUInt32(ulong value) => TryToUInt32(value) ?? throw OutOfRange(value, "INT UNSIGNED");

    public static uint ToUInt32(double value) => TryToUInt32(value) ?? throw OutOfRange(value, "INT UNSIGNED");

    public static uint ToUInt32(decimal value) => TryToUInt32(value) ?? throw OutOfRange(value, "INT UNSIGNED");

    public static uint ToUInt32(string value) => TryToUInt32(value) ?? throw Unreadable(value, "INT UNSIGNED");

    public static uint ToUInt32(bool value) => value ? (uint)1 : (uint)0;

    public static uint? TryToUInt32(long value) => Integer<long, uint>(value);

    public static uint? TryToUInt32(ulong value) => Integer<ulong, uint>(value);

    public static uint? TryToUInt32(double value) => FromDouble<uint>(value);

    public static uint? TryToUInt32(decimal value) => Integer<decimal, uint>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static uint? TryToUInt32(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, uint>(number) : null;

    public static ulong ToUInt64(long value) => TryToUInt64(value) ?? throw OutOfRange(value, "BIGINT UNSIGNED");

    public static ulong ToUInt64(ulong value) => TryToUInt64(value) ?? throw OutOfRange(value, "BIGINT UNSIGNED");

    public static ulong ToUInt64(double value) => TryToUInt64(value) ?? throw OutOfRange(value, "BIGINT UNSIGNED");

    public static ulong ToUInt64(decimal value) => TryToUInt64(value) ?? throw OutOfRange(value, "BIGINT UNSIGNED");

    public static ulong ToUInt64(string value) => TryToUInt64(value) ?? throw Unreadable(value, "BIGINT UNSIGNED");

    public static ulong ToUInt64(bool value) => value ? (ulong)1 : (ulong)0;

    public static ulong? TryToUInt64(long value) => Integer<long, ulong>(value);

    public static ulong? TryToUInt64(ulong value) => Integer<ulong, ulong>(value);

    public static ulong? TryToUInt64(double value) => FromDouble<ulong>(value);

    public static ulong? TryToUInt64(decimal value) => Integer<decimal, ulong>(Math.Round(value, MidpointRounding.AwayFromZero));

    public static ulong? TryToUInt64(string value) => NumberText.TryInteger(value, out decimal number) ? Integer<decimal, ulong>(number) : null;

    /// <summary>Rounded to the nearest REAL.</summary>
    /// <exception cref="OverflowException">A finite value beyond REAL.</exception>
    public static float ToFloat(double value) => TryToFloat(value) ?? throw OutOfRange(value, "REAL");

    public static float ToFloat(long value) => value;

    public static float ToFloat(ulong value) => value;

    public static float ToFloat(decimal value) => (float)value;

    public static float ToFloat(string value) => TryToFloat(value) ?? throw Unreadable(value, "REAL");

    public static float? TryToFloat(double value) => float.IsInfinity((float)value) && !double.IsInfinity(value) ? null : (float)value;

    public static float? TryToFloat(string value) => NumberText.TryDouble(value, out double number) ? TryToFloat(number) : null;

    public static double ToDouble(decimal value) => (double)value;

    public static double ToDouble(string value) => TryToDouble(value) ?? throw Unreadable(value, "DOUBLE");

    public static double? TryToDouble(string value) => NumberText.TryDouble(value, out double number) ? number : null;

    /// <summary>Rounded half away from zero to <paramref name="scale"/> digits.</summary>
    /// <exception cref="OverflowException">More digits before the point than <paramref name="precision"/> - <paramref name="scale"/>.</exception>
    public static decimal ToDecimal(decimal value, int precision, int scale) => TryToDecimal(value, precision, scale) ?? throw OutOfRange(value, Name(precision, scale));

    /// <inheritdoc cref="ToDecimal(decimal, int, int)"/>
    public static decimal ToDecimal(double value, int precision, int scale) => TryToDecimal(value, precision, scale) ?? throw OutOfRange(value, Name(precision, scale));

    /// <inheritdoc cref="ToDecimal(decimal, int, int)"/>
    public static decimal ToDecimal(string value, int precision, int scale) => TryToDecimal(value, precision, scale) ?? throw Unreadable(value, Name(precision, scale));

    public static decimal? TryToDecimal(decimal value, int precision, int scale)
    {
        decimal rounded = Math.Round(value, scale, MidpointRounding.AwayFromZero);
        return Math.Abs(rounded) < Limits[precision - scale] ? rounded : null;
    }

    public static decimal? TryToDecimal(double value, int precision, int scale)
    {
        if (!(Math.Abs(value) < 7e27))
        {
            return null;
        }

        // The shortest text of the number, not its binary expansion, is what a person means: 0.1 is 0.1. (decimal) keeps only 15 digits.
        string text = NumberText.Double(value);
        return NumberText.TryDecimal(text, out decimal exact) ? TryToDecimal(exact, precision, scale) : null;
    }

    public static decimal? TryToDecimal(string value, int precision, int scale) =>
        NumberText.TryDecimal(value, out decimal number) ? TryToDecimal(number, precision, scale) : null;

    private static readonly decimal[] Limits = PowersOfTen();

    private static decimal[] PowersOfTen()
    {
        decimal[] powers = new decimal[29];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    private static string Name(int precision, int scale) => $"DECIMAL({precision},{scale})";

    private static TOut? Integer<TIn, TOut>(TIn value)
        where TIn : INumber<TIn>
        where TOut : struct, INumber<TOut>, IMinMaxValue<TOut>
    {
        TOut saturated = TOut.CreateSaturating(value);
        return TIn.CreateSaturating(saturated) == value && (saturated != TOut.Zero || value == TIn.Zero) ? saturated : null;
    }

    private static TOut? FromDouble<TOut>(double value)
        where TOut : struct, INumber<TOut>, IMinMaxValue<TOut>
    {
        double whole = Math.Round(value, MidpointRounding.ToEven);

        // 2^63 and 2^64 are DOUBLEs, the greatest BIGINTs aren't: the bound itself is out.
        double above = double.CreateChecked(TOut.MaxValue) + (typeof(TOut) == typeof(long) || typeof(TOut) == typeof(ulong) ? 0 : 1);
        return whole >= double.CreateChecked(TOut.MinValue) && whole < above ? TOut.CreateSaturating(whole) : null;
    }

    private static OverflowException OutOfRange<T>(T value, string type)
        where T : IFormattable => new($"{value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)} is out of range of {type}.");
}
