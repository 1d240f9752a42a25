namespace Laminar.Functions;

/// <summary>Numeric functions. Integers overflow with <see cref="OverflowException"/>; functions without a real result say so.</summary>
public static partial class SqlMath
{
    public static sbyte Abs(sbyte value) => Math.Abs(value);

    public static short Abs(short value) => Math.Abs(value);

    public static int Abs(int value) => Math.Abs(value);

    public static long Abs(long value) => Math.Abs(value);

    public static float Abs(float value) => Math.Abs(value);

    public static double Abs(double value) => Math.Abs(value);

    public static double Ceil(double value) => Math.Ceiling(value);

    public static float Ceil(float value) => MathF.Ceiling(value);

    public static double Floor(double value) => Math.Floor(value);

    public static float Floor(float value) => MathF.Floor(value);

    /// <summary>
    /// Half away from zero, as DuckDB (PostgreSQL rounds DOUBLE half to even). With digits: value * 10^digits is rounded and divided back; a
    /// value that this takes out of range is returned as it is.
    /// </summary>
    public static double Round(double value, int digits)
    {
        if (digits == 0)
        {
            return Math.Round(value, MidpointRounding.AwayFromZero);
        }

        double unit = Math.Pow(10, Math.Abs((double)digits));
        if (digits < 0)
        {
            return double.IsInfinity(unit) ? 0 : Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
        }

        double scaled = value * unit;
        return double.IsFinite(scaled) ? Math.Round(scaled, MidpointRounding.AwayFromZero) / unit : value;
    }

    /// <inheritdoc cref="Round(double, int)"/>
    public static float Round(float value, int digits) => (float)Round((double)value, digits);

    /// <summary>Half away from zero before the point; digits of 0 and more change nothing.</summary>
    public static long Round(long value, int digits) => digits >= 0 ? value : checked((long)SqlDecimal.Round(value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static int Round(int value, int digits) => checked((int)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static short Round(short value, int digits) => checked((short)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static sbyte Round(sbyte value, int digits) => checked((sbyte)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static byte Round(byte value, int digits) => checked((byte)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static ushort Round(ushort value, int digits) => checked((ushort)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static uint Round(uint value, int digits) => checked((uint)Round((long)value, digits));

    /// <inheritdoc cref="Round(long, int)"/>
    public static ulong Round(ulong value, int digits) => digits >= 0 ? value : checked((ulong)SqlDecimal.Round(value, digits));

    /// <summary>Towards zero.</summary>
    public static double Trunc(double value, int digits)
    {
        if (digits == 0)
        {
            return Math.Truncate(value);
        }

        double unit = Math.Pow(10, Math.Abs((double)digits));
        if (digits < 0)
        {
            return double.IsInfinity(unit) ? 0 : Math.Truncate(value / unit) * unit;
        }

        double scaled = value * unit;
        return double.IsFinite(scaled) ? Math.Truncate(scaled) / unit : value;
    }

    /// <inheritdoc cref="Trunc(double, int)"/>
    public static float Trunc(float value, int digits) => (float)Trunc((double)value, digits);

    /// <summary>Towards zero before the point.</summary>
    public static long Trunc(long value, int digits) => digits >= 0 ? value : (long)SqlDecimal.Trunc(value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static int Trunc(int value, int digits) => (int)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static short Trunc(short value, int digits) => (short)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static sbyte Trunc(sbyte value, int digits) => (sbyte)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static byte Trunc(byte value, int digits) => (byte)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static ushort Trunc(ushort value, int digits) => (ushort)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static uint Trunc(uint value, int digits) => (uint)Trunc((long)value, digits);

    /// <inheritdoc cref="Trunc(long, int)"/>
    public static ulong Trunc(ulong value, int digits) => digits >= 0 ? value : (ulong)SqlDecimal.Trunc(value, digits);

    /// <exception cref="LaminarException">0 to a negative power, or a negative number to a fraction.</exception>
    public static double Power(double value, double exponent)
    {
        if (value == 0 && exponent < 0)
        {
            throw new LaminarException("POWER: zero can't be raised to a negative power.");
        }

        if (value < 0 && double.IsFinite(value) && double.IsFinite(exponent) && Math.Floor(exponent) != exponent)
        {
            throw new LaminarException("POWER: a negative number can't be raised to a fraction.");
        }

        return Math.Pow(value, exponent);
    }

    /// <exception cref="LaminarException">The value is negative.</exception>
    public static double Sqrt(double value) => value < 0 ? throw new LaminarException("SQRT of a negative number.") : Math.Sqrt(value);

    public static double Cbrt(double value) => Math.Cbrt(value);

    public static double Exp(double value) => Math.Exp(value);

    /// <exception cref="LaminarException">The value is zero or negative.</exception>
    public static double Ln(double value) => Math.Log(Positive(value));

    /// <inheritdoc cref="Ln"/>
    public static double Log2(double value) => Math.Log2(Positive(value));

    /// <inheritdoc cref="Ln"/>
    public static double Log10(double value) => Math.Log10(Positive(value));

    /// <summary>The logarithm of <paramref name="value"/> to a base.</summary>
    /// <inheritdoc cref="Ln"/>
    public static double Log(double @base, double value) => Math.Log10(Positive(value)) / Math.Log10(Positive(@base));

    public static int Sign(sbyte value) => Math.Sign(value);

    public static int Sign(short value) => Math.Sign(value);

    public static int Sign(int value) => Math.Sign(value);

    public static int Sign(long value) => Math.Sign(value);

    public static int Sign(byte value) => value == 0 ? 0 : 1;

    public static int Sign(ushort value) => value == 0 ? 0 : 1;

    public static int Sign(uint value) => value == 0 ? 0 : 1;

    public static int Sign(ulong value) => value == 0 ? 0 : 1;

    public static int Sign(decimal value) => Math.Sign(value);

    /// <summary>-1, 0, 1, or NaN for NaN.</summary>
    public static double Sign(double value) => double.IsNaN(value) ? double.NaN : Math.Sign(value);

    private static double Positive(double value) => value <= 0 ? throw new LaminarException($"A logarithm of {(value == 0 ? "zero" : "a negative number")}.") : value;
}
