using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// GROUP BY whose windows do more than close: they are kept for late rows (ALLOW LATENESS), or emitted before their end (EMIT ON UPDATE, EMIT
/// EVERY). Row by row: what is due is asked for before each.
/// </summary>
internal sealed class ScheduledAggregateStage : ChunkStage
{
    private readonly WindowAggregateNode _node;
    private readonly WallClock? _clock;
    private readonly RunState _run;
    private readonly WindowMath _math;
    private readonly RowTimes _times;
    private readonly GroupingInput _input;
    private readonly GroupSlots _table;
    private readonly ChangesWriter _changes;
    private readonly LatestWriter _latest;
    private readonly SortedDictionary<long, Int32List> _windows = [];
    private readonly List<(int Slot, long Window)> _changed = [];
    private readonly HashSet<int> _isChanged = [];
    private readonly HashSet<int> _isShown = [];
    private readonly Pairs _pair = new();
    private readonly uint[] _hashes = new uint[Chunk.Size];
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly int[] _kept = new int[Chunk.Size];
    private readonly int[] _live = new int[Chunk.Size];
    private readonly long _dueOrigin;

    /// <summary>The watermark: windows that end by it have ended.</summary>
    private long _reached = long.MinValue;

    /// <param name="node">What to compute.</param>
    /// <param name="above">The filters and projections above the node; called anew for each use.</param>
    /// <param name="unfiltered">The projections alone, for rows that leave the result.</param>
    /// <param name="run">Counters and the error policy.</param>
    public ScheduledAggregateStage(WindowAggregateNode node, Func<Transform> above, Transform unfiltered, RunState run)
    {
        _node = node;
        _clock = node.Emit == EmitMode.ByClock ? new WallClock(node.EmitInterval) : null;
        _run = run;
        _math = new WindowMath(node.Window, RowTimes.LagOf(node.Window.Time, node.Input));
        _times = new RowTimes(node.Window.Time, _math, node.NeedsTime);
        _input = new GroupingInput(node);
        _dueOrigin = Sql.Streaming.EventTime.Epoch(node.Window.Time.Type);
        KeyColumn[] keys = [.. node.Keys.Select(k => (KeyColumn)ClrValueTypes.Make(typeof(KeyColumn<>), [ClrValueTypes.Of(k.Type)]))];
        _table = new GroupSlots(keys)
        {
            Grown = capacity =>
            {
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Resize(capacity);
                }
            },
        };
        GroupColumns Columns() => new(_table, _input.Aggregates, _math);
        _changes = new ChangesWriter(Columns(), Columns(), above(), above(), this, run);
        _latest = new LatestWriter(Columns(), above(), unfiltered, this, run);
    }

    public override long StateBytes => _table.Count * (16L + (16L * (_table.Keys.Length + _input.Aggregates.Length)));

    private bool Gathers => _node.Emit is EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock;

    public override void Process(Chunk chunk)
    {
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
        _table.Hash(_input.Keys, live, _hashes);
        for (int k = 0; k < rows.Count; k++)
        {
            if (!Reach(_math.Effective(chunk.WatermarkBefore[rows[k]])) || !Assign(chunk, rows[k]))
            {
                return;
            }
        }

        // The last rows of a query below come with the end of time behind them.
        long after = _math.Effective(chunk.WatermarkAfter);
        if (IsKnown(after) && Reach(after) && (_node.Emit != EmitMode.OnUpdate || EmitChanged(null)))
        {
            Next!.Advance(Output());
        }
    }

    public override void Advance(long watermark)
    {
        watermark = _math.Effective(watermark);
        if (IsKnown(watermark) && Reach(watermark))
        {
            Next!.Advance(Output());
        }
    }

    /// <summary>At the end a group of no rows has its result; false when that fails.</summary>
    private bool IsKnown(long watermark) =>
        watermark < long.MaxValue || (!_node.IsGlobal && _node.EmptySets.Count == 0) || _windows.Count > 0 || _reached == long.MaxValue || AddNone();

    public override void AdvanceClock(long now)
    {
        if (_clock?.Passes(now) == true)
        {
            EmitChanged(null);
        }
    }

    public override void Save(BinaryWriter writer)
    {
        _clock?.Save(writer);
        writer.Write(_reached);
        writer.Write(_windows.Count);
        foreach ((long window, Int32List slots) in _windows)
        {
            writer.Write(window);
            writer.Write(slots.Count);
            foreach (int slot in slots.Span)
            {
                _table.Save(writer, slot);
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Save(writer, slot);
                }

                writer.Write(_isShown.Contains(slot));
                writer.Write(_isChanged.Contains(slot) ? _changed.FindIndex(c => c.Slot == slot) : -1);
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        _clock?.Load(reader);
        _reached = reader.ReadInt64();
        int windows = reader.ReadInt32();
        var changed = new SortedDictionary<int, (int, long)>();
        for (int i = 0; i < windows; i++)
        {
            long window = reader.ReadInt64();
            int count = reader.ReadInt32();
            for (int k = 0; k < count; k++)
            {
                int slot = _table.Load(reader, window);
                WindowOf(window).Add(slot);
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Reset(slot);
                    aggregate.Load(reader, slot);
                }

                if (reader.ReadBoolean())
                {
                    _isShown.Add(slot);
                }

                int order = reader.ReadInt32();
                if (order >= 0)
                {
                    _isChanged.Add(slot);
                    changed.Add(order, (slot, window));
                }
            }
        }

        _changed.AddRange(changed.Values);
    }

    /// <summary>Puts a row into its groups; false when a failure ends the query.</summary>
    private bool Assign(Chunk chunk, int row)
    {
        bool late = false;
        for (long window = _times.First[row]; window <= _times.Last[row]; window++)
        {
            if (_math.IsRepeated(window))
            {
                continue;
            }

            long end = _math.EndOf(window);
            if (!_math.IsWhole && end + _node.Lateness <= _reached)
            {
                late = true;
                continue;
            }

            int slot = _table.FindOrAdd(window, _hashes[row], _input.Keys, row, out bool added);
            if (added)
            {
                Begin(slot, window);
            }

            bool changes = _node.Emit == EmitMode.Changes || (_node.Emit == EmitMode.OnWindowClose && end <= _reached);
            if (changes)
            {
                _changes.Before(slot, window, added);
            }

            _pair.Clear();
            _pair.Add(row, slot);
            _input.Update(_times.Times, _pair, 0);
            if (changes && !(_changes.After(slot, window) && _changes.Flush()))
            {
                return false;
            }

            if (Gathers && _isChanged.Add(slot))
            {
                _changed.Add((slot, window));
            }
        }

        if (late && _input.IsFirstOfRow(chunk, row))
        {
            _run.AddLate(chunk.Origins is { } origins ? origins[row] : row);
        }

        return true;
    }

    private void Begin(int slot, long window)
    {
        foreach (Aggregate aggregate in _input.Aggregates)
        {
            aggregate.Reset(slot);
        }

        WindowOf(window).Add(slot);
    }

    private bool AddNone()
    {
        foreach (Vector[] keys in _input.KeysOfNone())
        {
            uint[] hash = new uint[1];
            _table.Hash(keys, Selection.All(1), hash);
            int slot = _table.FindOrAdd(0, hash[0], keys, 0, out _);
            Begin(slot, 0);
            _isChanged.Add(slot);
            _changed.Add((slot, 0));
        }

        return true;
    }

    /// <summary>Does what a watermark makes due, in order of time; false when a failure ends the query.</summary>
    private bool Reach(long watermark)
    {
        while (true)
        {
            // What is next: changed groups, the end of a window, the end of its keeping.
            long due = _node.Emit == EmitMode.Every && _changed.Count > 0 && _reached != long.MinValue ? NextDue() : long.MaxValue;
            KeyValuePair<long, Int32List>[] open = [.. _windows.Where(w => _math.EndOf(w.Key) > _reached).GroupBy(w => _math.EndOf(w.Key)).Take(1).SelectMany(w => w)];
            long end = open.Length > 0 ? _math.EndOf(open[0].Key) : long.MaxValue;
            long forgotten = _windows.Count > 0 && !_math.IsWhole ? _math.EndOf(_windows.First().Key) + _node.Lateness : long.MaxValue;
            if (due < long.MaxValue && due <= Math.Min(watermark, Math.Min(end, forgotten)))
            {
                if (!EmitChanged(null))
                {
                    return false;
                }
            }
            else if (open.Length > 0 && end <= Math.Min(watermark, forgotten))
            {
                if (!open.All(w => End(w.Key, w.Value)))
                {
                    return false;
                }

                _reached = end;
                foreach (KeyValuePair<long, Int32List> window in open.Where(_ => _math.IsWhole || _node.Lateness == 0))
                {
                    Forget(window.Key);
                }
            }
            else if (_windows.Count > 0 && !_math.IsWhole && forgotten <= watermark)
            {
                long oldest = _windows.First().Key;
                if (!EmitChanged(oldest))
                {
                    return false;
                }

                Forget(oldest);
            }
            else
            {
                break;
            }
        }

        _reached = Math.Max(_reached, watermark);
        return true;
    }

    private bool End(long window, Int32List slots)
    {
        if (_node.Emit != EmitMode.OnWindowClose)
        {
            return EmitChanged(window);
        }

        foreach (int slot in slots.Span)
        {
            _changes.Before(slot, window, isNew: true);
            if (!(_changes.After(slot, window) && _changes.Flush()))
            {
                return false;
            }
        }

        return true;
    }

    private void Forget(long window)
    {
        foreach (int slot in _windows[window].Span)
        {
            _table.Remove(slot);
            _isShown.Remove(slot);
        }

        _windows.Remove(window);
    }

    /// <summary>Emits what has changed, of one window or of all.</summary>
    private bool EmitChanged(long? window)
    {
        for (int i = 0; i < _changed.Count; i++)
        {
            (int slot, long number) = _changed[i];
            if (window is { } only && number != only)
            {
                continue;
            }

            _changed.RemoveAt(i--);
            _isChanged.Remove(slot);
            bool? shown = _latest.Emit(slot, number, _isShown.Contains(slot));
            if (shown is null)
            {
                return false;
            }

            _isShown.Remove(slot);
            if (shown.Value)
            {
                _isShown.Add(slot);
            }
        }

        return true;
    }

    private long NextDue()
    {
        Int128 steps = (((Int128)_reached - _dueOrigin) / _node.EmitInterval) + (_reached < _dueOrigin && ((Int128)_reached - _dueOrigin) % _node.EmitInterval != 0 ? 0 : 1);
        Int128 due = _dueOrigin + (steps * _node.EmitInterval);
        return due > long.MaxValue ? long.MaxValue : due < long.MinValue ? long.MinValue : (long)due;
    }

    private long Output() => _math.IsWhole || _reached is long.MinValue or long.MaxValue || _reached < long.MinValue + _node.Lateness
        ? _reached
        : _math.OutputWatermark(_reached - _node.Lateness);

    private Int32List WindowOf(long window)
    {
        if (!_windows.TryGetValue(window, out Int32List? slots))
        {
            slots = new Int32List();
            _windows.Add(window, slots);
        }

        return slots;
    }
}
