using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laminar.Interpreter.Expressions;

/// <summary>Arithmetic on one type of integers or floats: integers checked, floats IEEE.</summary>
internal static class Numbers<T>
{
    public static bool IsFloat
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) || typeof(T) == typeof(float);
    }
}

internal readonly struct AddNumbers<T> : IBinaryOperation<T, T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T left, T right) => checked(left + right);
}

internal readonly struct SubtractNumbers<T> : IBinaryOperation<T, T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T left, T right) => checked(left - right);
}

internal readonly struct MultiplyNumbers<T> : IBinaryOperation<T, T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T left, T right) => checked(left * right);
}

internal readonly struct DivideNumbers<T> : IBinaryOperation<T, T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T left, T right)
    {
        // The least SMALLINT by -1 overflows like any other type, which the CLR's own short division wouldn't tell.
        if (!Numbers<T>.IsFloat && T.IsNegative(right) && right == -T.One)
        {
            return checked(-left);
        }

        return left / right;
    }
}

internal readonly struct ModuloNumbers<T> : IBinaryOperation<T, T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T left, T right)
    {
        // The least BIGINT % -1 is 0; the processor would trap.
        if (!Numbers<T>.IsFloat && T.IsNegative(right) && right == -T.One)
        {
            return T.Zero;
        }

        return left % right;
    }
}

internal readonly struct NegateNumber<T> : IUnaryOperation<T, T>
    where T : INumber<T>
{
    public static bool IsTotal => Numbers<T>.IsFloat || typeof(T) == typeof(decimal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Invoke(T value) => checked(-value);
}

internal readonly struct NotBoolean : IUnaryOperation<bool, bool>
{
    public static bool IsTotal => true;

    public static bool Invoke(bool value) => !value;
}

internal readonly struct BitNot<T> : IUnaryOperation<T, T>
    where T : IBinaryInteger<T>
{
    public static bool IsTotal => true;

    public static T Invoke(T value) => ~value;
}

internal readonly struct BitAnd<T> : IBinaryOperation<T, T, T>
    where T : IBinaryInteger<T>
{
    public static bool IsTotal => true;

    public static T Invoke(T left, T right) => left & right;
}

internal readonly struct BitOr<T> : IBinaryOperation<T, T, T>
    where T : IBinaryInteger<T>
{
    public static bool IsTotal => true;

    public static T Invoke(T left, T right) => left | right;
}

internal readonly struct BitXor<T> : IBinaryOperation<T, T, T>
    where T : IBinaryInteger<T>
{
    public static bool IsTotal => true;

    public static T Invoke(T left, T right) => left ^ right;
}

internal readonly struct ConcatText : IBinaryOperation<string, string, string>
{
    public static bool IsTotal => false;

    public static string Invoke(string left, string right) => string.Concat(left, right);
}

internal readonly struct ConcatBytes : IBinaryOperation<byte[], byte[], byte[]>
{
    public static bool IsTotal => false;

    public static byte[] Invoke(byte[] left, byte[] right) => [.. left, .. right];
}

internal readonly struct WidenNumber<TFrom, TTo> : IUnaryOperation<TFrom, TTo>
    where TFrom : INumber<TFrom>
    where TTo : INumber<TTo>
{
    public static bool IsTotal => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TTo Invoke(TFrom value) => TTo.CreateChecked(value);
}
