using System.Numerics;
using System.Runtime.CompilerServices;
using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Sources;

/// <summary>
/// Rows on their way from user threads to one source partition: a bounded ring with several writers (under a lock, a batch at a time) and
/// one reader, which reads in place without a lock. Explicit watermarks and the end keep their place between the rows.
/// </summary>
internal sealed class HandOver<TRow>
{
    private readonly Lock _gate = new();
    private readonly TRow[] _rows;
    private readonly int _mask;
    private readonly IWakeable _reader;
    private readonly LinkedList<HandOverMark> _marks = [];
    private readonly List<(long Position, TaskCompletionSource Done)> _taken = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TaskCompletionSource? _room;
    private Exception? _closed;
    private Exception? _failed;
    private long _head;
    private long _tail;
    private long _marksWritten;
    private long _marksTaken;
    private int _markCount;
    private int _takenCount;
    private int _waitsForRoom;
    private int _queued;

    /// <param name="capacity">Rows held; rounded up to a power of two.</param>
    /// <param name="reader">Woken when something comes.</param>
    public HandOver(int capacity, IWakeable reader)
    {
        _rows = new TRow[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2))];
        _mask = _rows.Length - 1;
        _reader = reader;
    }

    /// <summary>Rows ever written. Any thread.</summary>
    public long Tail => Volatile.Read(ref _tail);

    /// <summary>Rows ever taken. Any thread.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Rows and marks ever written. Any thread.</summary>
    public long ItemsWritten
    {
        get
        {
            lock (_gate)
            {
                return _tail + _marksWritten;
            }
        }
    }

    /// <summary>Rows and marks ever taken. The reader's thread.</summary>
    public long ItemsTaken => _head + _marksTaken;

    /// <summary>True while somebody waits for rows to be taken. Any thread.</summary>
    public bool IsAwaited => Volatile.Read(ref _takenCount) != 0;

    /// <summary>Share of the room in use, 0 to 1. Any thread.</summary>
    public double Fill => (double)(Tail - Head) / _rows.Length;

    /// <summary>All rows or none.</summary>
    public bool TryWriteAll(ReadOnlySpan<TRow> rows)
    {
        if (rows.Length > _rows.Length)
        {
            throw new LaminarException($"TryPush takes at most {_rows.Length} rows at once (LaminarOptions.RingRows), not {rows.Length}.");
        }

        lock (_gate)
        {
            ThrowIfClosed();
            if (_queued > 0 || Room() < rows.Length)
            {
                return false;
            }

            Copy(rows);
        }

        _reader.Wake();
        return true;
    }

    /// <summary>Writes all rows, waiting for room as needed.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int taken = 0;
        lock (_gate)
        {
            ThrowIfClosed();

            // Nobody overtakes those who wait.
            if (_queued == 0)
            {
                taken = Math.Min(rows.Length, Room());
                Copy(rows.Span[..taken]);
            }

            if (taken < rows.Length)
            {
                _queued++;
            }
        }

        if (taken > 0)
        {
            _reader.Wake();
        }

        return taken == rows.Length ? ValueTask.CompletedTask : WriteSlowAsync(rows[taken..], cancellationToken);
    }

    /// <summary>True once the end was marked here or in a former run.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Refuses rows because the source had ended in a former run.</summary>
    public void SetEnded()
    {
        IsEnded = true;
        Refuse(new LaminarException("This source was completed in a former run over the same data directory; it takes no more rows. Use another data directory."));
    }

    /// <summary>Puts a mark behind the rows written so far. The end may be marked again.</summary>
    public void Mark(long watermark, bool end)
    {
        lock (_gate)
        {
            if (end && IsEnded)
            {
                return;
            }

            ThrowIfClosed();
            IsEnded |= end;
            if (!end && _marks.Last is { } last && last.Value.Position == _tail)
            {
                // Marks without rows between them are one, so that they can't pile up.
                last.Value = last.Value with { Watermark = Math.Max(last.Value.Watermark, watermark) };
                return;
            }

            _marks.AddLast(new HandOverMark(_tail, watermark, end));
            _marksWritten++;
            Volatile.Write(ref _markCount, _marks.Count);
            if (end)
            {
                _closed = new LaminarException("This source was completed; it takes no more rows.");
            }
        }

        _reader.Wake();
    }

    /// <summary>Nothing will be taken any more: who waits fails, and everything is refused.</summary>
    public void Close(Exception reason)
    {
        TaskCompletionSource? room;
        (long Position, TaskCompletionSource Done)[] taken;
        lock (_gate)
        {
            _closed ??= reason;
            _failed = reason;
            room = _room;
            _room = null;
            taken = [.. _taken];
            _taken.Clear();
        }

        room?.TrySetResult();
        foreach ((_, TaskCompletionSource done) in taken)
        {
            done.TrySetException(reason);
        }
    }

    /// <summary>Refuses new rows; what is there will still be taken.</summary>
    public void Refuse(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _closed ??= reason;
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>Completes when the rows written so far have been taken.</summary>
    public Task TakenAsync()
    {
        Task taken = AwaitTaken();

        // Rows that wait for other sources don't when they are awaited.
        _reader.Wake();
        return taken;
    }

    private Task AwaitTaken()
    {
        lock (_gate)
        {
            long position = _tail;
            if (Head >= position)
            {
                return Task.CompletedTask;
            }

            if (_failed is not null)
            {
                throw new LaminarException(_failed.Message, _failed);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _taken.Add((position, done));
            Volatile.Write(ref _takenCount, _taken.Count);

            // The reader may have passed between the look and the entry.
            Interlocked.MemoryBarrier();
            CompleteTaken();
            return done.Task;
        }
    }

    /// <summary>Reader: rows that can be read in place, up to the next mark.</summary>
    public ReadOnlyMemory<TRow> Peek(int max)
    {
        // The tail is read before the marks: a mark before the tail is then certainly seen.
        long head = _head;
        long limit = Volatile.Read(ref _tail);
        if (Volatile.Read(ref _markCount) > 0)
        {
            lock (_gate)
            {
                limit = Math.Min(limit, _marks.First!.Value.Position);
            }
        }

        int start = (int)(head & _mask);
        int count = (int)Math.Min(Math.Min(limit - head, max), _rows.Length - start);
        return _rows.AsMemory(start, count);
    }

    /// <summary>Reader: gives back rows from the front.</summary>
    public void Take(int count)
    {
        long head = _head;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            Array.Clear(_rows, (int)(head & _mask), count);
        }

        Volatile.Write(ref _head, head + count);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waitsForRoom) != 0 || Volatile.Read(ref _takenCount) != 0)
        {
            Notify();
        }
    }

    /// <summary>Reader: the mark at the front, if nothing is left before it.</summary>
    public bool TryPeekMark(out HandOverMark mark)
    {
        if (Volatile.Read(ref _markCount) > 0)
        {
            lock (_gate)
            {
                mark = _marks.First!.Value;
                return mark.Position == _head;
            }
        }

        mark = default;
        return false;
    }

    /// <summary>Reader: removes the mark that <see cref="TryPeekMark"/> showed, unless it has moved on since; then it shows again.</summary>
    public void TakeMark(in HandOverMark mark)
    {
        lock (_gate)
        {
            if (_marks.First!.Value == mark)
            {
                _marks.RemoveFirst();
                _marksTaken++;
                Volatile.Write(ref _markCount, _marks.Count);
            }
        }
    }

    private async ValueTask WriteSlowAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                while (true)
                {
                    Task? room = TryWriteSome(ref rows);
                    if (room is null)
                    {
                        return;
                    }

                    await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            lock (_gate)
            {
                _queued--;
            }
        }
    }

    private Task? TryWriteSome(ref ReadOnlyMemory<TRow> rows)
    {
        Task? wait = null;
        lock (_gate)
        {
            ThrowIfClosed();
            int count = Math.Min(rows.Length, Room());
            if (count == 0)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Volatile.Write(ref _waitsForRoom, 1);

                // Pairs with Take: either it sees the flag, or this sees the room.
                Interlocked.MemoryBarrier();
                count = Math.Min(rows.Length, Room());
                wait = _room.Task;
            }

            Copy(rows.Span[..count]);
            rows = rows[count..];
            wait = rows.Length == 0 ? null : count > 0 ? Task.CompletedTask : wait;
        }

        _reader.Wake();
        return wait;
    }

    private void Notify()
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            // Half of the room, or all there is: a writer isn't woken for every batch.
            if (_room is not null && (Room() >= _rows.Length / 2 || _head == _tail))
            {
                room = _room;
                _room = null;
                _waitsForRoom = 0;
            }

            CompleteTaken();
        }

        room?.TrySetResult();
    }

    private void CompleteTaken()
    {
        long head = Head;
        for (int i = _taken.Count - 1; i >= 0; i--)
        {
            if (head >= _taken[i].Position)
            {
                _taken[i].Done.TrySetResult();
                _taken.RemoveAt(i);
            }
        }

        Volatile.Write(ref _takenCount, _taken.Count);
    }

    private int Room() => (int)(_rows.Length - (_tail - Volatile.Read(ref _head)));

    private void Copy(ReadOnlySpan<TRow> rows)
    {
        int start = (int)(_tail & _mask);
        int first = Math.Min(rows.Length, _rows.Length - start);
        rows[..first].CopyTo(_rows.AsSpan(start));
        rows[first..].CopyTo(_rows);
        Volatile.Write(ref _tail, _tail + rows.Length);
    }

    private void ThrowIfClosed()
    {
        if (_closed is not null)
        {
            throw new LaminarException(_closed.Message, _closed);
        }
    }
}

/// <summary>Something between the rows of a <see cref="HandOver{TRow}"/>.</summary>
/// <param name="Position">Rows before it.</param>
/// <param name="Watermark">Explicit progress.</param>
/// <param name="End">True for the end of the source.</param>
internal readonly record struct HandOverMark(long Position, long Watermark, bool End);
