using System.Numerics;
using Laminar.Sql.Types;
using Laminar.State;

namespace Laminar.Interpreter.State;

/// <summary>SUM of integers: exact inside, BIGINT checked at output.</summary>
internal readonly struct IntegerSum<T> : ISumForm<T, Int128, long>
    where T : IBinaryInteger<T>
{
    public static void Add(ref Int128 sum, T value) => sum += Int128.CreateTruncating(value);

    public static void Merge(ref Int128 sum, in Int128 other) => sum += other;

    public static long Finish(in Int128 sum, long count, SqlType type) =>
        sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : throw new OverflowException($"SUM is {sum}, which BIGINT can't hold.");
}

/// <summary>SUM of BIGINT UNSIGNED: DECIMAL(28,0) checked at output.</summary>
internal readonly struct UnsignedSum : ISumForm<ulong, Int128, decimal>
{
    public static void Add(ref Int128 sum, ulong value) => sum += value;

    public static void Merge(ref Int128 sum, in Int128 other) => sum += other;

    public static decimal Finish(in Int128 sum, long count, SqlType type) => WideSum.ToDecimal(sum);
}

/// <summary>AVG of integers: exact inside, DOUBLE at output.</summary>
internal readonly struct IntegerAverage<T> : ISumForm<T, Int128, double>
    where T : IBinaryInteger<T>
{
    public static void Add(ref Int128 sum, T value) => sum += Int128.CreateTruncating(value);

    public static void Merge(ref Int128 sum, in Int128 other) => sum += other;

    public static double Finish(in Int128 sum, long count, SqlType type) => (double)sum / count;
}

/// <summary>SUM of floats, in order of arrival.</summary>
internal readonly struct FloatSum<T> : ISumForm<T, double, double>
    where T : INumber<T>
{
    public static void Add(ref double sum, T value) => sum += double.CreateTruncating(value);

    public static void Merge(ref double sum, in double other) => sum += other;

    public static double Finish(in double sum, long count, SqlType type) => sum;
}

/// <summary>AVG of floats.</summary>
internal readonly struct FloatAverage<T> : ISumForm<T, double, double>
    where T : INumber<T>
{
    public static void Add(ref double sum, T value) => sum += double.CreateTruncating(value);

    public static void Merge(ref double sum, in double other) => sum += other;

    public static double Finish(in double sum, long count, SqlType type) => sum / count;
}

/// <summary>SUM of DECIMAL: exact, so that nothing can overflow before the output.</summary>
internal readonly struct ExactSum : ISumForm<decimal, DecimalSum, decimal>
{
    public static void Add(ref DecimalSum sum, decimal value) => sum.Add(value);

    public static void Merge(ref DecimalSum sum, in DecimalSum other) => sum.Merge(other);

    public static decimal Finish(in DecimalSum sum, long count, SqlType type) => sum.Value(Whole(type));

    /// <summary>Digits before the point.</summary>
    public static int Whole(SqlType type) => type.Open ? type.Precision : type.Precision - type.Scale;
}

/// <summary>AVG of DECIMAL: half away from zero at the result's scale.</summary>
internal readonly struct ExactAverage : ISumForm<decimal, DecimalSum, decimal>
{
    public static void Add(ref DecimalSum sum, decimal value) => sum.Add(value);

    public static void Merge(ref DecimalSum sum, in DecimalSum other) => sum.Merge(other);

    public static decimal Finish(in DecimalSum sum, long count, SqlType type) => sum.Average(count, ExactSum.Whole(type), type.Scale);
}
