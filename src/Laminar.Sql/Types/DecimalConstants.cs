using System;
using System.Numerics;

namespace Laminar.Sql.Types;

/// <summary>DECIMAL values at build time, as <c>SqlCast.ToDecimal</c> treats them at run time.</summary>
internal static class DecimalConstants
{
    /// <summary>The exact quotient, rounded once, half away from zero, as <c>SqlDecimal.Divide</c> does at run time.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    /// <exception cref="OverflowException">The result doesn't fit 28 digits.</exception>
    public static decimal Divide(decimal a, decimal b, int scale)
    {
        BigInteger x = Units(a, out int xScale);
        BigInteger y = Units(b, out int yScale);
        int missing = scale + yScale - xScale;
        x *= BigInteger.Pow(10, Math.Max(0, missing));
        y *= BigInteger.Pow(10, Math.Max(0, -missing));
        BigInteger units = BigInteger.DivRem(x, y, out BigInteger rest);
        int shown = rest.IsZero ? Math.Max(0, xScale - yScale) : scale;
        units += BigInteger.Abs(rest) * 2 >= BigInteger.Abs(y) ? x.Sign * y.Sign : 0;
        BigInteger limit = BigInteger.Pow(10, TypeResolver.MaxDecimalDigits);
        while (scale > 0 && (scale > shown || BigInteger.Abs(units) >= limit) && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        if (BigInteger.Abs(units) >= limit)
        {
            throw new OverflowException();
        }

        decimal value = (decimal)BigInteger.Abs(units);
        int[] bits = decimal.GetBits(value);
        return new decimal(bits[0], bits[1], bits[2], units.Sign < 0, (byte)scale);
    }

    private static BigInteger Units(decimal value, out int scale)
    {
        int[] bits = decimal.GetBits(value);
        scale = (bits[3] >> 16) & 0xFF;
        var size = new decimal(bits[0], bits[1], bits[2], false, 0);
        return bits[3] < 0 ? -new BigInteger(size) : new BigInteger(size);
    }

    /// <summary>Rounds half away from zero to the type's scale; false when the digits before the point don't fit.</summary>
    public static bool TryFit(decimal value, SqlType type, out decimal fitted)
    {
        fitted = Math.Round(value, type.Scale, MidpointRounding.AwayFromZero);
        decimal limit = 1m;
        for (int i = 0; i < type.Precision - type.Scale; i++)
        {
            limit *= 10m;
        }

        return type.Open || Math.Abs(fitted) < limit;
    }
}
