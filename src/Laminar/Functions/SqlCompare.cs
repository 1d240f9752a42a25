using System.Runtime.CompilerServices;

namespace Laminar.Functions;

/// <summary>
/// The order and equality of SQL values where C#'s own operators differ: text by UTF-8 bytes, NaN equal to itself and above everything,
/// -0.0 equal to 0.0, byte strings by content.
/// </summary>
public static class SqlCompare
{
    /// <summary>Below, at or above zero, in the order of the UTF-8 bytes, which is the order of code points.</summary>
    public static int Compare(string a, string b)
    {
        int length = Math.Min(a.Length, b.Length);
        int same = a.AsSpan(0, length).CommonPrefixLength(b.AsSpan(0, length));
        if (same == length)
        {
            return a.Length.CompareTo(b.Length);
        }

        char x = a[same], y = b[same];

        // UTF-16 puts the surrogates (code points from U+10000) below U+E000..U+FFFF; the bytes of UTF-8 don't.
        bool highX = char.IsSurrogate(x), highY = char.IsSurrogate(y);
        return highX == highY ? x.CompareTo(y) : highX ? 1 : -1;
    }

    /// <summary>NaN = NaN and above everything; -0.0 = 0.0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(double a, double b)
    {
        if (a < b)
        {
            return -1;
        }

        if (a > b)
        {
            return 1;
        }

        return a == b ? 0 : double.IsNaN(a).CompareTo(double.IsNaN(b));
    }

    /// <inheritdoc cref="Compare(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(float a, float b)
    {
        if (a < b)
        {
            return -1;
        }

        if (a > b)
        {
            return 1;
        }

        return a == b ? 0 : float.IsNaN(a).CompareTo(float.IsNaN(b));
    }

    /// <summary>FALSE is below TRUE.</summary>
    public static int Compare(bool a, bool b) => a.CompareTo(b);

    /// <summary>By bytes, a prefix first.</summary>
    public static int Compare(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b);

    /// <summary>In the order of the text form, which is the order of the bytes in network order.</summary>
    public static int Compare(Guid a, Guid b) => a.CompareTo(b);

    public static bool AreEqual(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    /// <summary>NaN = NaN; -0.0 = 0.0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(double a, double b) => a == b || (double.IsNaN(a) && double.IsNaN(b));

    /// <inheritdoc cref="AreEqual(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(float a, float b) => a == b || (float.IsNaN(a) && float.IsNaN(b));

    public static bool AreEqual(byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>One representative for what is one group: -0.0 becomes 0.0, every NaN the same NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Canonical(double value) => double.IsNaN(value) ? double.NaN : value + 0.0;

    /// <inheritdoc cref="Canonical(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Canonical(float value) => float.IsNaN(value) ? float.NaN : value + 0.0f;
}
