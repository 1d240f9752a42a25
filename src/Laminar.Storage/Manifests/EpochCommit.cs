namespace Laminar.Storage;

/// <summary>What the coordinator has gathered when every core and sink has prepared an epoch.</summary>
public sealed class EpochCommit
{
    /// <summary>At least <see cref="StateStore.FirstEpoch"/>, and above every epoch committed before.</summary>
    public required long Epoch { get; init; }

    /// <summary>All source partitions.</summary>
    public required IReadOnlyList<SourcePosition> Sources { get; init; }

    /// <summary>One position per core, from <see cref="WalWriter.TryAppendBarrier"/>.</summary>
    public required IReadOnlyList<WalPosition> Wal { get; init; }

    /// <summary>All sections of all cores, from <see cref="SnapshotWriter.CompleteAsync"/>.</summary>
    public required IReadOnlyList<SnapshotSection> Sections { get; init; }

    /// <summary>All sinks.</summary>
    public required IReadOnlyList<SinkToken> Sinks { get; init; }
}
