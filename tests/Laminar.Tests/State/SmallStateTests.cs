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

    /// <summary>However the snapshot is cut into segments, values that straddle them come back, and damage is refused.</summary>
    [Test]
    public void ASnapshotIsReadOverSegments()
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "sales", "layout");
        writer.Write(0x0123456789ABCDEFL);
        writer.Write("something");
        writer.Write((byte)7);
        writer.Write([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        writer.Write(2.5);
        writer.Finish();
        byte[] good = bytes.WrittenSpan.ToArray();
        for (int size = 1; size <= good.Length; size++)
        {
            var reader = new StateReader(Segments(good, size), "sales", "layout");
            Assert.That(reader.Read<long>(), Is.EqualTo(0x0123456789ABCDEFL), $"segments of {size}");
            Assert.That(reader.ReadText(), Is.EqualTo("something"));
            Assert.That(reader.Read<byte>(), Is.EqualTo(7));
            Assert.That(reader.ReadBytes().ToArray(), Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
            Assert.That(reader.Read<double>(), Is.EqualTo(2.5));
            reader.Finish();
            Assert.That(() => reader.Read<byte>(), Throws.TypeOf<SnapshotException>(), "beyond the end");
            byte[] flipped = [.. good];
            flipped[size - 1] ^= 0x10;
            Assert.That(() => new StateReader(Segments(flipped, size), "sales", "layout"), Throws.TypeOf<SnapshotException>());
            Assert.That(() => new StateReader(Segments(good[..^1], size), "sales", "layout"), Throws.TypeOf<SnapshotException>());
        }
    }

    private static ReadOnlySequence<byte> Segments(byte[] bytes, int size)
    {
        var first = new Segment(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        Segment last = first;
        for (int at = size; at < bytes.Length; at += size)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
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
