using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laminar.Functions;

/// <content>Divisors, shifts and buckets.</content>
public static partial class SqlMath
{
    /// <summary>The greatest common divisor, never negative; GCD(0, 0) is 0.</summary>
    /// <exception cref="OverflowException">It is the absolute value of the least number.</exception>
    public static T Gcd<T>(T a, T b)
        where T : struct, IBinaryInteger<T>
    {
        while (b != T.Zero)
        {
            // The least number % -1 would trap.
            (a, b) = (b, b == -T.One ? T.Zero : a % b);
        }

        return T.Abs(a);
    }

    /// <summary>The least common multiple, never negative; 0 when one of them is.</summary>
    /// <exception cref="OverflowException">It doesn't fit.</exception>
    public static T Lcm<T>(T a, T b)
        where T : struct, IBinaryInteger<T> => a == T.Zero || b == T.Zero ? T.Zero : checked(T.Abs(a / Gcd(a, b) * b));

    /// <summary>Bits that leave on the left are lost; a shift by as many bits as the type has gives 0.</summary>
    /// <exception cref="LaminarException">The count is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ShiftLeft<T>(T value, int count)
        where T : struct, IBinaryInteger<T> => (uint)count < (uint)Bits<T>() ? value << count : Beyond(count, T.Zero);

    /// <summary>The sign is kept; a shift by as many bits as the type has gives 0, or -1 for negative numbers.</summary>
    /// <inheritdoc cref="ShiftLeft"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ShiftRight<T>(T value, int count)
        where T : struct, IBinaryInteger<T> => (uint)count < (uint)Bits<T>() ? value >> count : Beyond(count, T.IsNegative(value) ? -T.One : T.Zero);

    /// <summary>
    /// The number of the bucket, of <paramref name="count"/> equal ones from <paramref name="low"/> on to below <paramref name="high"/>, that holds the
    /// value: 0 before the first, count + 1 behind the last. With low above high the buckets run downwards.
    /// </summary>
    /// <exception cref="LaminarException">No buckets, or bounds that are equal, infinite or NaN, or a value that is NaN.</exception>
    public static int WidthBucket(double value, double low, double high, int count)
    {
        if (count <= 0 || !double.IsFinite(low) || !double.IsFinite(high) || low == high || double.IsNaN(value))
        {
            throw new LaminarException("WIDTH_BUCKET takes a number that isn't NaN, two finite bounds that differ, and a count above 0.");
        }

        if (low > high)
        {
            (value, low, high) = (-value, -low, -high);
        }

        if (value < low)
        {
            return 0;
        }

        // Halves, so that the distance between the bounds can't overflow.
        return value >= high ? checked(count + 1) : Math.Min(count, (int)(count * (((value / 2) - (low / 2)) / ((high / 2) - (low / 2)))) + 1);
    }

    public static bool IsNaN(double value) => double.IsNaN(value);

    /// <summary>Positive or negative infinity.</summary>
    public static bool IsInfinite(double value) => double.IsInfinity(value);

    public static bool IsFinite(double value) => double.IsFinite(value);

    private static int Bits<T>()
        where T : struct => Unsafe.SizeOf<T>() * 8;

    private static T Beyond<T>(int count, T rest) =>
        count < 0 ? throw new LaminarException($"A shift by {count.ToString(CultureInfo.InvariantCulture)} bits: the count can't be negative.") : rest;
}
