using System.Numerics;

namespace Laminar.Interpreter.State;

/// <summary>SUM of integers: exact inside, BIGINT checked at output.</summary>
internal readonly struct IntegerSum<T> : ISumForm<T, Int128, long>
    where T : IBinaryInteger<T>
{
    public static Int128 Add(Int128 sum, T value, int scale) => sum + Int128.CreateTruncating(value);

    public static long Finish(Int128 sum, long count, int scale, int outScale) =>
        sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : throw new OverflowException($"SUM is {sum}, which BIGINT can't hold.");
}

/// <summary>SUM of BIGINT UNSIGNED: DECIMAL(28,0) checked at output.</summary>
internal readonly struct UnsignedSum : ISumForm<ulong, Int128, decimal>
{
    public static Int128 Add(Int128 sum, ulong value, int scale) => sum + value;

    public static decimal Finish(Int128 sum, long count, int scale, int outScale) => ExactDecimal.FromUnits(sum, 0);
}

/// <summary>AVG of integers: exact inside, DOUBLE at output.</summary>
internal readonly struct IntegerAverage<T> : ISumForm<T, Int128, double>
    where T : IBinaryInteger<T>
{
    public static Int128 Add(Int128 sum, T value, int scale) => sum + Int128.CreateTruncating(value);

    public static double Finish(Int128 sum, long count, int scale, int outScale) => (double)sum / count;
}

/// <summary>SUM of floats, in order of arrival.</summary>
internal readonly struct FloatSum<T> : ISumForm<T, double, double>
    where T : INumber<T>
{
    public static double Add(double sum, T value, int scale) => sum + double.CreateTruncating(value);

    public static double Finish(double sum, long count, int scale, int outScale) => sum;
}

/// <summary>AVG of floats.</summary>
internal readonly struct FloatAverage<T> : ISumForm<T, double, double>
    where T : INumber<T>
{
    public static double Add(double sum, T value, int scale) => sum + double.CreateTruncating(value);

    public static double Finish(double sum, long count, int scale, int outScale) => sum / count;
}

/// <summary>SUM of DECIMAL: in units of its last digit, so that nothing can overflow before the output.</summary>
internal readonly struct DecimalSum : ISumForm<decimal, Int128, decimal>
{
    public static Int128 Add(Int128 sum, decimal value, int scale) => checked(sum + ExactDecimal.Units(value, scale));

    public static decimal Finish(Int128 sum, long count, int scale, int outScale) => ExactDecimal.FromUnits(sum, scale);
}

/// <summary>AVG of DECIMAL: half away from zero at the result's scale.</summary>
internal readonly struct DecimalAverage : ISumForm<decimal, Int128, decimal>
{
    public static Int128 Add(Int128 sum, decimal value, int scale) => checked(sum + ExactDecimal.Units(value, scale));

    public static decimal Finish(Int128 sum, long count, int scale, int outScale) => ExactDecimal.Divide(sum, count, scale, outScale);
}
