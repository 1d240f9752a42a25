using NUnit.Framework;

namespace Laminar.Tests.Rows;

/// <summary>Masks of many rows against the same comparison row by row.</summary>
public sealed class ColumnMaskTests
{
    private static readonly long[] Divisors = [1, 2, 3, 4, 10, 12, 96, 123, 1_000_000_007, 1L << 40, (1L << 40) * 3, 1L << 62, long.MaxValue, long.MaxValue - 1];

    [Test]
    public void MultiplesOfAnyDivisor()
    {
        const int seed = 11;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var values = new long[ColumnMask.Rows];
        foreach (long divisor in Divisors)
        {
            for (int round = 0; round < 50; round++)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = random.Next(4) switch
                    {
                        0 => random.NextInt64(long.MinValue, long.MaxValue),
                        1 => unchecked(random.NextInt64(long.MinValue, long.MaxValue) / divisor * divisor),
                        2 => random.Next(-300, 300),
                        _ => i % 2 == 0 ? long.MinValue : long.MaxValue,
                    };
                }

                Check(values, v => v % divisor == 0, count => ColumnMask.MultipleOf(ref values[0], count, divisor), $"% {divisor}");
            }
        }
    }

    [Test]
    public void ComparisonsOfAnyWidth()
    {
        const int seed = 12;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 100; round++)
        {
            long[] longs = [.. Enumerable.Range(0, ColumnMask.Rows).Select(_ => (long)random.Next(-3, 4) << random.Next(60))];
            int[] ints = [.. longs.Select(v => (int)v)];
            byte[] bytes = [.. longs.Select(v => (byte)v)];
            ulong[] unsigned = [.. longs.Select(v => (ulong)v)];
            long pivot = longs[random.Next(longs.Length)];
            Check(longs, v => v < pivot, count => ColumnMask.Less(ref longs[0], count, pivot), "<");
            Check(longs, v => v == pivot, count => ColumnMask.Equal(ref longs[0], count, pivot), "=");
            Check(ints, v => v > (int)pivot, count => ColumnMask.Greater(ref ints[0], count, (int)pivot), ">");
            Check(bytes, v => v < (byte)pivot, count => ColumnMask.Less(ref bytes[0], count, (byte)pivot), "byte <");
            Check(unsigned, v => v > (ulong)pivot, count => ColumnMask.Greater(ref unsigned[0], count, (ulong)pivot), "unsigned >");
        }
    }

    private static void Check<T>(T[] values, Func<T, bool> holds, Func<int, ulong> mask, string what)
    {
        foreach (int count in (int[])[1, 5, 63, 64])
        {
            ulong expected = 0;
            for (int i = 0; i < count; i++)
            {
                expected |= holds(values[i]) ? 1UL << i : 0;
            }

            Assert.That(mask(count) & ColumnMask.Present(count), Is.EqualTo(expected), what);
        }
    }
}
