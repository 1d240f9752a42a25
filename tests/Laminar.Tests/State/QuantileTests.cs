using System.Buffers;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Percentiles against sorting, sketches against exact answers and the errors that their papers promise.</summary>
public sealed class QuantileTests
{
    [Test]
    public void Percentiles_are_those_of_the_sorted_values([Values(1, 2, 15, 16, 17, 18, 100, 1_000, 20_011)] int count, [Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(count))];
        double[] sorted = [.. values.Order()];
        foreach (decimal fraction in (decimal[])[0m, 0.001m, 0.25m, 0.5m, 0.9m, 1m])
        {
            int index = Math.Max(0, (int)Math.Ceiling(count * fraction) - 1);
            Assert.That(Quantiles.Discrete(values.AsSpan(), fraction, descending: false), Is.EqualTo(sorted[index]));
            Assert.That(Quantiles.Discrete<int>([.. values.Select(v => (int)v)], fraction, descending: true), Is.EqualTo((int)sorted[^(index + 1)]));
            decimal position = (count - 1) * fraction;
            double low = sorted[(int)Math.Floor(position)];
            double high = sorted[(int)Math.Ceiling(position)];
            Assert.That(Quantiles.Continuous(values.AsSpan(), fraction), Is.EqualTo(low + ((high - low) * (double)(position % 1))).Within(1e-9));
        }
    }

    [Test]
    public void An_order_that_is_bad_for_finding_takes_no_longer_than_sorting()
    {
        // Up and down: the middle of three is a bad guess again and again.
        double[] values = [.. Enumerable.Range(0, 200_000).Select(i => (double)(i % 2 == 0 ? i : 200_000 - i))];
        double[] sorted = [.. values.Order()];
        Assert.That(Quantiles.Discrete(values.AsSpan(), 0.5m, descending: false), Is.EqualTo(sorted[99_999]));
    }

    [Test]
    public void Not_a_number_is_above_everything()
    {
        Assert.That(Quantiles.Discrete([double.NaN, 1, double.PositiveInfinity], 1m, descending: false), Is.NaN);
        Assert.That(Quantiles.Discrete([double.NaN, 1, double.PositiveInfinity], 0.5m, descending: false), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Quantiles.Continuous([double.NaN, 1, 3], 0.25m), Is.EqualTo(2));
        Assert.That(Quantiles.Continuous([double.NaN, 1, 3], 0.75m), Is.NaN);
    }

    [TestCase(1e-300)]
    [TestCase(0.001)]
    [TestCase(1)]
    [TestCase(12345.678)]
    [TestCase(1.7e308)]
    [TestCase(5e-324)]
    public void A_bucket_is_within_a_hundredth_of_its_values(double size)
    {
        foreach (double value in (double[])[size, -size])
        {
            // The least numbers have no digits for a hundredth.
            Assert.That(QuantileSketch.Middle(QuantileSketch.Bucket(value)), Is.EqualTo(value).Within(Math.Max(Math.Abs(value) * QuantileSketch.Accuracy * 1.0000001, double.Epsilon)));
        }
    }

    [Test]
    public void Buckets_are_ordered_as_values_are()
    {
        double[] values = [double.NegativeInfinity, -1e300, -1, -1e-300, 0, 1e-300, 1, 1e300, double.PositiveInfinity, double.NaN];
        Assert.That(values.Select(v => (long)QuantileSketch.Bucket(v)), Is.Ordered.Ascending.And.Unique);
        Assert.That(QuantileSketch.Bucket(-0.0), Is.EqualTo(QuantileSketch.Bucket(0)));
        Assert.That(QuantileSketch.Middle(QuantileSketch.Bucket(double.NaN)), Is.NaN);
        Assert.That(QuantileSketch.Middle(QuantileSketch.Bucket(double.NegativeInfinity)), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void Distinct_values_are_estimated([Values(0, 1, 100, 248, 249, 1_000, 10_000, 100_000, 1_000_000)] int count)
    {
        using var sketches = new HyperLogLogs();
        SketchHandle numbers = default;
        SketchHandle texts = default;
        for (int i = 0; i < count; i++)
        {
            sketches.Add(ref numbers, (ulong)i);
            sketches.Add(ref numbers, (ulong)(i / 2));
            sketches.Add(ref texts, "visitor " + i);
        }

        // 4 standard errors of 1.04 / sqrt(4096); a list of hashes is exact but for two that are the same.
        double off = count <= 248 ? 0.01 : 4 * 1.04 / 64 * count;
        Assert.That(sketches.Estimate(in numbers), Is.EqualTo(count).Within(off));
        Assert.That(sketches.Estimate(in texts), Is.EqualTo(count).Within(off));
    }

    [Test]
    public void What_a_sketch_says_depends_on_its_values_alone([Values(10, 200, 300, 5_000)] int count, [Values(1, 2)] int seed)
    {
        using var sketches = new HyperLogLogs();
        var random = new Random(seed);
        var parts = new SketchHandle[3];
        SketchHandle whole = default;
        for (int i = 0; i < count; i++)
        {
            ulong value = (ulong)random.NextInt64();
            sketches.Add(ref whole, value);
            sketches.Add(ref parts[random.Next(3)], value);
        }

        SketchHandle merged = default;
        foreach (SketchHandle part in parts)
        {
            sketches.Merge(ref merged, in part);
        }

        Assert.That(sketches.Estimate(in merged), Is.EqualTo(sketches.Estimate(in whole)));
        long bytes = sketches.Bytes;
        for (int round = 0; round < 50; round++)
        {
            sketches.Free(ref merged);
            foreach (SketchHandle part in parts)
            {
                sketches.Merge(ref merged, in part);
            }
        }

        Assert.That(sketches.Bytes, Is.EqualTo(bytes), "What is given back is used again.");
    }

    [Test]
    public void Lists_keep_their_values_through_growth_and_a_snapshot([Values(1, 7)] int seed)
    {
        var random = new Random(seed);
        using var lists = new ValueLists<decimal>();
        var handles = new ListHandle[40];
        var expected = new List<decimal>[handles.Length];
        for (int i = 0; i < handles.Length; i++)
        {
            expected[i] = [];
        }

        for (int step = 0; step < 60_000; step++)
        {
            int at = random.Next(handles.Length);
            if (random.Next(5_000) == 0)
            {
                lists.Free(ref handles[at]);
                expected[at].Clear();
            }
            else if (random.Next(2_000) == 0)
            {
                int other = (at + 1) % handles.Length;
                lists.Merge(ref handles[at], in handles[other]);
                expected[at].AddRange(expected[other]);
            }
            else
            {
                lists.Add(ref handles[at], step);
                expected[at].Add(step);
            }
        }

        Check(lists, handles, expected);
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "q", "layout");
        lists.Save(writer);
        writer.Finish();
        using var restored = new ValueLists<decimal>();
        var reader = new StateReader(new ReadOnlySequence<byte>(bytes.WrittenMemory), "q", "layout");
        restored.Load(reader);
        reader.Finish();
        Check(restored, handles, expected);
        restored.Add(ref handles[0], 1m);
        expected[0].Add(1m);
        Check(restored, handles, expected);
    }

    private static void Check(ValueLists<decimal> lists, ListHandle[] handles, List<decimal>[] expected)
    {
        for (int i = 0; i < handles.Length; i++)
        {
            Assert.That(lists.Gather(in handles[i]).ToArray(), Is.EqualTo(expected[i]));
        }
    }
}
