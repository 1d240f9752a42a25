using System.Numerics;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Sums of DECIMALs against <see cref="BigInteger"/>.</summary>
public sealed class DecimalSumTests
{
    [Test]
    public void Random_sums_and_averages([Values(1, 2, 3, 4, 5)] int seed)
    {
        var random = new Random(seed);
        int outputs = 0;
        for (int round = 0; round < 2_000; round++)
        {
            int count = random.Next(1, 9);
            decimal[] values = [.. Enumerable.Range(0, count).Select(_ => Value(random))];
            DecimalSum sum = Sum(values[..(count / 2)]);
            DecimalSum rest = Sum(values[(count / 2)..]);
            sum.Merge(in rest);

            BigInteger exact = values.Aggregate(BigInteger.Zero, (total, v) => total + Units(v));
            int scale = random.Next(0, 29);
            string context = $"seed {seed}, round {round}: {string.Join(" ", values)}, scale {scale}";
            outputs += Check(exact, 1, 28, () => sum.Value(28), context);
            outputs += Check(exact, count, scale, () => sum.Average(count, 28, scale), context);
        }

        Assert.That(outputs, Is.GreaterThan(1_000), "too few results fit 28 digits for the test to say anything");
    }

    [Test]
    public void A_sum_may_pass_the_limit_on_its_way()
    {
        DecimalSum sum = Sum(decimal.MaxValue, decimal.MaxValue, 0.0000000000000000000000000001m);
        Assert.That(() => sum.Value(28), Throws.TypeOf<OverflowException>());
        sum.Add(decimal.MinValue);
        sum.Add(decimal.MinValue);
        Assert.That(sum.Value(28), Is.EqualTo(0.0000000000000000000000000001m));
    }

    [Test]
    public void A_declared_type_holds_only_its_digits()
    {
        Assert.That(Sum(5_000m, 4_999.99m).Value(4).ToString(System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo("9999.99"));
        Assert.That(() => Sum(5_000m, 5_000m).Value(4), Throws.TypeOf<OverflowException>());
        Assert.That(Sum(-9_999m).Value(4), Is.EqualTo(-9_999m));
    }

    [Test]
    public void An_average_is_rounded_once()
    {
        // 1234567890123456789012.00000049999975...: cut to 28 digits first, it would be rounded up.
        DecimalSum sum = Sum(1m);
        for (int i = 0; i < 3; i++)
        {
            sum.Add(1_234_567_890_123_456_789_012m * 666_667m);
        }

        Assert.That(sum.Average(2_000_001, 22, 6), Is.EqualTo(1_234_567_890_123_456_789_012m));
        Assert.That(Sum(0.1m, 0.2m).Average(2, 22, 6), Is.EqualTo(0.15m));
        Assert.That(Sum(-0.000001m, 0m).Average(2, 22, 6), Is.EqualTo(-0.000001m), "half away from zero");
    }

    private static DecimalSum Sum(params decimal[] values)
    {
        var sum = new DecimalSum();
        foreach (decimal value in values)
        {
            sum.Add(value);
        }

        return sum;
    }

    private static decimal Value(Random random)
    {
        int bits = random.Next(1, 97);
        UInt128 units = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64(long.MinValue, long.MaxValue)) & ((UInt128.One << bits) - 1);
        return new decimal((int)(uint)units, (int)(uint)(units >> 32), (int)(uint)(units >> 64), random.Next(2) == 0, (byte)random.Next(0, 29));
    }

    /// <summary>In units of 10^-28.</summary>
    private static BigInteger Units(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger size = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return size * BigInteger.Pow(10, 28 - ((bits[3] >> 16) & 0xFF)) * (bits[3] < 0 ? -1 : 1);
    }

    /// <summary>1 when the result fits.</summary>
    private static int Check(BigInteger sum, int count, int scale, Func<decimal> actual, string context)
    {
        BigInteger divisor = BigInteger.Pow(10, 28 - scale) * count;
        BigInteger units = BigInteger.DivRem((BigInteger.Abs(sum) * 2) + divisor, divisor * 2, out _);
        for (; scale > 0 && units % 10 == 0; scale--)
        {
            units /= 10;
        }

        if (units >= BigInteger.Pow(10, 28))
        {
            Assert.That(() => actual(), Throws.TypeOf<OverflowException>(), context);
            return 0;
        }

        Assert.That(Units(actual()), Is.EqualTo(units * BigInteger.Pow(10, 28 - scale) * sum.Sign), context);
        return 1;
    }
}
