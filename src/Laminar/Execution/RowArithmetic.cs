using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>
/// Integer arithmetic of loops over rows. A careful loop gets an <see cref="OverflowException"/> where a result doesn't fit; a plain one is told, and leaves.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowArithmetic
{
    /// <summary>left + right.</summary>
    /// <returns>Whether it doesn't fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddOverflows<TCare>(long left, long right, out long sum)
        where TCare : struct, IRowCare
    {
        sum = TCare.IsCareful ? checked(left + right) : unchecked(left + right);
        return !TCare.IsCareful && ((left ^ sum) & (right ^ sum)) < 0;
    }

    /// <inheritdoc cref="AddOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddOverflows<TCare>(int left, int right, out int sum)
        where TCare : struct, IRowCare => Narrow<TCare>((long)left + right, out sum);

    /// <inheritdoc cref="AddOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddOverflows<TCare>(ulong left, ulong right, out ulong sum)
        where TCare : struct, IRowCare
    {
        sum = TCare.IsCareful ? checked(left + right) : unchecked(left + right);
        return !TCare.IsCareful && sum < left;
    }

    /// <inheritdoc cref="AddOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AddOverflows<TCare>(uint left, uint right, out uint sum)
        where TCare : struct, IRowCare => Narrow<TCare>((long)left + right, out sum);

    /// <summary>left - right.</summary>
    /// <returns>Whether it doesn't fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SubtractOverflows<TCare>(long left, long right, out long difference)
        where TCare : struct, IRowCare
    {
        difference = TCare.IsCareful ? checked(left - right) : unchecked(left - right);
        return !TCare.IsCareful && ((left ^ right) & (left ^ difference)) < 0;
    }

    /// <inheritdoc cref="SubtractOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SubtractOverflows<TCare>(int left, int right, out int difference)
        where TCare : struct, IRowCare => Narrow<TCare>((long)left - right, out difference);

    /// <inheritdoc cref="SubtractOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SubtractOverflows<TCare>(ulong left, ulong right, out ulong difference)
        where TCare : struct, IRowCare
    {
        difference = TCare.IsCareful ? checked(left - right) : unchecked(left - right);
        return !TCare.IsCareful && left < right;
    }

    /// <inheritdoc cref="SubtractOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SubtractOverflows<TCare>(uint left, uint right, out uint difference)
        where TCare : struct, IRowCare => Narrow<TCare>((long)left - right, out difference);

    /// <summary>left * right.</summary>
    /// <returns>Whether it doesn't fit.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MultiplyOverflows<TCare>(long left, long right, out long product)
        where TCare : struct, IRowCare
    {
        if (TCare.IsCareful)
        {
            product = checked(left * right);
            return false;
        }

        // Factors of 32 bits, which most are, can't overflow; the high word of the product tells of the others.
        if (left == (int)left && right == (int)right)
        {
            product = unchecked(left * right);
            return false;
        }

        return Math.BigMul(left, right, out product) != product >> 63;
    }

    /// <inheritdoc cref="MultiplyOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MultiplyOverflows<TCare>(int left, int right, out int product)
        where TCare : struct, IRowCare => Narrow<TCare>((long)left * right, out product);

    /// <inheritdoc cref="MultiplyOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MultiplyOverflows<TCare>(ulong left, ulong right, out ulong product)
        where TCare : struct, IRowCare
    {
        if (TCare.IsCareful)
        {
            product = checked(left * right);
            return false;
        }

        return Math.BigMul(left, right, out product) != 0;
    }

    /// <inheritdoc cref="MultiplyOverflows{TCare}(long, long, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MultiplyOverflows<TCare>(uint left, uint right, out uint product)
        where TCare : struct, IRowCare
    {
        ulong wide = (ulong)left * right;
        product = TCare.IsCareful ? checked((uint)wide) : unchecked((uint)wide);
        return !TCare.IsCareful && wide > uint.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Narrow<TCare>(long wide, out int value)
        where TCare : struct, IRowCare
    {
        value = TCare.IsCareful ? checked((int)wide) : unchecked((int)wide);
        return !TCare.IsCareful && wide != value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Narrow<TCare>(long wide, out uint value)
        where TCare : struct, IRowCare
    {
        value = TCare.IsCareful ? checked((uint)wide) : unchecked((uint)wide);
        return !TCare.IsCareful && wide != value;
    }
}
