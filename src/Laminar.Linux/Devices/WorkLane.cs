namespace Laminar.Linux;

/// <summary>Runs actions one after the other on the thread pool.</summary>
internal sealed class WorkLane : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _actions = [];
    private bool _running;

    internal void Add(Action work)
    {
        lock (_lock)
        {
            _actions.Enqueue(work);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        while (true)
        {
            Action? work;
            lock (_lock)
            {
                if (!_actions.TryDequeue(out work))
                {
                    _running = false;
                    return;
                }
            }

            work();
        }
    }
}
