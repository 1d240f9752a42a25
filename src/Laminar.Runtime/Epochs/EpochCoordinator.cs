using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Queries;
using Laminar.Runtime.Sources;
using Laminar.Runtime.Tables;
using Laminar.Storage;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Epochs;

/// <summary>
/// Takes checkpoints: barriers into every source partition, then everybody's part, then the manifest, and only then sinks commit, sources
/// are acknowledged and readers of committed rows see them. At most <see cref="LaminarOptions.MaxEpochsInFlight"/> epochs are open; they
/// commit in order. Without a data directory the same happens, but for the manifest.
/// </summary>
internal sealed class EpochCoordinator
{
    private readonly EpochParts _parts;
    private readonly StateStore? _store;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Action<Exception> _onError;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly ITimer? _timer;
    private Task _previous = Task.CompletedTask;
    private Task _injected = Task.CompletedTask;
    private long _next;
    private long _savedActivity = -1;

    public EpochCoordinator(EpochParts parts, StateStore? store, LaminarOptions options, Action<Exception> onError, ILogger logger)
    {
        _parts = parts;
        _store = store;
        _time = options.TimeProvider;
        _interval = options.CheckpointInterval;
        _onError = onError;
        _logger = logger;
        _slots = new SemaphoreSlim(options.MaxEpochsInFlight, options.MaxEpochsInFlight);
        _next = store?.FirstEpoch ?? 1;
        if (_interval > TimeSpan.Zero)
        {
            _timer = _time.CreateTimer(_ => Periodic(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Epochs committed in this run.</summary>
    public long Committed { get; private set; }

    /// <summary>The last epoch committed, or 0.</summary>
    public long LastEpoch { get; private set; }

    /// <summary>Time from the barrier's injection to the commit of the last epoch.</summary>
    public TimeSpan LastDuration { get; private set; }

    /// <summary>Told after each commit.</summary>
    public Action<TimeSpan>? OnCommitted { get; set; }

    public void Start() => _timer?.Change(_interval, Timeout.InfiniteTimeSpan);

    /// <summary>Takes a checkpoint; completes when it is committed.</summary>
    /// <param name="covering">True: behind everything pushed before this call.</param>
    /// <param name="last">True: sources read nothing afterwards.</param>
    /// <param name="cancellationToken">Gives up waiting; the checkpoint goes on.</param>
    public async Task CheckpointAsync(bool covering, bool last, CancellationToken cancellationToken)
    {
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token))
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        }

        Task work;
        lock (_gate)
        {
            var epoch = new Epoch(_next++, _parts.Layout, _store);
            long activity = _parts.Activity;
            Task previous = _previous;
            Task forerunner = _injected;
            Task<WalPosition[]> injected = Task.Run(() => InjectAsync(epoch, forerunner, covering, last), CancellationToken.None);
            work = Task.Run(() => RunAsync(epoch, injected, previous, activity), CancellationToken.None);
            _injected = injected;
            _previous = work;
        }

        await work.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends what waits.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _stop.Cancel();
    }

    private async Task RunAsync(Epoch epoch, Task<WalPosition[]> injected, Task previous, long activity)
    {
        try
        {
            long started = _time.GetTimestamp();
            WalPosition[] wal = await injected.ConfigureAwait(false);
            await epoch.Prepared.WaitAsync(_stop.Token).ConfigureAwait(false);
            IReadOnlyList<SnapshotSection> sections = await epoch.SectionsAsync().ConfigureAwait(false);

            // Epochs commit in order; an epoch whose forerunner failed isn't committed.
            await previous.ConfigureAwait(false);
            if (_store is not null)
            {
                await _store.CommitAsync(
                    new EpochCommit { Epoch = epoch.Id, Sources = epoch.Sources, Wal = wal, Sections = sections, Sinks = epoch.Sinks },
                    CancellationToken.None).ConfigureAwait(false);
            }

            await CommitSinksAsync(epoch).ConfigureAwait(false);
            foreach (ISourceTask source in _parts.Sources)
            {
                source.Acknowledge(epoch.Id);
            }

            foreach (IQueryNode query in _parts.Queries)
            {
                query.Commit(epoch.Id);
            }

            _savedActivity = activity;
            LastDuration = _time.GetElapsedTime(started);
            LastEpoch = epoch.Id;
            Committed++;
            OnCommitted?.Invoke(LastDuration);
            _logger.LogDebug("Epoch {Epoch} is committed after {Duration}.", epoch.Id, LastDuration);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            _onError(e);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<WalPosition[]> InjectAsync(Epoch epoch, Task forerunner, bool covering, bool last)
    {
        // In the order of their numbers, so that barriers stand in the same order in every log and every source.
        await forerunner.WaitAsync(_stop.Token).ConfigureAwait(false);

        // The marks come first: whatever is logged behind the barrier is then behind the mark.
        WalPosition[] wal = _store is null ? [] : new WalPosition[_store.Wal.Count];
        for (int i = 0; i < wal.Length; i++)
        {
            while (!_store!.Wal[i].TryAppendBarrier(epoch.Id, out wal[i]))
            {
                await _store.Wal[i].WaitDurableAsync(_store.Wal[i].LastSequence, _stop.Token).ConfigureAwait(false);
            }
        }

        foreach (TableTask table in _parts.Tables)
        {
            table.RequestSave(epoch);
        }

        foreach (ISourceTask source in _parts.Sources)
        {
            source.RequestBarrier(epoch, covering, last);
        }

        return wal;
    }

    private async Task CommitSinksAsync(Epoch epoch)
    {
        var commits = new List<Task>();
        for (int i = 0; i < _parts.Sinks.Count; i++)
        {
            commits.Add(_parts.Sinks[i].CommitAsync(epoch.Id, epoch.Sinks[i].Token));
        }

        await Task.WhenAll(commits).WaitAsync(_stop.Token).ConfigureAwait(false);
    }

    private async void Periodic()
    {
        try
        {
            // A checkpoint of nothing new would only wear the disk.
            if (_parts.Activity != _savedActivity)
            {
                await CheckpointAsync(covering: false, last: false, _stop.Token).ConfigureAwait(false);
            }

            _timer!.Change(_interval, Timeout.InfiniteTimeSpan);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            _logger.LogTrace("The checkpoint timer has ended with the runtime.");
        }
        catch (Exception e)
        {
            _onError(e);
        }
    }
}

/// <summary>Who takes part in epochs.</summary>
/// <param name="Sources">All source partitions, in the order of <see cref="Epoch.Sources"/>.</param>
/// <param name="Sinks">All sinks, in the order of <see cref="Epoch.Sinks"/>.</param>
/// <param name="Queries">All queries.</param>
/// <param name="Stages">All instances of their stages.</param>
/// <param name="Tables">Reference tables that are saved; they are among the instances too.</param>
/// <param name="Layout">What is gathered.</param>
internal sealed record EpochParts(
    IReadOnlyList<ISourceTask> Sources, IReadOnlyList<ISinkTask> Sinks, IReadOnlyCollection<IQueryNode> Queries, IReadOnlyList<IStageInstance> Stages, IReadOnlyList<TableTask> Tables, EpochLayout Layout)
{
    /// <summary>Rises with everything that is worth a checkpoint.</summary>
    public long Activity => Sources.Sum(s => s.Activity) + Stages.Sum(s => s.Ticked);
}
