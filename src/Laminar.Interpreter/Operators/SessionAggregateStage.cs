using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>GROUP BY keys and SESSION, or without a window and with state_ttl, in every mode of emission. Row by row: what is due is asked for before each.</summary>
internal sealed class SessionAggregateStage : ChunkStage
{
    private readonly WindowAggregateNode _node;
    private readonly WallClock? _clock;
    private readonly RunState _run;
    private readonly WindowMath _math;
    private readonly RowTimes _times;
    private readonly GroupingInput _input;

    /// <summary>A slot per key.</summary>
    private readonly GroupSlots _keys;

    /// <summary>A slot per session, told apart by their number.</summary>
    private readonly GroupSlots _table;

    private readonly GroupColumns _closing;
    private readonly ChangesWriter? _changes;
    private readonly LatestWriter? _latest;
    private readonly Dictionary<int, List<SessionGroup>> _ofKey = [];
    private readonly Dictionary<int, SessionGroup> _ofSlot = [];
    private readonly SortedSet<SessionGroup> _schedule = new(Comparer<SessionGroup>.Create((a, b) => (a.Due, a.Order).CompareTo((b.Due, b.Order))));
    private readonly List<SessionGroup> _changed = [];
    private readonly Pairs _pair = new();
    private readonly uint[] _hashes = new uint[Chunk.Size];
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly int[] _kept = new int[Chunk.Size];
    private readonly int[] _live = new int[Chunk.Size];
    private readonly long _dueOrigin;

    /// <summary>How long a session is open behind its last row.</summary>
    private readonly long _gap;
    private long _reached = long.MinValue;
    private long _output = long.MinValue;
    private long _handedOn = long.MinValue;
    private long _begun;
    private int _closingCount;

    /// <param name="node">What to compute.</param>
    /// <param name="above">The filters and projections above the node where results change; called anew for each use. Otherwise null.</param>
    /// <param name="unfiltered">The projections alone, for rows that leave the result.</param>
    /// <param name="run">Counters and the error policy.</param>
    /// <param name="hasKinds">False where all there can be are rows that come.</param>
    public SessionAggregateStage(WindowAggregateNode node, Func<Transform>? above, Transform unfiltered, RunState run, bool hasKinds = true)
    {
        _node = node;
        _clock = node.Emit == EmitMode.ByClock ? new WallClock(node.EmitInterval) : null;
        _run = run;
        _math = new WindowMath(node.Window, RowTimes.LagOf(node.Window.Time, node.Input));
        _times = new RowTimes(node.Window.Time, _math);
        _gap = node.StateTtl > 0 ? node.StateTtl : _math.Size;
        _input = new GroupingInput(node);
        _dueOrigin = Sql.Streaming.EventTime.Epoch(node.Window.Time.Type);
        _keys = new GroupSlots(KeyColumns());
        _table = new GroupSlots(KeyColumns())
        {
            Grown = capacity =>
            {
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Resize(capacity);
                }
            },
        };
        GroupColumns Columns() => new(_table, _input.Aggregates, _math) { Bounds = slot => _ofSlot[slot].Bounds };
        _closing = Columns();
        _changes = above is null ? null : new ChangesWriter(Columns(), Columns(), above(), above(), this, run) { HasKinds = hasKinds };
        _latest = above is null ? null : new LatestWriter(Columns(), above(), unfiltered, this, run);
    }

    public override long StateBytes => _table.Count * (48L + (16L * (_table.Keys.Length + _input.Aggregates.Length)));

    private bool Gathers => _node.Emit is EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock;

    public override void Process(Chunk chunk)
    {
        _closing.Chunk.Clock = chunk.Clock;
        _times.Errors.Clear();
        Selection rows = _times.Compute(chunk, chunk.Rows);
        int count = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            if (!_times.Errors.Any || _times.Errors[rows[k]] is null)
            {
                _live[count++] = rows[k];
            }
        }

        var live = new Selection(_live, count);
        _input.Compute(chunk, live, _times.Errors, _scratch);
        rows = _run.Resolve(chunk, rows, _times.Errors, _kept);
        _keys.Hash(_input.Keys, live, _hashes);
        for (int k = 0; k < rows.Count; k++)
        {
            if (!Reach(_math.Effective(chunk.WatermarkBefore[rows[k]])) || !Assign(rows[k]))
            {
                return;
            }
        }

        if (Reach(_math.Effective(chunk.WatermarkAfter)) && Send() && (_node.Emit != EmitMode.OnUpdate || EmitChanged()))
        {
            Progress();
        }
    }

    public override void Advance(long watermark)
    {
        if (Reach(_math.Effective(watermark)) && Send())
        {
            Progress();
        }
    }

    public override void AdvanceClock(long now)
    {
        if (_clock?.Passes(now) == true)
        {
            EmitChanged();
        }
    }

    public override void Save(BinaryWriter writer)
    {
        _clock?.Save(writer);
        writer.Write(_reached);
        writer.Write(_output);
        writer.Write(_begun);
        writer.Write(_ofSlot.Count);
        foreach (SessionGroup session in _ofSlot.Values.OrderBy(s => s.Order))
        {
            writer.Write(session.Order);
            writer.Write(session.Start);
            writer.Write(session.End);
            writer.Write(session.IsOut);
            writer.Write(session.IsShown);
            writer.Write(session.IsGone);
            writer.Write(session.ShownStart);
            writer.Write(session.ShownEnd);
            writer.Write(_changed.IndexOf(session));
            _table.Save(writer, session.Slot);
            foreach (Aggregate aggregate in _input.Aggregates)
            {
                aggregate.Save(writer, session.Slot);
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        _clock?.Load(reader);
        _reached = reader.ReadInt64();
        _output = _handedOn = reader.ReadInt64();
        _begun = reader.ReadInt64();
        int count = reader.ReadInt32();
        var changed = new SortedDictionary<int, SessionGroup>();
        for (int i = 0; i < count; i++)
        {
            long order = reader.ReadInt64();
            var session = new SessionGroup { Order = order, Start = reader.ReadInt64(), End = reader.ReadInt64(), IsOut = reader.ReadBoolean(), IsShown = reader.ReadBoolean(), IsGone = reader.ReadBoolean(), ShownStart = reader.ReadInt64(), ShownEnd = reader.ReadInt64() };
            int place = reader.ReadInt32();
            if (place >= 0)
            {
                changed.Add(place, session);
            }

            session.Slot = _table.Load(reader, order);
            foreach (Aggregate aggregate in _input.Aggregates)
            {
                aggregate.Reset(session.Slot);
                aggregate.Load(reader, session.Slot);
            }

            _ofSlot.Add(session.Slot, session);
            session.Key = KeyOf(session.Slot);
            if (!session.IsGone)
            {
                ListOf(session.Key).Add(session);
                Schedule(session);
            }
        }

        _changed.AddRange(changed.Values);
    }

    private KeyColumn[] KeyColumns() => [.. _node.Keys.Select(k => (KeyColumn)ClrValueTypes.Make(typeof(KeyColumn<>), [ClrValueTypes.Of(k.Type)]))];

    /// <summary>Puts a row into its session; false when a failure ends the query.</summary>
    private bool Assign(int row)
    {
        long time = _times.Times[row];
        int key = _keys.FindOrAdd(0, _hashes[row], _input.Keys, row, out _);
        List<SessionGroup> sessions = ListOf(key);
        bool isIdle = _node.StateTtl > 0;
        SessionGroup[] hit = [.. sessions.Where(s => isIdle || (s.Start < time + _gap && s.End > time)).OrderBy(s => s.Start)];
        if (hit.Length == 0 && !isIdle && time + _gap + _node.Lateness <= _reached)
        {
            _run.AddLate(row);
            Forget(key);
            return true;
        }

        SessionGroup session = hit.Length > 0 ? hit[0] : Begin(key, row, time);
        long end = Math.Max(hit.Length > 0 ? hit[^1].End : long.MinValue, isIdle ? Math.Max(time + _gap, _reached + 1) : time + _gap);
        bool isTold = !Gathers && _changes is not null && (end <= _reached || hit.Any(IsTold) || _node.Emit == EmitMode.Changes);
        if (isTold && hit.Length > 1 && IsTold(hit[1]) && !_changes!.Leave(hit[1].Slot, hit[1].Start))
        {
            return false;
        }

        if (isTold)
        {
            _changes!.Before(session.Slot, session.Start, isNew: hit.Length == 0 || !IsTold(session));
        }

        if (hit.Length > 1)
        {
            Merge(session, hit[1]);
        }

        _schedule.Remove(session);
        session.Start = isIdle ? session.Start : Math.Min(session.Start, time);
        session.End = Math.Max(end, session.End);
        session.IsOut = Gathers ? session.End <= _reached : session.IsOut || session.End <= _reached;
        Schedule(session);
        _pair.Clear();
        _pair.Add(row, session.Slot);
        _input.Update(_times.Times, _pair, 0);
        if (Gathers)
        {
            Note(session);
        }

        return !isTold || (_changes!.After(session.Slot, session.Start) && _changes.Flush());
    }

    /// <summary>Whether a session's result has been handed on, so that what changes it is told.</summary>
    private bool IsTold(SessionGroup session) => _node.Emit == EmitMode.Changes || session.IsOut;

    private SessionGroup Begin(int key, int row, long time)
    {
        var session = new SessionGroup { Key = key, Order = _begun++, Start = time, End = time + _gap };
        session.Slot = _table.FindOrAdd(session.Order, _hashes[row], _input.Keys, row, out _);
        foreach (Aggregate aggregate in _input.Aggregates)
        {
            aggregate.Reset(session.Slot);
        }

        _ofSlot.Add(session.Slot, session);
        ListOf(key).Add(session);
        return session;
    }

    private void Merge(SessionGroup session, SessionGroup later)
    {
        foreach (Aggregate aggregate in _input.Aggregates)
        {
            aggregate.Merge(session.Slot, later.Slot);
        }

        _schedule.Remove(session);
        _schedule.Remove(later);
        session.End = later.End;
        session.Order = Math.Min(session.Order, later.Order);
        session.IsOut |= later.IsOut;
        ListOf(session.Key).Remove(later);
        if (Gathers && later.IsShown)
        {
            later.IsGone = true;
            Note(later);
            return;
        }

        _changed.Remove(later);
        _table.Remove(later.Slot);
        _ofSlot.Remove(later.Slot);
    }

    private void Note(SessionGroup session)
    {
        if (!_changed.Contains(session))
        {
            _changed.Add(session);
        }
    }

    private void Schedule(SessionGroup session)
    {
        session.Due = session.IsOut ? session.End + _node.Lateness : session.End;
        _schedule.Add(session);
    }

    /// <summary>Does what a watermark makes due, in order of time; false when a failure ends the query.</summary>
    private bool Reach(long watermark)
    {
        while (true)
        {
            long tick = _node.Emit == EmitMode.Every && _changed.Count > 0 && _reached != long.MinValue ? NextTick() : long.MaxValue;
            if (_schedule.Min is { } next && next.Due <= watermark && next.Due < tick)
            {
                if (!Close(next))
                {
                    return false;
                }
            }
            else if (tick < long.MaxValue && tick <= watermark)
            {
                if (!EmitChanged())
                {
                    return false;
                }
            }
            else
            {
                break;
            }
        }

        _reached = Math.Max(_reached, watermark);
        _output = Math.Max(_output, Output());
        return true;
    }

    /// <summary>A session ends, or is kept no more.</summary>
    private bool Close(SessionGroup session)
    {
        _schedule.Remove(session);
        bool isFine = Gathers ? !_changed.Remove(session) || Emit(session)
            : _node.Emit != EmitMode.OnWindowClose || session.IsOut || Hand(session);
        if (!isFine)
        {
            return false;
        }

        if (!session.IsOut && _node.Lateness > 0)
        {
            session.IsOut = true;
            Schedule(session);
            return true;
        }

        ListOf(session.Key).Remove(session);
        Forget(session.Key);
        _table.Remove(session.Slot);
        _ofSlot.Remove(session.Slot);
        return true;
    }

    /// <summary>Hands on the result of a session that has ended.</summary>
    private bool Hand(SessionGroup session)
    {
        if (_changes is not null)
        {
            _changes.Before(session.Slot, session.Start, isNew: true);
            return _changes.After(session.Slot, session.Start) && _changes.Flush();
        }

        if (_closingCount == Chunk.Size && !Send())
        {
            return false;
        }

        if (_closingCount == 0)
        {
            _closing.Begin();
        }

        _closing.Write([session.Slot], session.Start, _closingCount++, _output);
        return true;
    }

    /// <summary>Hands on the results collected; false when a failure ends the query.</summary>
    private bool Send()
    {
        if (_closingCount == 0)
        {
            return true;
        }

        StreamRowException? known = _run.Fault;
        Chunk chunk = _closing.Chunk;
        chunk.WatermarkAfter = _output;
        chunk.Rows = _run.Resolve(chunk, Selection.All(_closingCount), _closing.Errors, _scratch);
        _closingCount = 0;
        Next!.Process(chunk);
        return ReferenceEquals(_run.Fault, known);
    }

    private bool EmitChanged()
    {
        while (_changed.Count > 0)
        {
            SessionGroup session = _changed[0];
            _changed.RemoveAt(0);
            if (!Emit(session))
            {
                return false;
            }
        }

        return true;
    }

    private bool Emit(SessionGroup session)
    {
        if (session.IsShown && (session.IsGone || session.ShownStart != session.Start))
        {
            Take(session);
        }

        if (session.IsGone)
        {
            _table.Remove(session.Slot);
            _ofSlot.Remove(session.Slot);
            return true;
        }

        bool? shown = _latest!.Emit(session.Slot, session.Start, isShown: false, updates: session.IsShown);
        if (shown == false && session.IsShown)
        {
            Take(session);
        }

        session.IsShown = shown == true;
        (session.ShownStart, session.ShownEnd) = (session.Start, session.End);
        return shown is not null;
    }

    /// <summary>Takes back what was told of a session, where it was then.</summary>
    private void Take(SessionGroup session)
    {
        session.Told = (session.ShownStart, session.ShownEnd);
        _latest!.Delete(session.Slot, session.Start);
        session.Told = null;
        session.IsShown = false;
    }

    private void Progress()
    {
        if (_output > _handedOn)
        {
            _handedOn = _output;
            Next!.Advance(_output);
        }
    }

    /// <summary>The watermark of the output.</summary>
    private long Output() => _reached is long.MaxValue || _reached < long.MinValue + _node.Lateness + _math.Gap ? _reached : _reached - _node.Lateness + 1 - _math.Gap;

    private long NextTick()
    {
        Int128 interval = _node.EmitInterval;
        Int128 past = (Int128)_reached - _dueOrigin;
        Int128 steps = (past / interval) + (past < 0 && past % interval != 0 ? 0 : 1);
        Int128 due = _dueOrigin + (steps * interval);
        return due > long.MaxValue ? long.MaxValue : due < long.MinValue ? long.MinValue : (long)due;
    }

    private List<SessionGroup> ListOf(int key)
    {
        if (!_ofKey.TryGetValue(key, out List<SessionGroup>? sessions))
        {
            _ofKey.Add(key, sessions = []);
        }

        return sessions;
    }

    /// <summary>Forgets a key without sessions.</summary>
    private void Forget(int key)
    {
        if (ListOf(key).Count == 0)
        {
            _ofKey.Remove(key);
            _keys.Remove(key);
        }
    }

    /// <summary>The slot of the key that a session read back belongs to.</summary>
    private int KeyOf(int slot)
    {
        Vector[] keys = [.. _table.Keys.Select(k => k.NewVector())];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i].ClearNulls();
            _table.Keys[i].Copy([slot], keys[i], 0);
        }

        _keys.Hash(keys, Selection.All(1), _hashes);
        return _keys.FindOrAdd(0, _hashes[0], keys, 0, out _);
    }
}
