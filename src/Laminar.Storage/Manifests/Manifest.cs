namespace Laminar.Storage;

/// <summary>Everything that one epoch consists of. What no manifest names doesn't exist.</summary>
public sealed record Manifest
{
    /// <summary>The epoch; 0 is the manifest of a new folder, before the first checkpoint.</summary>
    public required long Epoch { get; init; }

    /// <summary>Cores that wrote it.</summary>
    public required int Cores { get; init; }

    /// <summary>Key groups.</summary>
    public required int KeyGroups { get; init; }

    /// <summary>State layout by task.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>Positions of all source partitions.</summary>
    public IReadOnlyList<SourcePosition> Sources { get; init; } = [];

    /// <summary>Per core, the WAL position right behind the barrier mark: replay starts there.</summary>
    public IReadOnlyList<WalPosition> Wal { get; init; } = [];

    /// <summary>Where each task's state lies.</summary>
    public IReadOnlyList<SnapshotSection> Sections { get; init; } = [];

    /// <summary>What the sinks prepared.</summary>
    public IReadOnlyList<SinkToken> Sinks { get; init; } = [];
}
