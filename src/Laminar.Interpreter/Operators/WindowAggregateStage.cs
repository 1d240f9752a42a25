using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// GROUP BY keys and a window. A chunk is worked through in pieces that end where the watermark closes a window; within a piece every
/// aggregate takes all rows in one loop.
/// </summary>
internal sealed class WindowAggregateStage : ChunkStage
{
    private readonly RunState _run;
    private readonly WindowMath _math;
    private readonly bool _givesNone;
    private readonly RowTimes _times;
    private readonly GroupingInput _input;
    private readonly GroupSlots _table;
    private readonly ChangesWriter? _changes;
    private readonly GroupColumns _closing;
    private readonly SortedDictionary<long, Int32List> _windows = [];
    private readonly Pairs _pairs = new();
    private readonly uint[] _hashes = new uint[Chunk.Size];
    private readonly int[] _live = new int[Chunk.Size];
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly int[] _kept = new int[Chunk.Size];
    private long _nextClose = long.MaxValue;
    private long _output = long.MinValue;
    private long _lastNumber = long.MinValue;
    private Int32List? _lastWindow;
    private int _closingCount;

    /// <param name="node">What to compute.</param>
    /// <param name="above">For EMIT CHANGES: the filters and projections above the node, which decide what a change is; called twice. Otherwise null.</param>
    /// <param name="run">Counters and the error policy.</param>
    public WindowAggregateStage(WindowAggregateNode node, Func<Transform>? above, RunState run)
    {
        _run = run;
        _math = new WindowMath(node.Window, RowTimes.LagOf(node.Window.Time, node.Input));
        _times = new RowTimes(node.Window.Time, _math, node.NeedsTime);
        _givesNone = node.IsGlobal || node.EmptySets.Count > 0;
        _input = new GroupingInput(node);
        KeyColumn[] keys = [.. node.Keys.Select(k => (KeyColumn)Expressions.ClrValueTypes.Make(typeof(KeyColumn<>), [Expressions.ClrValueTypes.Of(k.Type)]))];
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
        _closing = new GroupColumns(_table, _input.Aggregates, _math);
        _changes = above is null
            ? null
            : new ChangesWriter(
                new GroupColumns(_table, _input.Aggregates, _math), new GroupColumns(_table, _input.Aggregates, _math), above(), above(), this, run);
    }

    public override long StateBytes => _table.Count * (16L + (16L * (_table.Keys.Length + _input.Aggregates.Length)));

    public override void Process(Chunk chunk)
    {
        _closing.Chunk.Clock = chunk.Clock;
        _times.Errors.Clear();
        Selection rows = _times.Compute(chunk, chunk.Rows);
        Selection live = Timed(rows);
        _input.Compute(chunk, live, _times.Errors, _scratch);
        rows = _run.Resolve(chunk, rows, _times.Errors, _kept);
        _table.Hash(_input.Keys, live, _hashes);
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            long watermark = _math.Effective(chunk.WatermarkBefore[row]);
            if (watermark >= _nextClose && !CloseAndSend(watermark))
            {
                return;
            }

            if (!Assign(chunk, row, watermark))
            {
                return;
            }
        }

        if (_changes is null || _changes.Flush())
        {
            Advance(chunk.WatermarkAfter);
        }
    }

    public override void Advance(long watermark)
    {
        watermark = _math.Effective(watermark);
        if ((watermark == long.MaxValue && _givesNone && _windows.Count == 0 && _output != long.MaxValue && !AddNone()) || !CloseAndSend(watermark))
        {
            return;
        }

        long output = _math.OutputWatermark(watermark);
        if (output > _output)
        {
            _output = output;
            Next!.Advance(output);
        }
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_output);
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
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        _output = reader.ReadInt64();
        int windows = reader.ReadInt32();
        for (int i = 0; i < windows; i++)
        {
            long window = reader.ReadInt64();
            Int32List slots = WindowOf(window);
            int count = reader.ReadInt32();
            for (int k = 0; k < count; k++)
            {
                int slot = _table.Load(reader, window);
                slots.Add(slot);
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Reset(slot);
                    aggregate.Load(reader, slot);
                }
            }
        }
    }

    /// <summary>The rows with a time. Keys and arguments are computed for late rows too: a row that fails is an error row first.</summary>
    private Selection Timed(Selection rows)
    {
        int count = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (!_times.Errors.Any || _times.Errors[row] is null)
            {
                _live[count++] = row;
            }
        }

        return new Selection(_live, count);
    }

    /// <summary>Puts a row into its groups; false when a failure ends the query.</summary>
    private bool Assign(Chunk chunk, int row, long watermark)
    {
        bool late = false;
        for (long window = _times.First[row]; window <= _times.Last[row]; window++)
        {
            if (_math.IsRepeated(window))
            {
                continue;
            }

            if (_math.EndOf(window) <= watermark && !_math.IsWhole)
            {
                late = true;
                continue;
            }

            int slot = _table.FindOrAdd(window, _hashes[row], _input.Keys, row, out bool added);
            if (added)
            {
                foreach (Aggregate aggregate in _input.Aggregates)
                {
                    aggregate.Reset(slot);
                }

                WindowOf(window).Add(slot);
            }

            if (_changes is null)
            {
                _pairs.Add(row, slot);
                continue;
            }

            // A changelog shows every step, so each pair is applied by itself between two pictures of its group.
            _changes.Before(slot, window, added);
            _pairs.Add(row, slot);
            Settle();
            if (!_changes.After(slot, window))
            {
                return false;
            }
        }

        if (late && _input.IsFirstOfRow(chunk, row))
        {
            _run.AddLate(chunk.Origins is { } origins ? origins[row] : row);
        }

        return true;
    }

    /// <summary>The groups of no rows, which a query without keys and window has; false when a failure ends the query.</summary>
    private bool AddNone()
    {
        foreach (Vector[] keys in _input.KeysOfNone())
        {
            uint[] hash = new uint[1];
            _table.Hash(keys, Selection.All(1), hash);
            int slot = _table.FindOrAdd(0, hash[0], keys, 0, out _);
            foreach (Aggregate aggregate in _input.Aggregates)
            {
                aggregate.Reset(slot);
            }

            WindowOf(0).Add(slot);
            _changes?.Before(slot, 0, isNew: true);
            if (_changes?.After(slot, 0) == false)
            {
                return false;
            }
        }

        return _changes is null || _changes.Flush();
    }

    private void Settle()
    {
        if (_pairs.Count > 0)
        {
            _input.Update(_times.Times, _pairs, 0);
            _pairs.Clear();
        }
    }

    private Int32List WindowOf(long window)
    {
        if (_lastWindow is not null && window == _lastNumber)
        {
            return _lastWindow;
        }

        if (!_windows.TryGetValue(window, out Int32List? slots))
        {
            slots = new Int32List();
            _windows.Add(window, slots);
            _nextClose = Math.Min(_nextClose, _math.EndOf(window));
        }

        _lastNumber = window;
        _lastWindow = slots;
        return slots;
    }

    /// <summary>
    /// Closes every window that ends by the watermark, in order of their ends, hands on their groups and frees them; false when a failure ends
    /// the query.
    /// </summary>
    private bool CloseAndSend(long watermark)
    {
        Settle();
        if (watermark < _nextClose)
        {
            return true;
        }

        _lastWindow = null;
        while (_windows.Count > 0 && _windows.First() is var (window, slots) && _math.EndOf(window) <= watermark)
        {
            long end = _math.EndOf(window);
            if (!_math.IsWhole)
            {
                // Whatever windows there could be before this one have closed.
                _output = Math.Max(_output, _math.OutputWatermark(end - 1));
            }

            if (_changes is null && !Collect(slots, window))
            {
                return false;
            }

            foreach (int slot in slots.Span)
            {
                _table.Remove(slot);
            }

            _windows.Remove(window);
            _output = Math.Max(_output, _math.OutputWatermark(end));
        }

        _nextClose = _windows.Count > 0 ? _math.EndOf(_windows.First().Key) : long.MaxValue;
        return Send();
    }

    private bool Collect(Int32List slots, long window)
    {
        ReadOnlySpan<int> rest = slots.Span;
        while (rest.Length > 0)
        {
            if (_closingCount == Chunk.Size && !Send())
            {
                return false;
            }

            if (_closingCount == 0)
            {
                _closing.Begin();
            }

            int count = Math.Min(rest.Length, Chunk.Size - _closingCount);
            _closing.Write(rest[..count], window, _closingCount, _output);
            _closingCount += count;
            rest = rest[count..];
        }

        return true;
    }

    /// <summary>Hands on the groups collected; false when a failure ends the query.</summary>
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
}
