using Laminar.Linux;

namespace Laminar.Storage;

/// <summary>Records that go to the disk in one write: a run of bytes of one segment.</summary>
internal sealed class WalBuffer(IoBuffer memory) : IDisposable
{
    internal IoBuffer Memory { get; private set; } = memory;

    /// <summary>Bytes in use.</summary>
    internal int Used { get; set; }

    /// <summary>The segment that the bytes belong to.</summary>
    internal long Segment { get; set; }

    /// <summary>Where in the segment the first byte goes.</summary>
    internal long Offset { get; set; }

    /// <summary>Where in the buffer the first record starts; behind the segment's header when that is in the buffer.</summary>
    internal int FirstRecord { get; set; }

    /// <summary>The last record in the buffer.</summary>
    internal long LastSequence { get; set; }

    internal void Reset()
    {
        Used = 0;
        FirstRecord = 0;
    }

    /// <summary>Exchanges the memory of an empty buffer for a larger one.</summary>
    internal void Replace(IoBuffer memory)
    {
        Memory.Dispose();
        Memory = memory;
    }

    public void Dispose() => Memory.Dispose();
}
