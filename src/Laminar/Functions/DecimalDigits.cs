namespace Laminar.Functions;

/// <summary>A DECIMAL as an integer of units of its last digit.</summary>
internal static class DecimalDigits
{
    /// <summary>Digits of a DECIMAL.</summary>
    public const int Most = 28;

    /// <summary>10^0 to 10^28.</summary>
    public static readonly UInt128[] Powers = MakePowers();

    /// <summary>The units (below 2^96) without sign, and how many digits are behind the point.</summary>
    public static UInt128 Units(decimal value, out int scale, out bool isNegative)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        scale = (bits[3] >> 16) & 0xFF;
        isNegative = bits[3] < 0;
        return new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    /// <param name="units">Below 2^96.</param>
    /// <param name="scale">0 to 28.</param>
    /// <param name="isNegative">Of no effect on zero.</param>
    public static decimal Make(UInt128 units, int scale, bool isNegative) =>
        new((int)(uint)units, (int)(uint)(units >> 32), (int)(uint)(units >> 64), isNegative && units != 0, (byte)scale);

    private static UInt128[] MakePowers()
    {
        var powers = new UInt128[Most + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
