namespace Laminar.Connectors.Files.Reading;

/// <summary>
/// A background thread makes items, a reader that must not block takes them. Bounded: the maker waits when <paramref name="limit"/> are unread.
/// </summary>
internal sealed class ReadAhead<T>(int limit, Action wake) : IDisposable
    where T : class
{
    private readonly Queue<T> _items = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _room = new(limit);
    private Exception? _failure;
    private bool _ended;
    private bool _disposed;

    /// <summary>Starts the thread. It ends with the items, or at the first one after <see cref="Dispose"/>.</summary>
    public void Start(string name, Func<IEnumerable<T>> make) =>
        new Thread(() => Run(make)) { IsBackground = true, Name = name }.Start();

    /// <summary>True with an item; false with <paramref name="ended"/> true when no more will come.</summary>
    /// <exception cref="LaminarException">The maker failed.</exception>
    public bool TryTake(out T? item, out bool ended)
    {
        lock (_lock)
        {
            ended = false;
            if (_items.TryDequeue(out item))
            {
                _room.Release();
                return true;
            }

            if (_failure is not null)
            {
                throw _failure as LaminarException ?? new LaminarException(_failure.Message, _failure);
            }

            ended = _ended;
            return false;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _items.Clear();
        }

        // The maker may be waiting for room, and leaves when it gets it.
        _room.Release();
    }

    private void Run(Func<IEnumerable<T>> make)
    {
        try
        {
            foreach (T item in make())
            {
                _room.Wait();
                lock (_lock)
                {
                    if (_disposed)
                    {
                        return;
                    }

                    _items.Enqueue(item);
                }

                wake();
            }
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _failure = e;
            }
        }

        lock (_lock)
        {
            _ended = true;
            if (_disposed)
            {
                return;
            }
        }

        wake();
    }
}
