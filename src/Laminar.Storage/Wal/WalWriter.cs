using System.Buffers.Binary;
using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>
/// One core's write-ahead log. Appending copies into memory and never waits for the disk; at most one write is under way, and what comes
/// meanwhile goes with the next (group commit). Serves several threads. After a disk error everything throws <see cref="StorageException"/>.
/// </summary>
public sealed class WalWriter : IIoCompletion
{
    /// <summary>Payload of a record at most: 64 MiB.</summary>
    public const int MaxPayloadBytes = 64 << 20;

    private const int MaxWaiters = 100_000;
    private readonly Lock _lock = new();
    private readonly IDevice _device;
    private readonly WalSegments _segments;
    private readonly long _segmentBytes;
    private readonly PriorityQueue<TaskCompletionSource, long> _waiters = new();
    private WalBuffer _filling;
    private WalBuffer _other;
    private WalBuffer? _flying;
    private long _epoch;
    private long _lastSequence;
    private long _durableSequence;
    private long _segment;
    private long _segmentOffset;
    private TaskCompletionSource? _idle;
    private bool _closed;

    internal WalWriter(IDevice device, int core, StateStoreOptions options, long nextSegment, long lastSequence, long epoch, ILogger logger)
    {
        Core = core;
        _device = device;
        _segmentBytes = options.SegmentBytes;
        _segments = new WalSegments(device, core, options.SegmentBytes, this, logger);
        _segment = nextSegment;
        _lastSequence = lastSequence;
        _durableSequence = lastSequence;
        _epoch = epoch;
        _filling = new WalBuffer(device.Allocate(options.WalBufferBytes));
        _other = new WalBuffer(device.Allocate(options.WalBufferBytes));
    }

    /// <summary>The core.</summary>
    public int Core { get; }

    /// <summary>The last record appended; 0 for none.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>The last record that is durable.</summary>
    public long DurableSequence => Volatile.Read(ref _durableSequence);

    /// <summary>Writes to the disk since the store was opened; each is followed by a data sync.</summary>
    public long Writes { get; private set; }

    /// <summary>Why the log has failed, or null.</summary>
    public StorageException? Failure { get; private set; }

    /// <summary>
    /// Called when <see cref="DurableSequence"/> has moved, room has come free, or the log has failed; on the device's thread, so only wake
    /// somebody. Set before the first append.
    /// </summary>
    public Action? Progress { get; set; }

    /// <summary>Logs rows of a source partition.</summary>
    /// <param name="source">The partition.</param>
    /// <param name="firstRow">The number of the first row in it, from 0.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="payload">The rows, encoded; at most <see cref="MaxPayloadBytes"/>. Copied.</param>
    /// <param name="sequence">The record's number.</param>
    /// <returns>False when the buffers are full: come again after <see cref="Progress"/>.</returns>
    public bool TryAppendRows(WalSource source, long firstRow, int rowCount, ReadOnlySpan<byte> payload, out long sequence) =>
        TryAppend(WalRecordKind.Rows, source, firstRow, rowCount, payload, 0, out sequence, out _);

    /// <summary>Logs explicit progress of a source partition. See <see cref="TryAppendRows"/>.</summary>
    public bool TryAppendWatermark(WalSource source, long firstRow, long watermark, out long sequence)
    {
        Span<byte> payload = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(payload, watermark);
        return TryAppend(WalRecordKind.Watermark, source, firstRow, 0, payload, 0, out sequence, out _);
    }

    /// <summary>Logs the end of a source partition. See <see cref="TryAppendRows"/>.</summary>
    public bool TryAppendEnd(WalSource source, long firstRow, out long sequence) =>
        TryAppend(WalRecordKind.EndOfSource, source, firstRow, 0, [], 0, out sequence, out _);

    /// <summary>Logs the barrier of an epoch; what follows belongs to the next.</summary>
    /// <param name="epoch">Above every barrier before.</param>
    /// <param name="position">For <see cref="EpochCommit.Wal"/>.</param>
    /// <returns>False when the buffers are full: come again after <see cref="Progress"/>.</returns>
    public bool TryAppendBarrier(long epoch, out WalPosition position) =>
        TryAppend(WalRecordKind.Barrier, null, 0, 0, [], epoch, out _, out position);

    /// <summary>Completes when the record, and all before it, are durable.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public ValueTask WaitDurableAsync(long sequence, CancellationToken cancellationToken = default)
    {
        if (sequence <= DurableSequence)
        {
            return ValueTask.CompletedTask;
        }

        TaskCompletionSource waiter;
        lock (_lock)
        {
            ThrowIfUnusable();
            ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, _lastSequence);
            if (sequence <= _durableSequence)
            {
                return ValueTask.CompletedTask;
            }

            if (_waiters.Count >= MaxWaiters)
            {
                throw new LaminarException($"More than {MaxWaiters} callers wait for core {Core}'s log to become durable.");
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Enqueue(waiter, sequence);
        }

        return new ValueTask(waiter.Task.WaitAsync(cancellationToken));
    }

    void IIoCompletion.Completed(IOException? error)
    {
        lock (_lock)
        {
            WalBuffer done = _flying!;
            _flying = null;
            if (error is not null)
            {
                Fail(error, $"Core {Core}'s log could not be written");
                _idle?.TrySetResult();
                return;
            }

            _segments.Written(done.Segment);
            Volatile.Write(ref _durableSequence, done.LastSequence);
            done.Reset();
            while (_waiters.TryPeek(out TaskCompletionSource? waiter, out long sequence) && sequence <= _durableSequence)
            {
                _waiters.Dequeue();
                waiter.TrySetResult();
            }

            Pump();
            if (_flying is null)
            {
                _idle?.TrySetResult();
            }
        }

        Progress?.Invoke();
    }

    /// <summary>A segment file has become ready, or could not be made.</summary>
    internal void SegmentMade(WalSegments segments, long segment, IDeviceFile? file, Exception? error)
    {
        lock (_lock)
        {
            segments.Made(segment, file);
            if (error is not null)
            {
                Fail(error, $"Core {Core}'s log could not get segment {segment}");
            }
            else if (!_closed)
            {
                Pump();
            }
        }

        Progress?.Invoke();
    }

    /// <summary>Writes out everything and, when anything was written in this run, the mark of a good end.</summary>
    internal async Task CloseAsync()
    {
        await WaitDurableAsync(LastSequence).ConfigureAwait(false);
        if (TryAppendClose(out long last))
        {
            await WaitDurableAsync(last).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Appends the mark of a good end, if anything was written in this run. Everything before it must be durable: then its durable base
    /// covers every other record, and damage to any of them can be told from a torn write.
    /// </summary>
    internal bool TryAppendClose(out long sequence)
    {
        sequence = LastSequence;
        return Failure is null
            && _segmentOffset > 0
            && TryAppend(WalRecordKind.Close, null, 0, 0, [], 0, out sequence, out _);
    }

    /// <summary>Completes when the disk has given the last buffer back, whatever became of it.</summary>
    internal Task WhenIdleAsync()
    {
        lock (_lock)
        {
            if (_flying is null)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Gives the memory and files back. Nothing may be under way.</summary>
    internal void Release()
    {
        lock (_lock)
        {
            _closed = true;
            _filling.Dispose();
            _other.Dispose();
            _segments.Dispose();
        }
    }

    private bool TryAppend(
        WalRecordKind kind,
        WalSource? source,
        long firstRow,
        int rowCount,
        ReadOnlySpan<byte> payload,
        long barrier,
        out long sequence,
        out WalPosition position)
    {
        if (payload.Length > MaxPayloadBytes)
        {
            throw new LaminarException(
                $"A log record of {payload.Length} bytes is over the limit of {MaxPayloadBytes}: push fewer rows at a time.");
        }

        int nameBytes = source is null ? 0 : 18 + source.NameBytes.Length;
        int bodyBytes = nameBytes + payload.Length;
        int recordBytes = WalFormat.RecordBytes(bodyBytes);
        lock (_lock)
        {
            ThrowIfUnusable();
            if (!TryMakeRoom(recordBytes))
            {
                sequence = 0;
                position = default;
                return false;
            }

            if (kind == WalRecordKind.Barrier)
            {
                if (barrier < _epoch)
                {
                    throw new LaminarException($"Epoch {barrier} can't end on core {Core}: its log is in epoch {_epoch}.");
                }

                _epoch = barrier;
            }

            Span<byte> record = _filling.Memory.Span.Slice(_filling.Used, recordBytes);
            Span<byte> body = record[WalFormat.RecordHeaderBytes..];
            if (source is not null)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(body, (ushort)source.NameBytes.Length);
                source.NameBytes.CopyTo(body[2..]);
                Span<byte> rest = body[(2 + source.NameBytes.Length)..];
                BinaryPrimitives.WriteInt32LittleEndian(rest, source.Partition);
                BinaryPrimitives.WriteInt64LittleEndian(rest[4..], firstRow);
                BinaryPrimitives.WriteInt32LittleEndian(rest[12..], rowCount);
            }

            payload.CopyTo(body[nameBytes..]);
            sequence = _lastSequence + 1;
            WalFormat.WriteRecord(record, bodyBytes, new RecordHeader(kind, Core, _segment, _epoch, sequence, _durableSequence));
            if (kind == WalRecordKind.Barrier)
            {
                _epoch = barrier + 1;
            }

            _filling.Used += recordBytes;
            _filling.LastSequence = sequence;
            _segmentOffset += recordBytes;
            Volatile.Write(ref _lastSequence, sequence);
            position = new WalPosition(Core, _segment, _segmentOffset, sequence);
            Pump();
            return true;
        }
    }

    /// <summary>Points the filling buffer at a place with room for the record.</summary>
    private bool TryMakeRoom(int recordBytes)
    {
        bool newSegment = _segmentOffset == 0
            || (_segmentOffset + recordBytes > _segmentBytes && _segmentOffset > WalFormat.SegmentHeaderBytes);
        int needed = recordBytes + (newSegment ? WalFormat.SegmentHeaderBytes : 0);
        if (_filling.Used > 0 && (newSegment || _filling.Used + needed > _filling.Memory.Length))
        {
            return false; // the other buffer is under way, or the filling one would have been sent: Pump leaves it only for that
        }

        if (_filling.Memory.Length < needed)
        {
            _filling.Replace(_device.Allocate(needed));
        }

        if (newSegment)
        {
            _segment += _segmentOffset == 0 ? 0 : 1;
            _segmentOffset = WalFormat.SegmentHeaderBytes;
            WalFormat.WriteSegmentHeader(_filling.Memory.Span, Core, _segment, _lastSequence + 1);
            _filling.Segment = _segment;
            _filling.Offset = 0;
            _filling.Used = WalFormat.SegmentHeaderBytes;
            _filling.FirstRecord = WalFormat.SegmentHeaderBytes;
            _segments.Prepare(_segment);
        }
        else if (_filling.Used == 0)
        {
            _filling.Segment = _segment;
            _filling.Offset = _segmentOffset;
        }

        if (_segmentOffset > _segmentBytes / 2)
        {
            _segments.Prepare(_segment + 1);
        }

        return true;
    }

    /// <summary>Sends the filling buffer off when nothing is under way and its segment is there.</summary>
    private void Pump()
    {
        if (_flying is not null || _filling.Used == 0 || Failure is not null || _segments.TryGet(_filling.Segment) is not { } file)
        {
            return;
        }

        WalBuffer buffer = _filling;
        (_filling, _other) = (_other, buffer);
        _flying = buffer;
        WalFormat.SetDurableBase(buffer.Memory.Span[buffer.FirstRecord..], _durableSequence);
        Writes++;
        try
        {
            file.BeginWrite(buffer.Memory, 0, buffer.Used, buffer.Offset, this);
        }
        catch (IOException e)
        {
            _flying = null;
            Fail(e, $"Core {Core}'s log could not be written");
        }
    }

    private void ThrowIfUnusable()
    {
        if (Failure is { } failure)
        {
            throw new StorageException(failure.Message, failure);
        }

        ObjectDisposedException.ThrowIf(_closed, this);
    }

    private void Fail(Exception error, string what)
    {
        Failure ??= new StorageException(
            $"{what}: {error.Message} Nothing more is written; free the disk or repair it, then start again: what was reported durable is safe.", error);
        while (_waiters.TryDequeue(out TaskCompletionSource? waiter, out _))
        {
            waiter.TrySetException(Failure);
        }

        Progress?.Invoke();
    }
}
