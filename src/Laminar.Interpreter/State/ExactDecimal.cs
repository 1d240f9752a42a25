namespace Laminar.Interpreter.State;

/// <summary>DECIMAL values as whole units of their last digit.</summary>
internal static class ExactDecimal
{
    private static readonly Int128 Limit = Power(28);

    /// <summary>The value times 10^scale.</summary>
    /// <exception cref="OverflowException">It has more digits behind the point.</exception>
    public static Int128 Units(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        int own = (bits[3] >> 16) & 0xFF;
        Int128 units = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        for (; own < scale; own++)
        {
            units = checked(units * 10);
        }

        for (; own > scale; own--)
        {
            (units, Int128 rest) = Int128.DivRem(units, 10);
            if (rest != 0)
            {
                throw new OverflowException($"The value {value} has more than {scale} digits behind the point.");
            }
        }

        return bits[3] < 0 ? -units : units;
    }

    /// <exception cref="OverflowException">It has more than 28 digits.</exception>
    public static decimal FromUnits(Int128 units, int scale)
    {
        Int128 size = Int128.Abs(units);
        if (size >= Limit)
        {
            throw new OverflowException("A DECIMAL result needs more than 28 digits.");
        }

        ulong low = (ulong)size;
        var high = (uint)(size >> 64);
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)high, units < 0, (byte)scale);
    }

    /// <summary>units / 10^scale / count, rounded half away from zero to <paramref name="outScale"/> digits.</summary>
    public static decimal Divide(Int128 units, long count, int scale, int outScale)
    {
        Int128 scaled = checked(units * Power(outScale - scale));
        (Int128 quotient, Int128 rest) = Int128.DivRem(scaled, count);
        if (Int128.Abs(rest) * 2 >= count)
        {
            quotient += units < 0 ? -1 : 1;
        }

        return FromUnits(quotient, outScale);
    }

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
