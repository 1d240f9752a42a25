using System.Buffers;

namespace Laminar.Storage;

/// <summary>
/// A folder with a runtime's durable state: per-core WAL, per-core snapshots, one manifest per epoch. Order of use: <see cref="Open"/>; if
/// <see cref="Recovered"/>, restore sections and replay each core's WAL; then append, snapshot and commit epochs.
/// </summary>
public sealed class StateStore : IAsyncDisposable
{
    private StateStore()
    {
    }

    /// <summary>What was found, or null for a new folder.</summary>
    public RecoveredState? Recovered { get; }

    /// <summary>The lowest epoch that this run may use: above everything that any file of the folder mentions.</summary>
    public long FirstEpoch { get; }

    /// <summary>The log of each core.</summary>
    public IReadOnlyList<WalWriter> Wal { get; } = [];

    /// <summary>How the disk is written to, for logs and reports.</summary>
    public string DeviceDescription { get; } = "";

    /// <summary>Takes the folder, verifies what is in it and cuts the WAL's torn ends.</summary>
    /// <exception cref="LaminarException">The folder is in use, damaged (<see cref="CorruptStateException"/>) or of another shape (<see cref="StateMismatchException"/>).</exception>
    public static StateStore Open(StateStoreOptions options) => throw new LaminarException(options.Directory);

    /// <summary>The records of a core behind the recovered barrier. Read them before the first append.</summary>
    public WalReader ReadWal(int core) => throw new LaminarException("" + core);

    /// <summary>A task's saved state.</summary>
    /// <exception cref="CorruptStateException">It doesn't match its checksum.</exception>
    public ReadOnlySequence<byte> ReadSection(SnapshotSection section) => throw new LaminarException(section.Task);

    /// <summary>Opens the snapshot of a core at a barrier.</summary>
    public SnapshotWriter BeginSnapshot(int core, long epoch) => throw new LaminarException("" + core + epoch);

    /// <summary>
    /// Waits until the WAL is durable up to the given positions, then makes the manifest durable: when this completes, the epoch exists.
    /// Afterwards deletes what no kept manifest needs. One at a time.
    /// </summary>
    /// <exception cref="StorageException">The disk failed; the epoch may or may not exist.</exception>
    public Task CommitAsync(EpochCommit commit, CancellationToken cancellationToken = default) => throw new LaminarException("" + commit.Epoch);

    /// <summary>Writes out what was appended and releases the folder.</summary>
    public ValueTask DisposeAsync() => throw new LaminarException("");
}
