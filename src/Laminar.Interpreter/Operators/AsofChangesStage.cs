using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>A join as of a time whose answers change: each is worked out anew from all rows of the right side when one comes, and told then, or when no other can come.</summary>
internal sealed class AsofChangesStage : ChunkStage, IMeeting
{
    private readonly JoinSpec _join;
    private readonly RunState _run;
    private readonly int _width;
    private readonly BoxedChanges _changes;
    private readonly JoinPairCondition _condition;
    private readonly List<Waiting> _waiting = [];
    private readonly List<object?[]> _rights = [];
    private readonly Side _left;
    private readonly Side _right;
    private long _watermark = long.MinValue;

    public AsofChangesStage(ScanNode scan, RunState run)
    {
        _join = scan.Join!;
        _run = run;
        _width = scan.Inner[0].Plan.Columns.Count;
        _changes = new BoxedChanges(scan.Columns, _join.IsUpdating);
        _condition = new JoinPairCondition(_join, _changes.Values, run);
        _left = new Side(this, 0, _width);
        _right = new Side(this, _width, scan.Columns.Count - _width);
    }

    /// <summary>What the left and the right side hand their rows to.</summary>
    public IReadOnlyList<ChunkStage> Ports => [_left, _right];

    public override long StateBytes => (_waiting.Count + _rights.Count) * (long)_changes.Values.Length * sizeof(long);

    private JoinBound Bound => _join.Bound!;

    public override void Process(Chunk chunk) => throw new InvalidOperationException("A join takes rows through its ports.");

    public override void Advance(long watermark) => throw new InvalidOperationException("A join takes watermarks through its ports.");

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        _left.SaveRows(writer, [.. _waiting.Select(w => w.Row)]);
        _right.SaveRows(writer, _rights);
    }

    public override void Load(BinaryReader reader)
    {
        _watermark = reader.ReadInt64();
        List<object?[]> lefts = _left.LoadRows(reader);
        _rights.AddRange(_right.LoadRows(reader));
        _waiting.AddRange(lefts.Select(row => new Waiting(row, TimeOf(row, Bound.LeftTime)) { Best = Best(row) }));
    }

    private static long TimeOf(object?[] row, int ordinal) => (long)row[ordinal]!;

    private static long Saturated(long time, long span) => span > 0 && time > long.MaxValue - span ? long.MaxValue : time + span;

    private void Reach(long watermark)
    {
        if (watermark <= _watermark)
        {
            return;
        }

        _watermark = watermark;
        foreach (Waiting final in _waiting.Where(w => FinalAt(w) < watermark || watermark == long.MaxValue).OrderBy(FinalAt).ToList())
        {
            _waiting.Remove(final);
            if (!_join.IsUpdating)
            {
                _changes.Tell(null, Result(final.Row, final.Best), Next!, _watermark);
            }
        }
    }

    private void Take(Side side, object?[] row)
    {
        bool isLeft = side == _left;
        long time = TimeOf(row, isLeft ? Bound.LeftTime : Bound.RightTime);
        if (Saturated(time, isLeft ? Bound.LeftLag : Bound.RightLag) < _watermark)
        {
            _run.LateRows++;
            return;
        }

        bool hasKey = (isLeft ? _join.LeftKeys : _join.RightKeys).All(k => row[k] is not null);
        if (isLeft)
        {
            var waiting = new Waiting(row, time) { Best = hasKey ? Best(row) : null };
            bool isFinal = !hasKey || FinalAt(waiting) < _watermark;
            if (isFinal || _join.IsUpdating)
            {
                _changes.Tell(null, Result(row, waiting.Best), Next!, _watermark);
            }

            if (!isFinal)
            {
                _waiting.Add(waiting);
            }
        }
        else if (hasKey)
        {
            _rights.Add(row);
            foreach (Waiting waiting in _waiting)
            {
                Answer(waiting);
            }
        }
    }

    private void Answer(Waiting waiting)
    {
        object?[]? was = waiting.Best;
        waiting.Best = Best(waiting.Row);
        if (!_join.IsUpdating || ReferenceEquals(was, waiting.Best))
        {
            return;
        }

        if (was is null)
        {
            _changes.Tell(Result(waiting.Row, null), null, Next!, _watermark);
        }

        _changes.Tell(was is null ? null : Result(waiting.Row, was), Result(waiting.Row, waiting.Best), Next!, _watermark);
    }

    private object?[]? Best(object?[] left)
    {
        long time = TimeOf(left, Bound.LeftTime);
        long Distance(object?[] right) => TimeOf(right, Bound.RightTime) - time;
        return _rights
            .Where(r => (Bound.Low == long.MinValue || Distance(r) >= Bound.Low) && (Bound.High == long.MaxValue || Distance(r) <= Bound.High) && _condition.IsSameKey(left, r))
            .Reverse()
            .OrderBy(r => _join.Pick == JoinPick.Latest ? -Distance(r) : _join.Pick == JoinPick.Earliest ? Distance(r) : Math.Abs(Distance(r)))
            .ThenBy(Distance)
            .FirstOrDefault();
    }

    private long FinalAt(Waiting waiting)
    {
        long last = Bound.High == long.MaxValue ? long.MaxValue : Saturated(waiting.Time, Bound.High);
        if (waiting.Best is not null && _join.Pick != JoinPick.Latest)
        {
            last = Math.Min(last, waiting.Time + Math.Abs(TimeOf(waiting.Best, Bound.RightTime) - waiting.Time));
        }

        return Saturated(Math.Max(last, waiting.Time), Bound.RightLag);
    }

    /// <summary>Null: the row isn't put out.</summary>
    private object?[]? Result(object?[] left, object?[]? right)
    {
        if (right is null && !_join.KeepsLeft)
        {
            return null;
        }

        var result = new object?[_changes.Values.Length];
        left.CopyTo(result, 0);
        right?.CopyTo(result, _width);
        return result;
    }

    private void Flush()
    {
        _changes.Send(Next!);
        Next!.Advance(_watermark);
    }

    private sealed class Waiting(object?[] row, long time)
    {
        public object?[] Row { get; } = row;

        public long Time { get; } = time;

        /// <summary>The row of the right side that counts so far.</summary>
        public object?[]? Best { get; set; }
    }

    private sealed class Side(AsofChangesStage join, int first, int columns) : ChunkStage
    {
        private readonly BoxedValues[] _values = [.. join._changes.Values.Skip(first).Take(columns)];
        private long _watermark = long.MinValue;

        private Side Other => this == join._left ? join._right : join._left;

        public override void Process(Chunk chunk)
        {
            for (int k = 0; k < chunk.Rows.Count; k++)
            {
                join.Reach(Math.Min(chunk.WatermarkBefore[chunk.Rows[k]], Other._watermark));
                join.Take(this, BoxedChanges.Read(chunk, chunk.Rows[k], _values, columns));
            }

            Advance(chunk.WatermarkAfter);
        }

        public override void Advance(long watermark)
        {
            _watermark = Math.Max(_watermark, watermark);
            join.Reach(Math.Min(_watermark, Other._watermark));
            join.Flush();
        }

        public void SaveRows(BinaryWriter writer, IReadOnlyList<object?[]> rows)
        {
            writer.Write(_watermark);
            writer.Write(rows.Count);
            foreach (object?[] row in rows)
            {
                for (int i = 0; i < columns; i++)
                {
                    _values[i].Save(writer, row[i]);
                }
            }
        }

        public List<object?[]> LoadRows(BinaryReader reader)
        {
            _watermark = reader.ReadInt64();
            return [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => (object?[])[.. _values.Select(v => v.Load(reader))])];
        }
    }
}
