using System.Runtime.InteropServices;

namespace Laminar.Runtime.Rings;

/// <summary>A ring's positions, each side's own on its own pair of cache lines (the prefetcher pulls lines in pairs).</summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct RingIndexes
{
    /// <summary>Written by the producer.</summary>
    [FieldOffset(128)]
    public long Tail;

    /// <summary>The producer's last look at <see cref="Head"/>.</summary>
    [FieldOffset(136)]
    public long HeadSeen;

    /// <summary>Written by the consumer.</summary>
    [FieldOffset(256)]
    public long Head;

    /// <summary>The consumer's last look at <see cref="Tail"/>.</summary>
    [FieldOffset(264)]
    public long TailSeen;

    /// <summary>1 while the producer waits for room.</summary>
    [FieldOffset(384)]
    public int ProducerWaits;
}
