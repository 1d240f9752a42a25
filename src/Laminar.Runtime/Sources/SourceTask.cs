using System.Buffers;
using System.Collections.Concurrent;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Rings;
using Laminar.State;
using Laminar.Storage;

namespace Laminar.Runtime.Sources;

/// <summary>
/// One partition of a source on its core: first what the WAL holds, then what comes. Rows are logged before they are sent on; barriers go
/// between batches. It keeps a batch until every receiver has taken it, so a full output stops only this partition.
/// </summary>
internal abstract class SourceTask<TRow> : CoreTask, ISourceTask
    where TRow : ISourceRow<TRow>
{
    /// <summary>Rows handed on at once at most.</summary>
    protected const int BatchRows = 1024;

    private readonly ConcurrentQueue<BarrierRequest> _barriers = new();
    private readonly ConcurrentQueue<long> _acknowledged = new();
    private readonly SourceLog<TRow>? _log;
    private long[] _watermarks = new long[BatchRows];
    private readonly ArrayBufferWriter<byte> _position = new();
    private ReadOnlyMemory<TRow> _batch;
    private Signal? _pending;
    private TRow[] _replayRows = [];
    private int _replayNext;
    private bool _batchIsReplay;
    private bool _stopped;
    private bool _ended;
    private bool _idle;
    private bool _firstStep = true;
    private long _rows;
    private long _watermark = long.MinValue;
    private long _activity;

    protected SourceTask(SourceSetup<TRow> setup)
    {
        Setup = setup;
        Part = $"Source {setup.Name}";
        _log = setup.Wal is { } wal ? new SourceLog<TRow>(wal, setup.Name, setup.Partition, setup.Errors) : null;
        setup.Clock.Register(setup.Partition, setup.Core);
        setup.Drift?.Register(setup.Core);
        if (setup.Recovered is { } recovered)
        {
            _rows = recovered.Rows;
            _watermark = recovered.Watermark;
            _ended = EndIsFinal && EndedAt(recovered);
        }
    }

    public override string Part { get; }

    public long Activity => Volatile.Read(ref _activity);

    public long RowsIn => Volatile.Read(ref _rows);

    public long Watermark => Volatile.Read(ref _watermark);

    public abstract double Fill { get; }

    protected SourceSetup<TRow> Setup { get; }

    /// <summary>True while it has or could have rows but may not hand them on (the log is full, others are behind): then it isn't silent.</summary>
    protected bool Held { get; set; }

    /// <summary>True when partitions that are far ahead wait for the others.</summary>
    protected virtual bool Aligns => false;

    /// <summary>True when a saved end stays an end; false when the reader is asked again.</summary>
    protected virtual bool EndIsFinal => false;

    /// <summary>Whether a saved position says that the partition had ended.</summary>
    public static bool EndedAt(SourcePosition position) => position.Position.Length > 0 && position.Position.Span[0] != 0;

    /// <summary>The reader's own position as it was recovered.</summary>
    protected ReadOnlyMemory<byte> RecoveredPosition => Setup.Recovered is { Position.Length: > 1 } r ? r.Position[1..] : default;

    public void RequestBarrier(Epoch epoch, bool covering, bool last)
    {
        _barriers.Enqueue(new BarrierRequest(epoch, covering ? CoveredTail() : 0, last));
        Setup.Core.Wake();
    }

    public void Acknowledge(long epoch)
    {
        _acknowledged.Enqueue(epoch);
        Setup.Core.Wake();
    }

    public override bool Step()
    {
        if (_firstStep)
        {
            Begin();
        }

        long moves = Setup.Output.Moves;
        if (!TryDeliver())
        {
            return Setup.Output.Moves > moves;
        }

        while (_acknowledged.TryDequeue(out long epoch))
        {
            OnAcknowledged(epoch);
        }

        if (_barriers.TryPeek(out BarrierRequest request) && _replayNext == Setup.Replay.Count && Taken >= request.CoveredTail && !HasRowsInHand)
        {
            _barriers.TryDequeue(out _);
            SendBarrier(request);
            return true;
        }

        if (_stopped)
        {
            return false;
        }

        bool progress = _replayNext < Setup.Replay.Count ? Replay() : !_ended && Pull();
        if (progress)
        {
            Volatile.Write(ref _activity, _activity + 1);
            Active();
            TryDeliver();
            return true;
        }

        return !_ended && !Held && FollowIfIdle();
    }

    public override void Close() => Setup.Idle?.Dispose();

    /// <summary>Gets something to hand on: <see cref="TryBegin"/>, <see cref="TryAdvance"/> or <see cref="TryEnd"/>. False: nothing now.</summary>
    protected abstract bool Pull();

    /// <summary>Rows from the front have been taken by everybody, or passed over; their memory may be reused.</summary>
    protected abstract void Release(int rows);

    /// <summary>Rows taken out of what users pushed; compared with <see cref="CoveredTail"/>.</summary>
    protected virtual long Taken => long.MaxValue;

    /// <summary>Rows pushed so far. Any thread.</summary>
    protected virtual long CoveredTail() => 0;

    /// <summary>True while rows are read and not handed on: a position saved now would be behind rows that nothing holds but memory.</summary>
    protected virtual bool HasRowsInHand => false;

    protected virtual void SavePosition(IBufferWriter<byte> writer)
    {
    }

    protected virtual void OnAcknowledged(long epoch)
    {
    }

    /// <summary>
    /// Logs rows from the front and begins to hand them on: <see cref="Release"/> says how many. False when the log is full, then come again
    /// with the same rows.
    /// </summary>
    protected bool TryBegin(ReadOnlyMemory<TRow> rows)
    {
        if (_log is not null)
        {
            int logged = _log.TryAppend(rows.Span, _rows, out bool dead);
            Held = logged == 0;
            if (Held)
            {
                return false;
            }

            if (dead)
            {
                Volatile.Write(ref _rows, _rows + logged);
                Release(logged);
                return true;
            }

            rows = rows[..logged];
        }

        Send(rows, replay: false);
        return true;
    }

    /// <summary>Logs explicit progress and hands it on; false when the log is full.</summary>
    protected bool TryAdvance(long watermark)
    {
        Held = _log is not null && !_log.TryAppendWatermark(_rows, watermark);
        if (Held)
        {
            return false;
        }

        Advance(watermark);
        return true;
    }

    /// <summary>Hands the end on, logged first when it came from users; false when the log is full.</summary>
    protected bool TryEnd(bool log)
    {
        Held = log && _log is not null && !_log.TryAppendEnd(_rows);
        if (Held)
        {
            return false;
        }

        End();
        return true;
    }

    /// <summary>
    /// How far rows may go now, so as not to run ahead of the sources that they meet, in the unit of the event time. A checkpoint waits for nobody: while one is due, rows go on.
    /// </summary>
    protected long DriftLimit() => Setup.Drift is { } drift && _barriers.IsEmpty ? drift.Limit() : long.MaxValue;

    /// <summary>Whether rows wait because they are too far ahead. When it is true, the partition's core will be woken.</summary>
    protected bool IsAhead() => Setup.Drift is { } drift && _barriers.IsEmpty && drift.MustWait(_watermark);

    private void Begin()
    {
        // What follows the sources was restored, or is new: rings start without a watermark, so each source says again what it knows.
        _firstStep = false;
        if (_watermark > long.MinValue)
        {
            Setup.Clock.Report(Setup.Partition, _watermark);
            Setup.Drift?.Report(_watermark);
            _pending = Signal.Advance(_watermark);
        }

        if (_ended)
        {
            TryDeliver();
            End();
        }
    }

    private bool Replay()
    {
        ReplayRecord record = Setup.Replay[_replayNext];
        _replayNext++;
        if (record.Watermark is { } watermark)
        {
            Advance(watermark);
        }
        else if (record.End)
        {
            End();
        }
        else if (SourceLog<TRow>.IsDead(in record))
        {
            Volatile.Write(ref _rows, _rows + record.Rows);
        }
        else
        {
            if (_replayRows.Length < record.Rows)
            {
                _replayRows = new TRow[Math.Max(BatchRows, record.Rows)];
            }

            int count = RowCodec.Decode(record.Payload, _replayRows.AsSpan(0, record.Rows));

            // A barrier lies between batches, so a record is never half before the recovered one.
            Send(_replayRows.AsMemory(0, count), replay: true);
        }

        return true;
    }

    private void Send(ReadOnlyMemory<TRow> rows, bool replay)
    {
        _batch = rows;
        _batchIsReplay = replay;
        ReadOnlySpan<TRow> span = rows.Span;
        if (Setup.Output.NeedsWatermarks)
        {
            if (_watermarks.Length < span.Length)
            {
                _watermarks = new long[span.Length];
            }

            Volatile.Write(ref _watermark, WatermarksOf(span));
            _pending = Signal.Advance(_watermark);
        }
        else if (TRow.HasWatermark)
        {
            Volatile.Write(ref _watermark, WatermarkBehind(span));
        }

        Volatile.Write(ref _rows, _rows + rows.Length);
    }

    /// <summary>Notes the watermark before each row, and answers with the one behind the last.</summary>
    private long WatermarksOf(ReadOnlySpan<TRow> rows)
    {
        long watermark = _watermark;
        Span<long> before = _watermarks.AsSpan(0, rows.Length);
        if (!TRow.HasWatermark)
        {
            before.Fill(watermark);
            return watermark;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            before[i] = watermark;
            watermark = Math.Max(watermark, TRow.WatermarkOf(in rows[i]));
        }

        return watermark;
    }

    /// <summary>The watermark behind the last row; receivers that take rows straight from the source work the rest out themselves.</summary>
    private long WatermarkBehind(ReadOnlySpan<TRow> rows)
    {
        long watermark = _watermark;
        foreach (ref readonly TRow row in rows)
        {
            watermark = Math.Max(watermark, TRow.WatermarkOf(in row));
        }

        return watermark;
    }

    private void Advance(long watermark)
    {
        if (watermark > _watermark)
        {
            Volatile.Write(ref _watermark, watermark);
            _pending = Signal.Advance(watermark);
        }
    }

    private void End()
    {
        _ended = true;
        Setup.Clock.SetEnded(Setup.Partition);
        Setup.Drift?.SetEnded();
        _pending = Signal.End;
    }

    private void SendBarrier(BarrierRequest request)
    {
        // The pair of the check in RecoveredSources: what is logged as one record is on one side of every barrier.
        if (_batch.Length > 0)
        {
            throw new LaminarException($"Source {Setup.Name}, partition {Setup.Partition}: a barrier can't stand within a logged batch.");
        }

        _position.ResetWrittenCount();
        _position.GetSpan(1)[0] = _ended ? (byte)1 : (byte)0;
        _position.Advance(1);
        SavePosition(_position);
        request.Epoch.AddSource(
            Setup.Index, new SourcePosition(Setup.Name, Setup.Partition, _position.WrittenSpan.ToArray(), _rows, _watermark));
        _stopped |= request.Last;
        _pending = Signal.Barrier(request.Epoch);
        TryDeliver();
    }

    /// <summary>Hands on the batch, then what stands behind it. True when nothing is left.</summary>
    private bool TryDeliver()
    {
        if (_batch.Length > 0)
        {
            if (!Setup.Output.TrySend(_batch.Span, Setup.Output.NeedsWatermarks ? _watermarks.AsSpan(0, _batch.Length) : default))
            {
                return false;
            }

            int rows = _batch.Length;
            _batch = default;
            if (!_batchIsReplay)
            {
                Release(rows);
            }
        }

        if (_pending is { } pending)
        {
            if (!Setup.Output.TrySignal(in pending))
            {
                return false;
            }

            _pending = null;
            if (pending.Kind == SignalKind.End)
            {
                Setup.OnEnd();
            }
        }

        return true;
    }

    private void Active()
    {
        if (Setup.Drift is { } drift && !_ended)
        {
            drift.SetIdle(false);
            drift.Report(_watermark);
        }

        if (Setup.Idle is null && !Aligns)
        {
            return;
        }

        Setup.Idle?.Touch();
        _idle = false;
        if (!_ended)
        {
            Setup.Clock.SetIdle(Setup.Partition, false);
            Setup.Clock.Report(Setup.Partition, _watermark);
        }
    }

    private bool FollowIfIdle()
    {
        if (Setup.Idle is not { } idle)
        {
            return false;
        }

        if (!_idle)
        {
            if (!idle.IsIdle())
            {
                return false;
            }

            _idle = true;
            Setup.Clock.SetIdle(Setup.Partition, true);
            Setup.Drift?.SetIdle(true);
        }

        long follow = Setup.Clock.Follow();
        if (follow <= _watermark)
        {
            return false;
        }

        // What follows from it (windows that close) is worth a checkpoint too.
        Volatile.Write(ref _activity, _activity + 1);
        Advance(follow);
        TryDeliver();
        return true;
    }

    private readonly record struct BarrierRequest(Epoch Epoch, long CoveredTail, bool Last);
}
