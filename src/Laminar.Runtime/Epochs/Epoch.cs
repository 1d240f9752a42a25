using System.Buffers;
using Laminar.Storage;

namespace Laminar.Runtime.Epochs;

/// <summary>
/// One epoch while it is open: tasks add their part on their core's thread and acknowledge; when the last one has, it is prepared.
/// </summary>
internal sealed class Epoch
{
    /// <summary>Bytes of a position or a token at most: all of them stand in every manifest.</summary>
    private const int MaxBytes = 64 << 10;

    private readonly TaskCompletionSource _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CoreSnapshot?[] _snapshots;
    private readonly int[] _sectionsLeft;
    private int _open;

    /// <param name="id">Above every one before.</param>
    /// <param name="layout">What has to be gathered.</param>
    /// <param name="store">Null when nothing is kept.</param>
    public Epoch(long id, EpochLayout layout, StateStore? store)
    {
        Id = id;
        Sources = new SourcePosition[layout.SourcePartitions];
        Sinks = new SinkToken[layout.Sinks];
        Store = store;
        _sectionsLeft = [.. layout.SectionsPerCore];
        _snapshots = new CoreSnapshot?[_sectionsLeft.Length];
        int cores = 0;
        for (int i = 0; i < _sectionsLeft.Length; i++)
        {
            cores += _sectionsLeft[i] > 0 ? 1 : 0;
        }

        _open = layout.SourcePartitions + layout.Sinks + layout.Watchers + cores;
        if (_open == 0)
        {
            _prepared.SetResult();
        }
    }

    public long Id { get; }

    public StateStore? Store { get; }

    /// <summary>Completes when everybody has added their part.</summary>
    public Task Prepared => _prepared.Task;

    public SourcePosition[] Sources { get; }

    public SinkToken[] Sinks { get; }

    /// <summary>Opens the section of a stage instance; null when nothing is kept. On the core's thread.</summary>
    public IBufferWriter<byte>? BeginSection(int core, string section)
    {
        if (Store is null)
        {
            return null;
        }

        CoreSnapshot snapshot = _snapshots[core] ??= new CoreSnapshot(Store.BeginSnapshot(core, Id));
        return snapshot.Writer.BeginSection(section);
    }

    /// <summary>Ends what <see cref="BeginSection"/> opened; with the core's last one, its snapshot is written behind. On the core's thread.</summary>
    public void EndSection(int core)
    {
        CoreSnapshot? snapshot = _snapshots[core];
        snapshot?.Writer.EndSection();
        if (--_sectionsLeft[core] == 0)
        {
            if (snapshot is not null)
            {
                snapshot.Completion = snapshot.Writer.CompleteAsync();
            }

            Acknowledge();
        }
    }

    /// <exception cref="LaminarException">The position is too long.</exception>
    public void AddSource(int index, SourcePosition position)
    {
        // The first byte isn't the reader's: it says whether the partition has ended.
        int bytes = position.Position.Length - 1;
        if (bytes > MaxBytes)
        {
            throw new LaminarException($"The position that partition {position.Partition} of source {position.Source} saved has {bytes} bytes; {MaxBytes} are allowed.");
        }

        Sources[index] = position;
        Acknowledge();
    }

    /// <exception cref="LaminarException">The token is too long.</exception>
    public void AddSink(int index, SinkToken token)
    {
        if (token.Token.Length > MaxBytes)
        {
            throw new LaminarException($"The token that sink {token.Sink} prepared has {token.Token.Length} bytes; {MaxBytes} are allowed.");
        }

        Sinks[index] = token;
        Acknowledge();
    }

    /// <summary>For those that add nothing but have to have seen the barrier.</summary>
    public void Acknowledge()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _prepared.TrySetResult();
        }
    }

    /// <summary>After <see cref="Prepared"/>: the sections of all cores, durable.</summary>
    public async Task<IReadOnlyList<SnapshotSection>> SectionsAsync()
    {
        var all = new List<SnapshotSection>();
        foreach (CoreSnapshot? snapshot in _snapshots)
        {
            if (snapshot?.Completion is { } completion)
            {
                all.AddRange(await completion.ConfigureAwait(false));
            }
        }

        return all;
    }

    private sealed class CoreSnapshot(SnapshotWriter writer)
    {
        public SnapshotWriter Writer { get; } = writer;

        public Task<IReadOnlyList<SnapshotSection>>? Completion { get; set; }
    }
}

/// <summary>What an epoch has to gather.</summary>
/// <param name="SourcePartitions">Partitions of all sources.</param>
/// <param name="Sinks">Sinks.</param>
/// <param name="Watchers">Others that acknowledge the barrier.</param>
/// <param name="SectionsPerCore">Stage instances with state, per core.</param>
internal sealed record EpochLayout(int SourcePartitions, int Sinks, int Watchers, IReadOnlyList<int> SectionsPerCore);
