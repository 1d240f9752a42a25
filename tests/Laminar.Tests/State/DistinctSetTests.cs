using System.Buffers;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Sets of values against HashSet, through growth, merges and freeing.</summary>
public sealed class DistinctSetTests
{
    [TestCase(11)]
    [TestCase(12)]
    public void HoldsWhatHashSetsHold(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var table = new DistinctSet();
        var handles = new DistinctHandle[40];
        HashSet<(ulong, ulong)>[] model = [.. handles.Select(_ => new HashSet<(ulong, ulong)>())];
        for (int step = 0; step < 60_000; step++)
        {
            int set = random.Next(handles.Length);
            switch (random.Next(200))
            {
                case 0:
                    table.Free(ref handles[set]);
                    model[set].Clear();
                    break;
                case 1:
                    int other = random.Next(handles.Length);
                    if (other != set)
                    {
                        table.Merge(ref handles[set], in handles[other]);
                        model[set].UnionWith(model[other]);
                    }

                    break;
                default:
                    (ulong, ulong) value = ((ulong)random.Next(500), (ulong)random.Next(2));
                    Assert.That(table.Add(ref handles[set], value), Is.EqualTo(model[set].Add(value)));
                    break;
            }

            Assert.That(handles[set].Count, Is.EqualTo(model[set].Count));
        }

        Assert.That(table.Count, Is.EqualTo(model.Sum(m => m.Count)));
    }

    [Test]
    public void EqualValuesAreOne()
    {
        Assert.That(DistinctSet.Words(1.0m), Is.EqualTo(DistinctSet.Words(1.000m)));
        Assert.That(DistinctSet.Words(-0.0m), Is.EqualTo(DistinctSet.Words(0m)));
        Assert.That(DistinctSet.Word(-0.0), Is.EqualTo(DistinctSet.Word(0.0)));
        Assert.That(DistinctSet.Word(double.NaN), Is.EqualTo(DistinctSet.Word(-double.NaN)));
        Assert.That(KeyHash.Local(2.50m), Is.EqualTo(KeyHash.Local(2.5m)));
        Assert.That(KeyHash.Local(-0.0), Is.EqualTo(KeyHash.Local(0.0)));
    }

    /// <summary>State on disk was placed by these: they may not change without another format of the state.</summary>
    [Test]
    public void HashesOfKeysStay()
    {
        Assert.That(KeyHash.Local(2.5m), Is.EqualTo(KeyHash.Mixed(0x10000 ^ (25ul << 23))), "scale 1 in the flags' third byte, 25 in the low word");
        Assert.That(KeyHash.Local(0m), Is.EqualTo(KeyHash.Mixed(0)));
        Assert.That(KeyHash.Local(-3m), Is.EqualTo(KeyHash.Mixed(0x80000000 ^ (3ul << 23))));
        Assert.That(
            KeyHash.Local(new Guid("00112233-4455-6677-8899-aabbccddeeff")),
            Is.EqualTo(KeyHash.Mixed(0x6677445500112233 ^ ulong.RotateLeft(0xffeeddccbbaa9988, 23))));
        Assert.That(KeyHash.Local(double.NaN), Is.EqualTo(KeyHash.Mixed(0xFFF8000000000000)));
        Assert.That(KeyHash.Local((double)-float.NaN), Is.EqualTo(KeyHash.Local(double.NaN)));
        Assert.That(KeyHash.Local((double)-0.0f), Is.EqualTo(KeyHash.Mixed(0)));
    }

    /// <summary>Equal decimals are one value at any scale, and stripping zeros by the words agrees with dividing.</summary>
    [Test]
    public void DecimalsOfAnyScaleHashAlike()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            var value = new decimal(random.Next(-2, 1000), i % 3 == 0 ? random.Next() : 0, 0, random.Next(2) == 0, (byte)random.Next(10));
            decimal scaled = value;
            for (int zeros = random.Next(8); zeros > 0; zeros--)
            {
                scaled *= 1.0m;
            }

            Assert.That(scaled, Is.EqualTo(value));
            Assert.That(DistinctSet.Words(scaled), Is.EqualTo(DistinctSet.Words(value)), $"{value} and {scaled}");
            Assert.That(KeyHash.Local(scaled), Is.EqualTo(KeyHash.Local(value)), $"{value} and {scaled}");
        }

        Assert.That(DistinctSet.Words(decimal.MaxValue), Is.Not.EqualTo(DistinctSet.Words(decimal.MinValue)));
        Assert.That(DistinctSet.Words(100m), Is.EqualTo(DistinctSet.Words(100.0m)), "whole numbers keep their zeros");
    }

    [Test]
    public void NumbersOfTextsAreGivenBack()
    {
        using var table = new DistinctSet();
        var texts = new TextNumbers();
        DistinctHandle one = default, two = default;
        foreach (string text in new[] { "a", "b", "a" })
        {
            ulong number = texts.Of(text);
            if (table.Add(ref one, number))
            {
                texts.Share((int)number);
            }
        }

        table.Merge(ref two, in one, texts);
        table.Free(ref one, texts);
        Assert.That(texts.Count, Is.EqualTo(2), "the other set still holds them");
        table.Free(ref two, texts);
        Assert.That(texts.Count, Is.Zero);
    }
}
