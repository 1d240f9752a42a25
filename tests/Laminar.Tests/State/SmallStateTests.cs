using System.Buffers;
using System.Text;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Sums, window arithmetic, checksums, cells and the frame of snapshots.</summary>
public sealed class SmallStateTests
{
    [Test]
    public void SumsNeverWrapInside()
    {
        long low = 0, high = 0;
        Int128 exact = 0;
        foreach (long value in new[] { long.MaxValue, long.MaxValue, long.MinValue, 5, -7, 1L << 40, long.MaxValue })
        {
            // What generated code does for values of either size.
            if (value == (int)value)
            {
                low += value;
            }
            else
            {
                low += (uint)value;
                high += value >> 32;
            }

            exact += value;
            Assert.That(WideSum.Value(low, high), Is.EqualTo(exact));
        }

        long otherLow = low, otherHigh = high;
        WideSum.Merge(ref otherLow, ref otherHigh, low, high);
        Assert.That(WideSum.Value(otherLow, otherHigh), Is.EqualTo(exact * 2));
        Assert.That(() => WideSum.ToInt64(otherLow, otherHigh), Throws.TypeOf<OverflowException>());
        Assert.That(WideSum.ToInt64(-3, 0), Is.EqualTo(-3));
        Assert.That(WideSum.ToDecimal(low, high), Is.EqualTo((decimal)exact));
        Assert.That(WideSum.Average(9, 0, 2), Is.EqualTo(4.5));
    }

    [TestCase(0, 0, 10, 10)]
    [TestCase(9, 0, 10, 10)]
    [TestCase(10, 0, 10, 20)]
    [TestCase(-1, 0, 10, 0)]
    [TestCase(-11, 3, 10, -7)]
    [TestCase(long.MaxValue, 3, 10, long.MaxValue)]
    public void NextEnd(long watermark, long anyEnd, long slide, long expected) => Assert.That(PaneMath.NextEnd(watermark, anyEnd, slide), Is.EqualTo(expected));

    [Test]
    public void FloorDivisionRoundsDown()
    {
        Assert.That(PaneMath.FloorDivide(-1, 10), Is.EqualTo(-1));
        Assert.That(PaneMath.FloorDivide(-10, 10), Is.EqualTo(-1));
        Assert.That(PaneMath.FloorDivide(-11, 10), Is.EqualTo(-2));
        Assert.That(PaneMath.FloorDivide(19, 10), Is.EqualTo(1));
    }

    [Test]
    public void ChecksumsOfTheStandard()
    {
        // RFC 3720, B.4, and the usual check value.
        Assert.That(Crc32C.Of(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0xE3069283));
        Assert.That(Crc32C.Of(new byte[32]), Is.EqualTo(0x8A9136AA));
    }

    [Test]
    public void CellsAreReusedAndSaved()
    {
        var cells = new ReferenceCells<string>();
        int a = 0, b = 0;
        cells.Set(ref a, "x");
        cells.Set(ref b, "y");
        cells.Free(ref a);
        var restored = new ReferenceCells<string>();
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "q", "f");
        cells.Save(writer);
        writer.Finish();
        restored.Load(new StateReader(new ReadOnlySequence<byte>(bytes.WrittenMemory), "q", "f"));
        Assert.That(restored[b], Is.EqualTo("y"));
        Assert.That(restored.Count, Is.EqualTo(1));
        int c = 0;
        restored.Set(ref c, "z");
        Assert.That(c, Is.EqualTo(1), "the freed cell");
    }

    [Test]
    public void ASnapshotIsRefusedWhenItIsNotWhole()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "sales", "layout");
        writer.Write("something");
        writer.Finish();
        byte[] good = bytes.WrittenSpan.ToArray();
        Assert.That(new StateReader(new ReadOnlySequence<byte>(good), "sales", "layout").ReadText(), Is.EqualTo("something"));
        for (int i = 0; i < good.Length; i++)
        {
            byte[] flipped = [.. good];
            flipped[i] ^= 0x10;
            Assert.That(() => new StateReader(new ReadOnlySequence<byte>(flipped), "sales", "layout"), Throws.TypeOf<SnapshotException>(), $"byte {i} flipped");
            Assert.That(() => new StateReader(new ReadOnlySequence<byte>(good.AsMemory(0, i)), "sales", "layout"), Throws.TypeOf<SnapshotException>(), $"cut at {i}");
        }

        Assert.That(
            () => new StateReader(new ReadOnlySequence<byte>(good), "sales", "another layout"),
            Throws.TypeOf<SnapshotException>().With.Message.Contains("another layout").And.Message.Contains("query sales"));
    }
}
