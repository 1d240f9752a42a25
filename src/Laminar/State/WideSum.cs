using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>A sum of 64-bit integers in two words, high * 2^32 + low, that takes 2^31 values without wrapping.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WideSum
{
    private static readonly Int128 DecimalLimit = Int128.Parse("1" + new string('0', 28), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The sum.</summary>
    public static Int128 Value(long low, long high) => ((Int128)high << 32) + low;

    /// <summary>Adds another sum; the low word is carried over, so that merging never fills it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Merge(ref long low, ref long high, long otherLow, long otherHigh)
    {
        if ((high | otherHigh) == 0 && IsSmall(low) && IsSmall(otherLow))
        {
            low += otherLow;
            return;
        }

        MergeCarried(ref low, ref high, otherLow, otherHigh);
    }

    private static bool IsSmall(long low) => low == (low << 2 >> 2);

    private static void MergeCarried(ref long low, ref long high, long otherLow, long otherHigh)
    {
        Int128 sum = Value(low, high) + Value(otherLow, otherHigh);
        high = (long)(sum >> 32);
        low = (uint)(ulong)(sum & uint.MaxValue);
    }

    /// <summary>The sum as BIGINT.</summary>
    /// <exception cref="OverflowException">It doesn't fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToInt64(long low, long high) => high == 0 ? low : Narrow(low, high);

    private static long Narrow(long low, long high)
    {
        Int128 sum = Value(low, high);
        return sum >= long.MinValue && sum <= long.MaxValue ? (long)sum : throw new OverflowException($"SUM is {sum}, which BIGINT can't hold.");
    }

    /// <summary>The sum of BIGINT UNSIGNED as DECIMAL(28, 0).</summary>
    /// <exception cref="OverflowException">It doesn't fit.</exception>
    public static decimal ToDecimal(long low, long high) => ToDecimal(Value(low, high));

    /// <inheritdoc cref="ToDecimal(long, long)"/>
    public static decimal ToDecimal(Int128 sum) =>
        Int128.Abs(sum) < DecimalLimit ? (decimal)sum : throw new OverflowException($"SUM is {sum}, which DECIMAL(28, 0) can't hold.");

    /// <summary>SUM of the input's values divided by their number, as AVG of integers is.</summary>
    public static double Average(long low, long high, long count) =>
        high == 0 ? (double)low / count : (double)Value(low, high) / count;
}
