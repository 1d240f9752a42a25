using System.Runtime.CompilerServices;
using Laminar.Functions;

namespace Laminar.Interpreter.Vectors;

/// <summary>The SQL order of values: NaN above all and equal to itself, 0.0 = -0.0, text by UTF-8 bytes, bytes and UUIDs by their bytes.</summary>
internal static class ValueOrder<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Compare(T a, T b)
    {
        if (typeof(T) == typeof(double))
        {
            return CompareDouble((double)(object)a!, (double)(object)b!);
        }

        if (typeof(T) == typeof(float))
        {
            return CompareDouble((float)(object)a!, (float)(object)b!);
        }

        if (typeof(T) == typeof(string))
        {
            return TextOrder.Compare((string)(object)a!, (string)(object)b!);
        }

        if (typeof(T) == typeof(byte[]))
        {
            return ((byte[])(object)a!).AsSpan().SequenceCompareTo((byte[])(object)b!);
        }

        return typeof(T) == typeof(object?[]) ? NestedValues.Compare(a, b) : Comparer<T>.Default.Compare(a, b);
    }

    private static int CompareDouble(double a, double b)
    {
        if (a < b)
        {
            return -1;
        }

        if (a > b)
        {
            return 1;
        }

        if (a == b)
        {
            return 0;
        }

        return double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : -1;
    }
}

/// <summary>Text ordered by UTF-8 bytes, which is the order of code points and not that of UTF-16 units.</summary>
internal static class TextOrder
{
    public static int Compare(string a, string b)
    {
        int shared = a.AsSpan().CommonPrefixLength(b);
        if (shared == a.Length || shared == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        char x = a[shared];
        char y = b[shared];

        // A surrogate stands for a code point above every character of one unit.
        bool xHigh = char.IsSurrogate(x);
        bool yHigh = char.IsSurrogate(y);
        return xHigh != yHigh ? xHigh.CompareTo(yHigh) : x.CompareTo(y);
    }
}
