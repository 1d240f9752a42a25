using System.Buffers;
using System.Buffers.Binary;
using Laminar.Execution;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Parts of a chained query's snapshot, below and above what an int can count.</summary>
public sealed class SnapshotPartsTests
{
    private const long Long = 3L << 30;

    [Test]
    public void Parts_come_back_one_behind_the_other()
    {
        var writer = new ArrayBufferWriter<byte>();
        SnapshotParts.Write(writer, new Fill(3, 1));
        SnapshotParts.Write(writer, new Fill(200_000, 2));
        SnapshotParts.Write(writer, new Fill(0, 3));
        var rest = new ReadOnlySequence<byte>(writer.WrittenMemory);
        Assert.That(SnapshotParts.Take(ref rest).ToArray(), Is.EqualTo(Enumerable.Repeat((byte)1, 3)));
        Assert.That(SnapshotParts.Take(ref rest).ToArray(), Is.EqualTo(Enumerable.Repeat((byte)2, 200_000)));
        Assert.That(SnapshotParts.Take(ref rest).IsEmpty);
        SnapshotParts.End(rest);
    }

    [Test]
    public void A_part_above_2_GiB_is_written_with_its_length_and_without_its_memory()
    {
        var writer = new Discard();
        SnapshotParts.Write(writer, new Fill(Long, 1));
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(writer.First), Is.EqualTo(Long));
        Assert.That(writer.Count, Is.EqualTo(sizeof(long) + Long));
    }

    [Test]
    public void A_part_above_2_GiB_is_read()
    {
        // The same MiB again and again, behind the length: long, and nearly free.
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, Long);
        byte[] block = new byte[1 << 20];
        var first = new Segment(length, null);
        Segment last = first;
        for (long at = 0; at < Long + block.Length; at += block.Length)
        {
            last = new Segment(block, last);
        }

        var rest = new ReadOnlySequence<byte>(first, 0, last, block.Length);
        Assert.That(SnapshotParts.Take(ref rest).Length, Is.EqualTo(Long));
        Assert.That(rest.Length, Is.EqualTo(block.Length));
        Assert.That(() => SnapshotParts.End(rest), Throws.InstanceOf<SnapshotException>());
    }

    [TestCase(-1L)]
    [TestCase(4L)]
    [TestCase(long.MaxValue)]
    public void A_length_that_the_snapshot_has_not_is_refused(long length)
    {
        byte[] bytes = new byte[sizeof(long) + 3];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Assert.That(
            () =>
            {
                var rest = new ReadOnlySequence<byte>(bytes);
                SnapshotParts.Take(ref rest);
            },
            Throws.InstanceOf<SnapshotException>());
    }

    private sealed class Fill(long bytes, byte with) : Operator<int>
    {
        public override void Process(ReadOnlySpan<int> rows)
        {
        }

        public override void Process(ReadOnlySpan<int> rows, ReadOnlySpan<long> watermarks, long ceiling)
        {
        }

        public override void AdvanceWatermark(long watermark)
        {
        }

        public override void Complete()
        {
        }

        public override void Snapshot(IBufferWriter<byte> writer)
        {
            for (long left = bytes; left > 0;)
            {
                int count = (int)Math.Min(left, 1 << 20);
                Span<byte> to = writer.GetSpan(count)[..count];
                if (bytes < 1 << 20)
                {
                    to.Fill(with);
                }

                writer.Advance(count);
                left -= count;
            }
        }

        public override void Restore(ReadOnlySequence<byte> snapshot)
        {
        }
    }

    /// <summary>Keeps the first eight bytes and the count.</summary>
    private sealed class Discard : IBufferWriter<byte>
    {
        private readonly byte[] _bytes = new byte[1 << 20];

        public byte[] First { get; } = new byte[sizeof(long)];

        public long Count { get; private set; }

        public void Advance(int count)
        {
            if (Count == 0)
            {
                _bytes.AsSpan(0, First.Length).CopyTo(First);
            }

            Count += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _bytes;

        public Span<byte> GetSpan(int sizeHint = 0) => _bytes;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
