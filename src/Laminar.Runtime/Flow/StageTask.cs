using System.Buffers;
using System.Buffers.Binary;
using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Flow;

/// <summary>
/// One instance of a generated operator on one core. It takes input only when everything it emitted has been taken, so a full output parks
/// this instance and nothing else.
/// </summary>
internal sealed class StageTask<TIn, TOut> : CoreTask, IReceiver<TIn>, IStageInstance
{
    private const byte SectionVersion = 1;

    private readonly Operator<TIn> _operator;
    private readonly RowCollector<TOut> _collector;
    private readonly Output<TOut> _output;
    private readonly RowCollector<TIn>? _late;
    private readonly Output<TIn>? _lateOutput;
    private readonly bool _sourceRows;
    private readonly bool _keepsState;
    private readonly Core _core;
    private readonly TickTimer? _ticks;
    private long _ticked;
    private long _sentWatermark = long.MinValue;
    private Signal? _pending;
    private Signal? _latePending;
    private bool _completed;

    /// <param name="part">For errors.</param>
    /// <param name="section">The name of its state in snapshots.</param>
    /// <param name="stage">What to run.</param>
    /// <param name="output">Where its rows go.</param>
    /// <param name="sourceRows">True when rows come straight from one source partition: the operator works the watermark out itself.</param>
    /// <param name="core">Where it runs.</param>
    /// <param name="onError">Asked about rows that fail.</param>
    /// <param name="clock">What CURRENT_TIMESTAMP reads, and EMIT EVERY by the wall clock goes by.</param>
    /// <param name="deadLetters">What takes the errors that a query itself sends to a file, by its path.</param>
    /// <param name="lateOutput">Where rows go that are late; null: nobody reads them.</param>
    public StageTask(
        string part, string section, Stage<TIn, TOut> stage, Output<TOut> output, bool sourceRows, Core core, Func<StreamRowException, bool>? onError, TimeProvider clock,
        Func<string, Func<StreamRowException, bool>> deadLetters, Output<TIn>? lateOutput = null)
    {
        Part = part;
        Section = section;
        Fingerprint = stage.Fingerprint;
        _keepsState = stage.Fingerprint.Length > 0;
        _collector = new RowCollector<TOut>();
        _operator = stage.Create(_collector);
        _operator.OnError = onError;
        _operator.DeadLetter = _operator.Errors?.DeadLetterPath is { } path ? deadLetters(path) : null;
        _operator.Clock = clock;
        if (lateOutput is not null)
        {
            _lateOutput = lateOutput;
            _late = new RowCollector<TIn>();
            _operator.Late = new LateCollector<TIn>(_late);
        }

        _output = output;
        _sourceRows = sourceRows;
        _core = core;
        _ticks = _operator.FollowsClock ? new TickTimer(clock, core) : null;
    }

    public override string Part { get; }

    public string Section { get; }

    public string Fingerprint { get; }

    public bool KeepsState => _keepsState;

    public int CoreIndex => _core.Index;

    public bool NeedsWatermarks => !_sourceRows;

    public long RowsIn => _operator.RowsIn;

    public long RowsOut => _operator.RowsOut;

    public long LateRows => _operator.LateRows;

    public long ErrorRows => _operator.ErrorRows;

    public long StateBytes => _operator.StateBytes;

    public long Ticked => Volatile.Read(ref _ticked);

    /// <summary>Before the start.</summary>
    /// <exception cref="LaminarException">A reference table that is joined isn't there.</exception>
    public void Open(ReferenceTables tables) => _operator.Open(tables);

    public override bool Step()
    {
        if (_ticks is { HasFired: true })
        {
            return Tick();
        }

        if (_collector.Count == 0 && _collector.Watermark <= _sentWatermark && _pending is null && _late is not { Count: > 0 } && _latePending is null)
        {
            return false;
        }

        long before = Moves;
        return TryDrain() || Moves > before;
    }

    public int Accept(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition)
    {
        if (!TryDrain())
        {
            return 0;
        }

        try
        {
            if (_completed)
            {
                throw new LaminarException("A row came after the end of its input. State that has seen the end of input takes no more: use a new data directory.");
            }

            _operator.Partition = partition;
            LookAtClock();
            if (_sourceRows)
            {
                _operator.Process(rows);
            }
            else
            {
                _operator.Process(rows, watermarks, ceiling);
            }
        }
        catch (Exception e) when (e is not PartFailedException)
        {
            throw new PartFailedException(Part, e);
        }

        _ticks?.WaitFor(_operator.NextTick);
        TryDrain();
        return rows.Length;
    }

    public bool TrySignal(in Signal signal)
    {
        if (!TryDrain())
        {
            return false;
        }

        try
        {
            switch (signal.Kind)
            {
                case SignalKind.Watermark:
                    if (!_completed)
                    {
                        LookAtClock();
                        _operator.AdvanceWatermark(signal.Watermark);
                    }

                    break;
                case SignalKind.Barrier:
                    SaveState(signal.Epoch!);
                    Send(in signal);
                    break;
                case SignalKind.End:
                    if (!_completed)
                    {
                        _operator.Complete();
                        _completed = true;
                    }

                    Send(in signal);
                    break;
            }
        }
        catch (Exception e) when (e is not PartFailedException)
        {
            throw new PartFailedException(Part, e);
        }

        TryDrain();
        return true;
    }

    public void Restore(ReadOnlySequence<byte> section)
    {
        var reader = new SequenceReader<byte>(section);
        if (!reader.TryRead(out byte version) || version != SectionVersion || !reader.TryRead(out byte completed)
            || !reader.TryReadLittleEndian(out long watermark))
        {
            throw new SnapshotException($"{Part}: the saved state {Section} is of another version of Laminar.Runtime.");
        }

        _operator.Restore(section.Slice(reader.Position));
        _completed = completed != 0;
        _collector.Advance(watermark);
    }

    public override void Close()
    {
        _ticks?.Dispose();
        _operator.Dispose();
    }

    /// <summary>The clock has reached what the operator waited for, unless the timer was early.</summary>
    private bool Tick()
    {
        // While the output is full it stays due.
        long before = Moves;
        if (!TryDrain())
        {
            return Moves > before;
        }

        _ticks!.Seen();
        try
        {
            LookAtClock();
        }
        catch (Exception e) when (e is not PartFailedException)
        {
            throw new PartFailedException(Part, e);
        }

        if (!_completed)
        {
            _ticks.WaitFor(_operator.NextTick);
        }

        TryDrain();
        return true;
    }

    private void LookAtClock()
    {
        if (_ticks is null || _completed)
        {
            return;
        }

        _operator.AdvanceProcessingTime(_ticks.Now);
        if (_collector.Count > 0)
        {
            // Rows without any that came: worth a checkpoint of their own.
            Volatile.Write(ref _ticked, _ticked + 1);
        }
    }

    private void SaveState(Epoch epoch)
    {
        if (_keepsState)
        {
            if (epoch.BeginSection(_core.Index, Section) is { } writer)
            {
                Span<byte> header = writer.GetSpan(10);
                header[0] = SectionVersion;
                header[1] = _completed ? (byte)1 : (byte)0;
                BinaryPrimitives.WriteInt64LittleEndian(header[2..], _collector.Watermark);
                writer.Advance(10);
                _operator.Snapshot(writer);
            }

            epoch.EndSection(_core.Index);
        }
    }

    private long Moves => _output.Moves + (_lateOutput?.Moves ?? 0);

    private void Send(in Signal signal)
    {
        _pending = signal;
        _latePending = _lateOutput is null ? null : signal;
    }

    /// <summary>Hands over what was emitted. True when nothing is left.</summary>
    private bool TryDrain() => TryDrainResults() & TryDrainLate();

    /// <summary>Late rows, then a signal: no watermark is theirs.</summary>
    private bool TryDrainLate()
    {
        if (_lateOutput is null)
        {
            return true;
        }

        if (_late!.Count > 0)
        {
            if (!_lateOutput.TrySend(_late.Rows, _late.Watermarks))
            {
                return false;
            }

            _late.Clear();
        }

        if (_latePending is { } pending)
        {
            if (!_lateOutput.TrySignal(in pending))
            {
                return false;
            }

            _latePending = null;
        }

        return true;
    }

    /// <summary>Results: rows, then the watermark, then a signal.</summary>
    private bool TryDrainResults()
    {
        if (_collector.Count > 0)
        {
            if (!_output.TrySend(_collector.Rows, _collector.Watermarks))
            {
                return false;
            }

            _collector.Clear();
        }

        if (_collector.Watermark > _sentWatermark)
        {
            if (!_output.TrySignal(Signal.Advance(_collector.Watermark)))
            {
                return false;
            }

            _sentWatermark = _collector.Watermark;
        }

        if (_pending is { } pending)
        {
            if (!_output.TrySignal(in pending))
            {
                return false;
            }

            _pending = null;
        }

        return true;
    }
}
