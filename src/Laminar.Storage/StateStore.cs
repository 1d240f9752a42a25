using System.Buffers;
using Laminar.Linux;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Storage;

/// <summary>
/// A folder with a runtime's durable state: per-core WAL, per-core snapshots, one manifest per epoch. Order of use: <see cref="Open"/>; if
/// <see cref="Recovered"/>, restore sections and replay each core's WAL; then append, snapshot and commit epochs.
/// </summary>
public sealed class StateStore : IAsyncDisposable
{
    private const int ManifestLane = -1;
    private readonly IDevice _device;
    private readonly IDisposable _lock;
    private readonly string _directory;
    private readonly StateStoreOptions _options;
    private readonly ILogger _logger;
    private readonly ManifestFolder _manifests;
    private readonly WalTail[] _tails;
    private readonly WalWriter[] _wal;
    private StorageException? _failure;
    private long _lastEpoch;
    private int _committing;
    private volatile bool _disposed;

    internal StateStore(
        IDevice device, IDisposable held, StateStoreOptions options, ManifestFolder manifests, RecoveredState? recovered, WalTail[] tails, long firstEpoch, ILogger logger)
    {
        _device = device;
        _lock = held;
        _options = options;
        _directory = options.Directory;
        _logger = logger;
        _manifests = manifests;
        _tails = tails;
        _lastEpoch = firstEpoch - 1;
        Recovered = recovered;
        FirstEpoch = firstEpoch;
        _wal = new WalWriter[options.Cores];
        for (int i = 0; i < _wal.Length; i++)
        {
            _wal[i] = new WalWriter(device, i, options, tails[i].NextSegment, tails[i].LastSequence, firstEpoch, logger);
        }
    }

    /// <summary>What was found, or null for a new folder.</summary>
    public RecoveredState? Recovered { get; }

    /// <summary>The lowest epoch that this run may use: above everything that any file of the folder mentions.</summary>
    public long FirstEpoch { get; }

    /// <summary>The log of each core.</summary>
    public IReadOnlyList<WalWriter> Wal => _wal;

    /// <summary>How the disk is written to, for logs and reports.</summary>
    public string DeviceDescription => _device.Description;

    /// <summary>Takes the folder, verifies what is in it and cuts the WAL's torn ends.</summary>
    /// <exception cref="LaminarException">The folder is in use, damaged (<see cref="CorruptStateException"/>) or of another shape (<see cref="StateMismatchException"/>).</exception>
    public static StateStore Open(StateStoreOptions options)
    {
        ILogger logger = options.LoggerFactory?.CreateLogger("Laminar.Storage") ?? NullLogger.Instance;
        return new StoreOpening(options, logger).Run();
    }

    /// <summary>The records of a core behind the recovered barrier. Read them before the first append.</summary>
    public WalReader ReadWal(int core)
    {
        WalPosition from = Recovered?.Manifest.Wal.FirstOrDefault(w => w.Core == core) ?? default;
        return new WalReader(_device, _directory, core, from, _tails[core]);
    }

    /// <summary>A task's saved state.</summary>
    /// <exception cref="CorruptStateException">It doesn't match its checksum.</exception>
    public ReadOnlySequence<byte> ReadSection(SnapshotSection section) => SnapshotReader.Read(_device, _directory, section);

    /// <summary>Opens the snapshot of a core at a barrier.</summary>
    public SnapshotWriter BeginSnapshot(int core, long epoch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)core, (uint)_options.Cores);
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, FirstEpoch);
        return new SnapshotWriter(_device, core, epoch);
    }

    /// <summary>
    /// Waits until the WAL is durable up to the given positions, then makes the manifest durable: when this completes, the epoch exists.
    /// Afterwards deletes what no kept manifest needs. One at a time.
    /// </summary>
    /// <param name="commit">The epoch.</param>
    /// <param name="cancellationToken">Ends the wait for the WAL; once the manifest is being written it isn't heeded.</param>
    /// <exception cref="StorageException">The disk failed; the epoch may or may not exist.</exception>
    public async Task CommitAsync(EpochCommit commit, CancellationToken cancellationToken = default)
    {
        Manifest manifest = Compose(commit);
        if (Interlocked.Exchange(ref _committing, 1) != 0)
        {
            throw new InvalidOperationException("Another epoch is being committed: epochs are committed one after the other.");
        }

        try
        {
            foreach (WalPosition position in commit.Wal)
            {
                await _wal[position.Core].WaitDurableAsync(position.Sequence, cancellationToken).ConfigureAwait(false);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _device.Queue(ManifestLane, () => Commit(manifest, done));
            await done.Task.ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _committing, 0);
        }
    }

    /// <summary>Writes out what was appended and releases the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (WalWriter wal in _wal)
        {
            try
            {
                await wal.CloseAsync().ConfigureAwait(false);
            }
            catch (StorageException e)
            {
                _logger.LogError(e, "Core {Core}'s log could not be closed in good order.", wal.Core);
            }

            await wal.WhenIdleAsync().ConfigureAwait(false);
        }

        // What still runs on the lanes (segments being made, snapshots, files being deleted) must not meet the folder's next owner.
        await DrainAsync(ManifestLane).ConfigureAwait(false);
        for (int core = 0; core < _wal.Length; core++)
        {
            await DrainAsync(core).ConfigureAwait(false);
            await DrainAsync(SnapshotFile.FirstLane + core).ConfigureAwait(false);
        }

        foreach (WalWriter wal in _wal)
        {
            wal.Release();
        }

        _device.Dispose();
        _lock.Dispose();
    }

    private async Task DrainAsync(int lane)
    {
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _device.Queue(lane, drained.SetResult);
        await drained.Task.ConfigureAwait(false);
    }

    /// <summary>Checks a commit and puts its manifest together.</summary>
    internal Manifest Compose(EpochCommit commit)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (commit.Epoch <= _lastEpoch)
        {
            throw new LaminarException($"Epoch {commit.Epoch} can't be committed: it must be above {_lastEpoch}.");
        }

        if (!commit.Wal.Select(w => w.Core).Order().SequenceEqual(Enumerable.Range(0, _options.Cores)))
        {
            throw new LaminarException($"Epoch {commit.Epoch} can't be committed: it needs one log position for each of the {_options.Cores} core(s).");
        }

        return new Manifest
        {
            Epoch = commit.Epoch,
            Cores = _options.Cores,
            KeyGroups = _options.KeyGroups,
            Fingerprints = StoreOpening.Layouts(_options),
            Sources = commit.Sources,
            Wal = commit.Wal,
            Sections = commit.Sections,
            Sinks = commit.Sinks,
        };
    }

    /// <summary>The blocking part of a commit.</summary>
    internal void Commit(Manifest manifest, TaskCompletionSource done)
    {
        try
        {
            if (_failure is not null)
            {
                throw new StorageException(_failure.Message, _failure);
            }

            if (_disposed)
            {
                throw new LaminarException($"Epoch {manifest.Epoch} isn't committed: the store was closed before.");
            }

            _manifests.Add(manifest);
            _lastEpoch = manifest.Epoch;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failure = new StorageException($"The manifest of epoch {manifest.Epoch} could not be written: {e.Message} Start again once the disk is well.", e);
            done.SetException(_failure);
            return;
        }
        catch (LaminarException e)
        {
            done.SetException(e);
            return;
        }

        done.SetResult();
        try
        {
            _manifests.Clean();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(e, "Files that no manifest needs could not be deleted; the next commit tries again.");
        }
    }
}
