namespace Laminar.Runtime.Queries;

/// <summary>
/// The readers and callbacks of one query. Without any, and without a sink or another query that reads it, rows are kept for the first
/// reader that comes.
/// </summary>
internal sealed class ReaderHub<TRow>(int limit, Action wake)
{
    private readonly Lock _gate = new();
    private RowQueue<TRow>[] _readers = [];
    private Subscription<TRow>[] _subscriptions = [];
    private RowQueue<TRow>? _kept;
    private bool _keep;
    private bool _unbounded;
    private bool _completed;
    private Exception? _error;

    /// <summary>Readers now, the kept rows' queue included. Any thread.</summary>
    public RowQueue<TRow>[] Readers => Volatile.Read(ref _readers);

    /// <summary>Callbacks now. Any thread.</summary>
    public Subscription<TRow>[] Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>True when nobody wants rows now. Any thread.</summary>
    public bool IsEmpty => Readers.Length == 0 && Subscriptions.Length == 0;

    /// <summary>True when the only queue is the one that nobody reads yet.</summary>
    public bool IsUnread => Volatile.Read(ref _kept) is not null;

    /// <summary>At the start: rows are kept for a later reader, because nothing else takes them.</summary>
    public void KeepUnread()
    {
        lock (_gate)
        {
            _keep = true;
            if (_readers.Length == 0 && _subscriptions.Length == 0)
            {
                _kept = NewQueue();
                Volatile.Write(ref _readers, [_kept]);
            }
        }
    }

    /// <summary>A reader; the first gets the rows that were kept.</summary>
    public RowQueue<TRow> Attach(bool committed)
    {
        lock (_gate)
        {
            RowQueue<TRow> queue;
            if (_kept is not null)
            {
                queue = _kept;
                _kept = null;
            }
            else
            {
                queue = NewQueue();
                Volatile.Write(ref _readers, [.. _readers, queue]);
            }

            queue.SetCommittedOnly(committed);
            if (_completed)
            {
                queue.Complete(_error);
            }

            return queue;
        }
    }

    /// <summary>A reader has gone. The last one's rows are kept for the next, where nothing else takes them.</summary>
    public void Detach(RowQueue<TRow> queue)
    {
        lock (_gate)
        {
            if (_keep && _readers.Length == 1 && _subscriptions.Length == 0 && ReferenceEquals(_readers[0], queue))
            {
                queue.SetCommittedOnly(false);
                _kept = queue;
            }
            else
            {
                Volatile.Write(ref _readers, [.. _readers.Where(r => !ReferenceEquals(r, queue))]);
            }
        }

        wake();
    }

    /// <summary>A callback; it gets the rows kept so far first.</summary>
    public IDisposable Subscribe(Action<TRow> callback)
    {
        var subscription = new Subscription<TRow>(callback, Unsubscribe);
        lock (_gate)
        {
            Volatile.Write(ref _subscriptions, [.. _subscriptions, subscription]);
        }

        wake();
        return subscription;
    }

    /// <summary>Core: the queue of kept rows, if a callback has come that should have them; it is no reader any more.</summary>
    public RowQueue<TRow>? TakeKept()
    {
        if (Volatile.Read(ref _kept) is null)
        {
            return null;
        }

        lock (_gate)
        {
            RowQueue<TRow>? kept = _subscriptions.Length > 0 ? _kept : null;
            if (kept is not null)
            {
                _kept = null;
                Volatile.Write(ref _readers, [.. _readers.Where(r => !ReferenceEquals(r, kept))]);
            }

            return kept;
        }
    }

    public void LiftLimits()
    {
        lock (_gate)
        {
            _unbounded = true;
            foreach (RowQueue<TRow> reader in _readers)
            {
                reader.LiftLimit();
            }
        }
    }

    public void Commit(long epoch)
    {
        foreach (RowQueue<TRow> reader in Readers)
        {
            reader.Commit(epoch);
        }
    }

    public void Complete(Exception? error)
    {
        lock (_gate)
        {
            _completed = true;
            _error = error;
            foreach (RowQueue<TRow> reader in _readers)
            {
                reader.Complete(error);
            }
        }
    }

    private RowQueue<TRow> NewQueue()
    {
        var queue = new RowQueue<TRow>(limit, wake);
        if (_unbounded)
        {
            queue.LiftLimit();
        }

        return queue;
    }

    private void Unsubscribe(Subscription<TRow> subscription)
    {
        lock (_gate)
        {
            Volatile.Write(ref _subscriptions, [.. _subscriptions.Where(s => !ReferenceEquals(s, subscription))]);
        }
    }
}
