using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Metrics;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Life;

/// <summary>One run from its start to its end: checkpoints on request, the end of the input, the first fault, and closing.</summary>
internal sealed class RuntimeLife : IRunEvents
{
    private readonly StageGraph _graph;
    private readonly LaminarMetrics _metrics;
    private readonly ILogger _logger;
    private readonly RunningParts _parts;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;
    private int _openPartitions;

    public RuntimeLife(StageGraph graph, LaminarOptions options, LaminarMetrics metrics, ILoggerFactory loggers)
    {
        _graph = graph;
        _metrics = metrics;
        _logger = loggers.CreateLogger("Laminar.Runtime");
        _parts = new RunningParts(graph, options, loggers, this);
    }

    /// <summary>Ends with the input, a stop or a fault.</summary>
    public Task Completion => _completion.Task;

    public bool IsClosed { get; private set; }

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Builds everything and lets it run.</summary>
    /// <exception cref="LaminarException">A source is missing, or saved state can't be used.</exception>
    public void Start()
    {
        _parts.Build(_metrics);
        _openPartitions = _parts.Partitions;
        _parts.Start();
    }

    /// <summary>Takes a checkpoint.</summary>
    /// <param name="covering">True: behind everything pushed before this call.</param>
    /// <param name="last">True: sources read nothing afterwards.</param>
    /// <param name="cancellationToken">Gives up waiting; the checkpoint goes on.</param>
    /// <exception cref="LaminarException">The run isn't there yet, has failed or ends before.</exception>
    public async Task CheckpointAsync(bool covering, bool last, CancellationToken cancellationToken)
    {
        ThrowIfFaulted();
        EpochCoordinator coordinator = _parts.Coordinator
            ?? throw new LaminarException("The runtime isn't running: await StartAsync first.");
        try
        {
            await coordinator.CheckpointAsync(covering, last, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            ThrowIfFaulted();
            throw new LaminarException("The runtime stopped before the checkpoint was complete.");
        }
    }

    /// <summary>Refuses new rows, takes the last checkpoint and ends every reader.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Nobody may come to read once the runtime stops, so unread rows no longer hold anything back.
        foreach (IQueryNode query in _graph.Queries)
        {
            query.LiftLimits();
        }

        var stopping = new LaminarException("The runtime is stopping; it takes no more rows.");
        foreach (ISourceNode source in _graph.Sources)
        {
            source.Refuse(stopping);
        }

        if (!_completion.Task.IsCompleted)
        {
            await CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the threads and whoever still waits. A second call does nothing.</summary>
    public async Task CloseAsync()
    {
        if (IsClosed)
        {
            return;
        }

        IsClosed = true;
        RequestStop();
        await _parts.JoinAsync().ConfigureAwait(false);
        EndAll(new LaminarException("The runtime was disposed before its input ended."));
        _metrics.Dispose();
        await _parts.DisposeAsync().ConfigureAwait(false);
    }

    public void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new LaminarException(fault.Message, fault);
        }
    }

    public void TaskFailed(CoreTask task, Exception error) =>
        Fault(null, error is PartFailedException or StreamRowException ? error : new PartFailedException(task.Part, error));

    public void CheckpointFailed(Exception error) => Fault("The checkpoint", error);

    public void PartitionEnded()
    {
        if (Interlocked.Decrement(ref _openPartitions) == 0)
        {
            EndOfInput();
        }
    }

    public async void CheckpointWanted()
    {
        try
        {
            await CheckpointAsync(covering: false, last: false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (LaminarException e)
        {
            _logger.LogDebug(e, "A checkpoint for readers of committed rows was not taken.");
        }
    }

    private async void EndOfInput()
    {
        try
        {
            await CompleteAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (LaminarException e)
        {
            _logger.LogDebug(e, "The runtime ended before its last checkpoint.");
        }
    }

    private async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await CheckpointAsync(covering: true, last: true, cancellationToken).ConfigureAwait(false);
        foreach (IQueryNode query in _graph.Queries)
        {
            query.Complete(null);
        }

        _completion.TrySetResult();
    }

    private void Fault(string? part, Exception error)
    {
        lock (_gate)
        {
            if (_fault is not null || IsClosed)
            {
                return;
            }

            // An operator's own message names the query and the row; anything else is told with the part it came from.
            _fault = error is PartFailedException { InnerException: StreamRowException row } ? row
                : part is null ? error
                : new PartFailedException(part, error);
        }

        _logger.LogError(_fault, "The runtime stops: {Reason}", _fault.Message);
        RequestStop();
        EndAll(new LaminarException(_fault.Message, _fault));
    }

    /// <summary>Asks all threads to end. A sink that is in the middle of a call is told that nobody waits for it any more.</summary>
    private void RequestStop()
    {
        _ = _stopping.CancelAsync();
        _parts.RequestStop();
    }

    /// <summary>Tells everybody who waits why it ended.</summary>
    private void EndAll(LaminarException reason)
    {
        foreach (ISourceNode source in _graph.Sources)
        {
            source.Fail(reason);
        }

        foreach (IQueryNode query in _graph.Queries)
        {
            query.Complete(reason);
        }

        // Who only pushes or reads has been told there; an unobserved completion isn't a second error.
        if (_completion.TrySetException(reason))
        {
            _ = _completion.Task.Exception;
        }
    }
}
