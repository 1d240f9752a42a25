using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Laminar.Runtime.Queries;

/// <summary>
/// Rows of one reader, between a core and user code: bounded, in one circular buffer. Rows of an epoch that isn't committed yet lie in it
/// too and are invisible to a reader that asked for committed ones.
/// </summary>
internal sealed class RowQueue<TRow> : ChannelReader<TRow>
{
    private readonly Lock _gate = new();
    private readonly int _limit;
    private readonly Queue<(long Epoch, long Written)> _barriers = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action _onRoom;
    private TRow[] _rows = new TRow[16];
    private int _head;
    private int _count;
    private long _taken;
    private long _committed;
    private bool _committedOnly;
    private bool _unbounded;
    private bool _writerWaits;
    private bool _completed;
    private Exception? _error;
    private TaskCompletionSource<bool>? _waiter;

    /// <param name="limit">Rows kept before the core has to wait.</param>
    /// <param name="onRoom">Called when a waiting core may go on.</param>
    public RowQueue(int limit, Action onRoom)
    {
        _limit = Math.Max(1, limit);
        _onRoom = onRoom;
    }

    public override Task Completion => _completion.Task;

    public override bool CanCount => true;

    public override int Count
    {
        get
        {
            lock (_gate)
            {
                return Readable;
            }
        }
    }

    /// <summary>More rows than the limit wait for a commit: nobody can make room by reading, only a checkpoint can.</summary>
    public bool WaitsForCommit
    {
        get
        {
            lock (_gate)
            {
                return _committedOnly && _count - Readable >= _limit;
            }
        }
    }

    private int Readable => _committedOnly ? (int)Math.Max(0, _committed - _taken) : _count;

    /// <summary>From now on only rows of committed epochs are read.</summary>
    public void SetCommittedOnly(bool value)
    {
        lock (_gate)
        {
            _committedOnly = value;
        }
    }

    /// <summary>Core: rows that would fit.</summary>
    public int Room()
    {
        lock (_gate)
        {
            if (_unbounded || _completed)
            {
                return int.MaxValue;
            }

            // What can't be read before the next commit mustn't hold back the barrier that leads to it.
            int room = _limit - Readable;
            _writerWaits = room <= 0;
            return _committedOnly && room > 0 ? int.MaxValue : Math.Max(0, room);
        }
    }

    /// <summary>Core: adds rows, which must fit.</summary>
    public void Write(ReadOnlySpan<TRow> rows)
    {
        TaskCompletionSource<bool>? waiter;
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            EnsureRoom(rows.Length);
            int start = (_head + _count) & (_rows.Length - 1);
            int first = Math.Min(rows.Length, _rows.Length - start);
            rows[..first].CopyTo(_rows.AsSpan(start));
            rows[first..].CopyTo(_rows);
            _count += rows.Length;
            waiter = TakeWaiter();
        }

        waiter?.TrySetResult(true);
    }

    /// <summary>Core: what was written so far belongs to this epoch or one before.</summary>
    public void Barrier(long epoch)
    {
        lock (_gate)
        {
            _barriers.Enqueue((epoch, _taken + _count));
        }
    }

    /// <summary>The epoch is committed.</summary>
    public void Commit(long epoch)
    {
        TaskCompletionSource<bool>? waiter;
        lock (_gate)
        {
            while (_barriers.TryPeek(out (long Epoch, long Written) barrier) && barrier.Epoch <= epoch)
            {
                _barriers.Dequeue();
                _committed = barrier.Written;
            }

            waiter = TakeWaiter();
        }

        waiter?.TrySetResult(true);
    }

    /// <summary>Lets the core write on without a reader: the runtime stops and wants to drain.</summary>
    public void LiftLimit()
    {
        lock (_gate)
        {
            _unbounded = true;
        }

        _onRoom();
    }

    /// <summary>No more rows. What is there can still be read.</summary>
    public void Complete(Exception? error)
    {
        TaskCompletionSource<bool>? waiter;
        bool done;
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _error = error;
            waiter = _waiter;
            _waiter = null;
            done = Readable == 0;
            if (done)
            {
                Finish();
            }
        }

        waiter?.TrySetResult(!done);
        _onRoom();
    }

    public override bool TryRead([MaybeNullWhen(false)] out TRow item)
    {
        bool wake;
        lock (_gate)
        {
            if (Readable == 0)
            {
                item = default;
                return false;
            }

            item = _rows[_head];
            wake = Advance(1);
        }

        if (wake)
        {
            _onRoom();
        }

        return true;
    }

    /// <summary>Takes as many rows as there are, up to the span's length.</summary>
    public int TryReadMany(Span<TRow> rows)
    {
        bool wake;
        int count;
        lock (_gate)
        {
            count = Math.Min(Readable, rows.Length);
            int first = Math.Min(count, _rows.Length - _head);
            _rows.AsSpan(_head, first).CopyTo(rows);
            _rows.AsSpan(0, count - first).CopyTo(rows[first..]);
            wake = Advance(count);
        }

        if (wake)
        {
            _onRoom();
        }

        return count;
    }

    public override bool TryPeek([MaybeNullWhen(false)] out TRow item)
    {
        lock (_gate)
        {
            bool any = Readable > 0;
            item = any ? _rows[_head] : default;
            return any;
        }
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<bool> wait;
        lock (_gate)
        {
            if (Readable > 0)
            {
                return new ValueTask<bool>(true);
            }

            if (_completed)
            {
                return _error is null
                    ? new ValueTask<bool>(false)
                    : ValueTask.FromException<bool>(new LaminarException(_error.Message, _error));
            }

            _waiter ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            wait = _waiter.Task;
        }

        return AgainAsync(wait, cancellationToken);
    }

    private async ValueTask<bool> AgainAsync(Task<bool> wait, CancellationToken cancellationToken)
    {
        // Another reader may have taken what came, or the end may carry an error: look again.
        await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await WaitToReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool Advance(int count)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            int first = Math.Min(count, _rows.Length - _head);
            Array.Clear(_rows, _head, first);
            Array.Clear(_rows, 0, count - first);
        }

        _head = (_head + count) & (_rows.Length - 1);
        _count -= count;
        _taken += count;
        if (_completed && Readable == 0)
        {
            Finish();
        }

        bool wake = _writerWaits && Readable <= _limit / 2;
        if (wake)
        {
            _writerWaits = false;
        }

        return wake;
    }

    private void Finish()
    {
        if (_error is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(new LaminarException(_error.Message, _error));
        }
    }

    private TaskCompletionSource<bool>? TakeWaiter()
    {
        if (Readable == 0)
        {
            return null;
        }

        TaskCompletionSource<bool>? waiter = _waiter;
        _waiter = null;
        return waiter;
    }

    private void EnsureRoom(int more)
    {
        if (_count + more <= _rows.Length)
        {
            return;
        }

        var rows = new TRow[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_count + more))];
        int first = Math.Min(_count, _rows.Length - _head);
        _rows.AsSpan(_head, first).CopyTo(rows);
        _rows.AsSpan(0, _count - first).CopyTo(rows.AsSpan(first));
        _rows = rows;
        _head = 0;
    }
}
