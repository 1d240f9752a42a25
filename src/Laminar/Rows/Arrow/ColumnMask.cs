using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Laminar;

/// <summary>
/// Comparisons of a column of integers, up to 64 rows at a time: bit i of a result is the answer for row i. What the bits from
/// <c>count</c> on are is not defined.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ColumnMask
{
    /// <summary>Rows of a mask.</summary>
    public const int Rows = 64;

    /// <summary>Bits of the rows that there are.</summary>
    public static ulong Present(int count) => count >= Rows ? ulong.MaxValue : (1UL << count) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Equal<T>(ref T first, int count, T value)
        where T : unmanaged, IBinaryInteger<T> => Compare<T, AreEqual<T>>(ref first, count, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Less<T>(ref T first, int count, T value)
        where T : unmanaged, IBinaryInteger<T> => Compare<T, IsLess<T>>(ref first, count, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Greater<T>(ref T first, int count, T value)
        where T : unmanaged, IBinaryInteger<T> => Compare<T, IsGreater<T>>(ref first, count, value);

    /// <summary>
    /// Whether values are multiples of a divisor. With d = o * 2^k, o odd: x is one just when its last k bits are 0 and x times o's inverse,
    /// modulo 2^64, is in [-q, q] with q = (2^63 - 1) / o (Warren, Hacker's Delight, 10-17).
    /// </summary>
    /// <param name="first">The first value.</param>
    /// <param name="count">Values there are.</param>
    /// <param name="divisor">Above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultipleOf(ref long first, int count, long divisor)
    {
        if (count < Rows)
        {
            ulong few = 0;
            for (int i = 0; i < count; i++)
            {
                few |= Unsafe.Add(ref first, i) % divisor == 0 ? 1UL << i : 0;
            }

            return few;
        }

        int twos = BitOperations.TrailingZeroCount(divisor);
        long odd = divisor >> twos;
        Vector256<long> inverse = Vector256.Create(InverseOf(odd));
        Vector256<long> quotient = Vector256.Create(long.MaxValue / odd);

        // Every integer is a multiple of 1, the least one too, which has no counterpart above 0.
        Vector256<ulong> limit = odd == 1 ? Vector256<ulong>.AllBitsSet : (quotient + quotient).AsUInt64();
        Vector256<long> lastBits = Vector256.Create((1L << twos) - 1);
        ulong mask = 0;
        for (int i = 0; i < Rows; i += Vector256<long>.Count)
        {
            Vector256<long> values = Vector256.LoadUnsafe(ref first, (nuint)i);
            Vector256<ulong> candidates = ((values * inverse) + quotient).AsUInt64();
            Vector256<long> hits = Vector256.LessThanOrEqual(candidates, limit).AsInt64();
            if (twos != 0)
            {
                hits &= Vector256.Equals(values & lastBits, Vector256<long>.Zero);
            }

            mask |= (ulong)hits.ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    private interface IComparison<T>
    {
        static abstract bool Holds(T left, T right);

        static abstract Vector256<T> Holds(Vector256<T> left, Vector256<T> right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Compare<T, TComparison>(ref T first, int count, T value)
        where T : unmanaged, IBinaryInteger<T>
        where TComparison : struct, IComparison<T>
    {
        ulong mask = 0;
        if (count < Rows)
        {
            for (int i = 0; i < count; i++)
            {
                mask |= TComparison.Holds(Unsafe.Add(ref first, i), value) ? 1UL << i : 0;
            }

            return mask;
        }

        Vector256<T> all = Vector256.Create(value);
        for (int i = 0; i < Rows; i += Vector256<T>.Count)
        {
            mask |= (ulong)TComparison.Holds(Vector256.LoadUnsafe(ref first, (nuint)i), all).ExtractMostSignificantBits() << i;
        }

        return mask;
    }

    /// <summary>By Newton's method: each step doubles the bits that are right. Written out, so that the JIT does it for a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long InverseOf(long odd)
    {
        long inverse = odd;
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        inverse *= 2 - (odd * inverse);
        return inverse * (2 - (odd * inverse));
    }

    private readonly struct AreEqual<T> : IComparison<T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static bool Holds(T left, T right) => left == right;

        public static Vector256<T> Holds(Vector256<T> left, Vector256<T> right) => Vector256.Equals(left, right);
    }

    private readonly struct IsLess<T> : IComparison<T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static bool Holds(T left, T right) => left < right;

        public static Vector256<T> Holds(Vector256<T> left, Vector256<T> right) => Vector256.LessThan(left, right);
    }

    private readonly struct IsGreater<T> : IComparison<T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public static bool Holds(T left, T right) => left > right;

        public static Vector256<T> Holds(Vector256<T> left, Vector256<T> right) => Vector256.GreaterThan(left, right);
    }
}
