using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Cores;

/// <summary>
/// A thread with its tasks: it shares nothing with the others but rings and mailboxes. It works while there is work, spins briefly, then
/// parks until somebody wakes it; nothing ticks.
/// </summary>
internal abstract class TaskThread : IWakeable, IDisposable
{
    private readonly List<CoreTask> _tasks = [];
    private readonly List<IFlushable> _flushables = [];
    private readonly SemaphoreSlim _signal = new(0);
    private readonly int _spins;
    private readonly Action<CoreTask, Exception> _onError;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private int _parked;
    private volatile bool _stop;
    private bool _started;

    /// <param name="name">The thread's.</param>
    /// <param name="spins">Looks for work before it parks.</param>
    /// <param name="onError">Told when a task throws; the thread ends then.</param>
    /// <param name="logger">Where to log.</param>
    protected TaskThread(string name, int spins, Action<CoreTask, Exception> onError, ILogger logger)
    {
        _spins = spins;
        _onError = onError;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Passes over the tasks that found work.</summary>
    public long BusyPasses { get; private set; }

    /// <summary>Times it went to sleep.</summary>
    public long Parks { get; private set; }

    /// <summary>Before <see cref="Start"/>.</summary>
    public void Add(CoreTask task) => _tasks.Add(task);

    /// <summary>Before <see cref="Start"/>.</summary>
    public void Add(IFlushable flushable) => _flushables.Add(flushable);

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Wake()
    {
        // Pairs with the barrier in Park: either this sees _parked, or Park's last pass sees the work.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) != 0 && Interlocked.Exchange(ref _parked, 0) != 0)
        {
            _signal.Release();
        }
    }

    /// <summary>Asks the thread to end after its current pass.</summary>
    public void RequestStop()
    {
        _stop = true;
        Wake();
    }

    /// <summary>Waits for the thread's end. Not from the thread itself.</summary>
    public void Join()
    {
        if (_started)
        {
            _thread.Join();
        }
    }

    public void Dispose()
    {
        RequestStop();
        Join();
        _signal.Dispose();
    }

    /// <summary>Runs first on the thread.</summary>
    protected virtual void OnStart()
    {
    }

    private void Run()
    {
        OnStart();
        int spins = 0;
        while (!_stop)
        {
            if (Pass() || Flush(all: true))
            {
                spins = 0;
                BusyPasses++;
            }
            else if (spins < _spins)
            {
                spins++;
                Thread.SpinWait(32);
            }
            else
            {
                Park();
                spins = 0;
            }
        }

        foreach (CoreTask task in _tasks)
        {
            try
            {
                task.Close();
            }
            catch (Exception e)
            {
                _logger.LogError(e, "{Part} could not be closed.", task.Part);
            }
        }
    }

    private bool Pass()
    {
        bool progress = false;
        foreach (CoreTask task in _tasks)
        {
            try
            {
                progress |= task.Step();
            }
            catch (Exception e)
            {
                _stop = true;
                _onError(task, e);
                return true;
            }
        }

        return progress | Flush(all: false);
    }

    private bool Flush(bool all)
    {
        bool progress = false;
        foreach (IFlushable flushable in _flushables)
        {
            progress |= flushable.Flush(all);
        }

        return progress;
    }

    private void Park()
    {
        Volatile.Write(ref _parked, 1);
        Interlocked.MemoryBarrier();
        bool work = _stop || Pass() || Flush(all: true);
        if (work && Interlocked.Exchange(ref _parked, 0) != 0)
        {
            return;
        }

        // Either there is no work, or somebody has released the signal already and it has to be taken.
        if (!work)
        {
            Parks++;
        }

        _signal.Wait();
    }
}
