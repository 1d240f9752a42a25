namespace Laminar.Runtime.Queries;

/// <summary>
/// The readers and callbacks of one query. Without any, and without a sink or another query that reads it, rows are kept for the first
/// reader that comes.
/// </summary>
internal sealed class ReaderHub<TRow>(int limit, Action wake)
{
    private readonly Lock _gate = new();
    private ReaderSet<TRow> _current = ReaderSet<TRow>.Empty;
    private bool _keep;
    private bool _unbounded;
    private bool _completed;
    private Exception? _error;

    /// <summary>Who gets rows now. Any thread.</summary>
    public ReaderSet<TRow> Current
    {
        get => Volatile.Read(ref _current);
        private set => Volatile.Write(ref _current, value);
    }

    /// <summary>At the start: rows are kept for a later reader, because nothing else takes them.</summary>
    public void KeepUnread()
    {
        lock (_gate)
        {
            _keep = true;
            Current = KeptIfEmpty(Current);
        }
    }

    /// <summary>A reader; the first gets the rows that were kept.</summary>
    public RowQueue<TRow> Attach(bool committed)
    {
        lock (_gate)
        {
            RowQueue<TRow> queue;
            if (Current.Unread)
            {
                queue = Current.Queues[0];
                Current = Current with { Unread = false };
            }
            else
            {
                queue = NewQueue();
                Current = Current with { Queues = [.. Current.Queues, queue] };
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
            if (_keep && Current is { Queues: [var last], Subscriptions: [] } && ReferenceEquals(last, queue))
            {
                queue.SetCommittedOnly(false);
                Current = Current with { Unread = true };
            }
            else
            {
                Current = Current with { Queues = [.. Current.Queues.Where(r => !ReferenceEquals(r, queue))] };
            }
        }

        wake();
    }

    /// <summary>A callback; it gets the rows kept so far first. After its disposal it may still see the rows that are being handed on.</summary>
    public IDisposable Subscribe(Action<TRow> callback)
    {
        var subscription = new Subscription<TRow>(callback, Unsubscribe);
        lock (_gate)
        {
            Current = Current with { Subscriptions = [.. Current.Subscriptions, subscription] };
        }

        wake();
        return subscription;
    }

    /// <summary>Core: the queue of kept rows, if callbacks have come that should have them; it is no reader any more.</summary>
    public RowQueue<TRow>? TakeKept()
    {
        if (!Current.HasRowsForCallbacks)
        {
            return null;
        }

        lock (_gate)
        {
            if (!Current.HasRowsForCallbacks)
            {
                return null;
            }

            RowQueue<TRow> kept = Current.Queues[0];
            Current = Current with { Queues = [], Unread = false };
            return kept;
        }
    }

    public void LiftLimits()
    {
        lock (_gate)
        {
            _unbounded = true;
            foreach (RowQueue<TRow> reader in Current.Queues)
            {
                reader.LiftLimit();
            }
        }
    }

    public void Commit(long epoch)
    {
        foreach (RowQueue<TRow> reader in Current.Queues)
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
            foreach (RowQueue<TRow> reader in Current.Queues)
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

    private ReaderSet<TRow> KeptIfEmpty(ReaderSet<TRow> set) => _keep && set.IsEmpty ? set with { Queues = [NewQueue()], Unread = true } : set;

    private void Unsubscribe(Subscription<TRow> subscription)
    {
        lock (_gate)
        {
            // Who came last leaves a place where rows are kept, or they would be gone with nobody told.
            Current = KeptIfEmpty(Current with { Subscriptions = [.. Current.Subscriptions.Where(s => !ReferenceEquals(s, subscription))] });
        }
    }
}
