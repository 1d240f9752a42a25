using System.Runtime.CompilerServices;
using Laminar.Functions;

namespace Laminar.Interpreter.Vectors;

/// <summary>When two values are one group: NaN with NaN, 0.0 with -0.0, text and bytes by content. All of it is what <c>Equals</c> says, but for byte[].</summary>
internal static class ValueEquality<T>
{
    public static IEqualityComparer<T> Comparer { get; } =
        typeof(T) == typeof(byte[]) ? (IEqualityComparer<T>)(object)new BytesComparer()
        : typeof(T) == typeof(object?[]) || typeof(T) == typeof(SqlMap) ? (IEqualityComparer<T>)(object)new NestedComparer<T>()
        : EqualityComparer<T>.Default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Same(T a, T b) =>
        !typeof(T).IsValueType && typeof(T) != typeof(string) ? Comparer.Equals(a, b) : EqualityComparer<T>.Default.Equals(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(T value)
    {
        if (!typeof(T).IsValueType && typeof(T) != typeof(string))
        {
            return Comparer.GetHashCode(value!);
        }

        return value!.GetHashCode();
    }

    private sealed class NestedComparer<TNested> : IEqualityComparer<TNested>
    {
        public bool Equals(TNested? x, TNested? y) => NestedValues.AreEqual(x, y);

        public int GetHashCode(TNested value) => NestedValues.Hash(value);
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes)
        {
            var hash = default(HashCode);
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }
    }
}
