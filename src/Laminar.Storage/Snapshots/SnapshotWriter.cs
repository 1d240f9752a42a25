using System.Buffers;

namespace Laminar.Storage;

/// <summary>
/// Takes one core's state at one barrier. The core's thread writes sections into memory; full chunks go to disk on another thread.
/// Sequence: (<see cref="BeginSection"/>, write, <see cref="EndSection"/>)*, then <see cref="CompleteAsync"/>. Not thread-safe.
/// </summary>
public sealed class SnapshotWriter
{
    internal SnapshotWriter()
    {
    }

    /// <summary>The core.</summary>
    public int Core { get; }

    /// <summary>The epoch that ends with this snapshot.</summary>
    public long Epoch { get; }

    /// <summary>Opens a section.</summary>
    /// <param name="task">Unique in this snapshot; 1 to 512 UTF-8 bytes.</param>
    public IBufferWriter<byte> BeginSection(string task) => throw new LaminarException(task);

    /// <summary>Ends the open section.</summary>
    public void EndSection() => throw new LaminarException("");

    /// <summary>Completes when every section is durable; the result goes into <see cref="EpochCommit.Sections"/>.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public Task<IReadOnlyList<SnapshotSection>> CompleteAsync() => throw new LaminarException("");
}
