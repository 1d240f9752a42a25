using System.Runtime.CompilerServices;

namespace Laminar.Nexmark;

/// <summary>The random numbers of one event: SplitMix64 (Steele, Lea, Flood, 2014) begun at its number.</summary>
internal struct EventRandom(ulong seed, long number)
{
    private const double PricePowers = 6;
    private const int PriceSteps = 1024;

    // 10^(6u) for a u of 20 bits is the product of two table entries.
    private static readonly double[] Coarse = [.. Enumerable.Range(0, PriceSteps).Select(i => 100 * Math.Pow(10, PricePowers * i / PriceSteps))];
    private static readonly double[] Fine = [.. Enumerable.Range(0, PriceSteps).Select(i => Math.Pow(10, PricePowers * i / PriceSteps / PriceSteps))];

    private ulong _state = seed + ((ulong)number * 0xD1342543DE82EF95UL);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Below(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Log-uniform from 100 to 100,000,000 cents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Price()
    {
        ulong random = Next();
        return (long)Math.Round(Coarse[random % PriceSteps] * Fine[(random >> 10) % PriceSteps]);
    }
}
