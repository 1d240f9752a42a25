using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.Functions;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The order and the hash of a row's members, as they stand in the C# row: what <see cref="SqlCompare"/> says of values, with NULLs and times.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowMembers
{
    /// <summary>Below, at or above zero.</summary>
    /// <param name="a">A member of one row.</param>
    /// <param name="b">The same of another.</param>
    /// <param name="descending">The greater first.</param>
    /// <param name="nullsFirst">NULL before all values, whatever the direction.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare<T>(T a, T b, bool descending, bool nullsFirst)
        where T : struct
    {
        int order = Ascending(a, b);
        return descending ? -order : order;
    }

    /// <inheritdoc cref="Compare{T}(T, T, bool, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare<T>(T? a, T? b, bool descending, bool nullsFirst)
        where T : struct
    {
        if (!a.HasValue || !b.HasValue)
        {
            return Nulls(!a.HasValue, !b.HasValue, nullsFirst);
        }

        int order = Ascending(a.GetValueOrDefault(), b.GetValueOrDefault());
        return descending ? -order : order;
    }

    /// <inheritdoc cref="Compare{T}(T, T, bool, bool)"/>
    public static int Compare(string? a, string? b, bool descending, bool nullsFirst) =>
        a is null || b is null ? Nulls(a is null, b is null, nullsFirst) : descending ? SqlCompare.Compare(b, a) : SqlCompare.Compare(a, b);

    /// <inheritdoc cref="Compare{T}(T, T, bool, bool)"/>
    public static int Compare(byte[]? a, byte[]? b, bool descending, bool nullsFirst) =>
        a is null || b is null ? Nulls(a is null, b is null, nullsFirst) : descending ? SqlCompare.Compare(b, a) : SqlCompare.Compare(a, b);

    /// <inheritdoc cref="Compare{T}(T, T, bool, bool)"/>
    public static int Compare(object?[]? a, object?[]? b, bool descending, bool nullsFirst) =>
        a is null || b is null ? Nulls(a is null, b is null, nullsFirst) : descending ? NestedValues.Compare(b, a) : NestedValues.Compare(a, b);

    /// <summary>Whether <see cref="Compare{T}(T, T, bool, bool)"/> is 0: most are equal or differ bit by bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual<T>(T a, T b)
        where T : struct
    {
        if (Unsafe.SizeOf<T>() == sizeof(long))
        {
            if (Unsafe.BitCast<T, long>(a) == Unsafe.BitCast<T, long>(b))
            {
                return true;
            }

            if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(TimeOnly))
            {
                return false;
            }
        }
        else if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            if (Unsafe.BitCast<T, int>(a) == Unsafe.BitCast<T, int>(b))
            {
                return true;
            }

            if (typeof(T) == typeof(int) || typeof(T) == typeof(uint) || typeof(T) == typeof(DateOnly))
            {
                return false;
            }
        }

        return Ascending(a, b) == 0;
    }

    /// <inheritdoc cref="AreEqual{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual<T>(T? a, T? b)
        where T : struct => a.HasValue == b.HasValue && AreEqual(a.GetValueOrDefault(), b.GetValueOrDefault());

    /// <inheritdoc cref="AreEqual{T}(T, T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string? a, string? b) => string.Equals(a, b);

    /// <inheritdoc cref="AreEqual{T}(T, T)"/>
    public static bool AreEqual(byte[]? a, byte[]? b) => a.AsSpan().SequenceEqual(b) && a is null == b is null;

    /// <inheritdoc cref="AreEqual{T}(T, T)"/>
    public static bool AreEqual(object?[]? a, object?[]? b) => Compare(a, b, false, false) == 0;

    /// <summary>An order of nested values that puts equal ones together, maps too: by the text that they are told by.</summary>
    public static int CompareKeys(object? a, object? b) =>
        a is null || b is null ? Nulls(a is null, b is null, false) : string.CompareOrdinal(NestedText.Key(a), NestedText.Key(b));

    /// <summary>Equal members hash alike; the same on every core and machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash<T>(T value)
        where T : struct
    {
        if (typeof(T) == typeof(double))
        {
            return KeyHash.Local((double)(object)value);
        }

        if (typeof(T) == typeof(float))
        {
            return KeyHash.Local((double)(float)(object)value);
        }

        if (typeof(T) == typeof(decimal))
        {
            return KeyHash.Local((decimal)(object)value);
        }

        if (typeof(T) == typeof(Guid))
        {
            return KeyHash.Local((Guid)(object)value);
        }

        return KeyHash.Local(Whole(value));
    }

    /// <inheritdoc cref="Hash{T}(T)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash<T>(T? value)
        where T : struct => value.HasValue ? Hash(value.GetValueOrDefault()) : 0;

    /// <inheritdoc cref="Hash{T}(T)"/>
    public static uint Hash(string? value) => KeyHash.Local(value);

    /// <inheritdoc cref="Hash{T}(T)"/>
    public static uint Hash(byte[]? value) => KeyHash.Local(value is null ? null : Convert.ToHexString(value));

    /// <inheritdoc cref="Hash{T}(T)"/>
    public static uint Hash(object? value) => KeyHash.Local(value is null ? null : NestedText.Key(value));

    private static int Nulls(bool a, bool b, bool first) => a == b ? 0 : a == first ? -1 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Ascending<T>(T a, T b)
        where T : struct
    {
        if (typeof(T) == typeof(double))
        {
            return SqlCompare.Compare((double)(object)a, (double)(object)b);
        }

        if (typeof(T) == typeof(float))
        {
            return SqlCompare.Compare((float)(object)a, (float)(object)b);
        }

        if (typeof(T) == typeof(decimal))
        {
            return ((decimal)(object)a).CompareTo((decimal)(object)b);
        }

        if (typeof(T) == typeof(Guid))
        {
            return SqlCompare.Compare((Guid)(object)a, (Guid)(object)b);
        }

        if (typeof(T) == typeof(ulong))
        {
            return ((ulong)(object)a).CompareTo((ulong)(object)b);
        }

        long x = Whole(a), y = Whole(b);
        return x < y ? -1 : x > y ? 1 : 0;
    }

    /// <summary>What is ordered as a whole number: times by their ticks in UTC.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Whole<T>(T value)
        where T : struct => value switch
        {
            bool v => v ? 1 : 0,
            sbyte v => v,
            short v => v,
            int v => v,
            long v => v,
            byte v => v,
            ushort v => v,
            uint v => v,
            ulong v => (long)v,
            DateOnly v => v.DayNumber,
            TimeOnly v => v.Ticks,
            DateTime v => RowTime.ToTicks(v),
            DateTimeOffset v => v.UtcTicks,
            TimeSpan v => v.Ticks,
            _ => throw new ArgumentException($"{typeof(T)} is no type of a row's member."),
        };
}
