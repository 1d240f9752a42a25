using System.Runtime.CompilerServices;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>Types whose unspecified values (null) can't be compared have to be looked at for NULL first.</summary>
internal static class Comparisons<T>
{
    public static bool IsTotal
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T).IsValueType;
    }
}

internal readonly struct EqualValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => ValueEquality<T>.Same(left, right);
}

internal readonly struct NotEqualValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => !ValueEquality<T>.Same(left, right);
}

internal readonly struct LessValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => ValueOrder<T>.Compare(left, right) < 0;
}

internal readonly struct LessOrEqualValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => ValueOrder<T>.Compare(left, right) <= 0;
}

internal readonly struct GreaterValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => ValueOrder<T>.Compare(left, right) > 0;
}

internal readonly struct GreaterOrEqualValues<T> : IBinaryOperation<T, T, bool>
{
    public static bool IsTotal => Comparisons<T>.IsTotal;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Invoke(T left, T right) => ValueOrder<T>.Compare(left, right) >= 0;
}
