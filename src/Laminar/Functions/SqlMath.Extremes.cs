using System.Runtime.CompilerServices;

namespace Laminar.Functions;

/// <content>
/// GREATEST and LEAST, two values at a time, in SQL's order (text by UTF-8 bytes, bytes by their values, NaN above everything); the first of equals. The <c>Known</c>
/// forms leave NULLs out: NULL only when both are.
/// </content>
public static partial class SqlMath
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Greatest<T>(T a, T b)
        where T : struct, IComparable<T> => Compare(a, b) >= 0 ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Least<T>(T a, T b)
        where T : struct, IComparable<T> => Compare(a, b) <= 0 ? a : b;

    public static T? GreatestKnown<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static T? LeastKnown<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static string Greatest(string a, string b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static string Least(string a, string b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static string? GreatestKnown(string? a, string? b) => a is null ? b : b is null ? a : Greatest(a, b);

    public static string? LeastKnown(string? a, string? b) => a is null ? b : b is null ? a : Least(a, b);

    public static byte[] Greatest(byte[] a, byte[] b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static byte[] Least(byte[] a, byte[] b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static byte[]? GreatestKnown(byte[]? a, byte[]? b) => a is null ? b : b is null ? a : Greatest(a, b);

    public static byte[]? LeastKnown(byte[]? a, byte[]? b) => a is null ? b : b is null ? a : Least(a, b);

    // The tests of the type are decided when the method is compiled for it. C# orders everything as SQL does but floating point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Compare<T>(T a, T b)
        where T : struct, IComparable<T> =>
        typeof(T) == typeof(double) ? SqlCompare.Compare((double)(object)a, (double)(object)b)
        : typeof(T) == typeof(float) ? SqlCompare.Compare((float)(object)a, (float)(object)b)
        : a.CompareTo(b);
}
