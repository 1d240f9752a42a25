using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>A join: each row meets what the other side has kept, and is kept until the watermark says that nothing can match it any more.</summary>
internal sealed class JoinStage : ChunkStage, IMeeting
{
    private readonly JoinSpec _join;
    private readonly RunState _run;
    private readonly int _width;
    private readonly BoxedValues[] _values;
    private readonly Vector[] _output;
    private readonly JoinPairCondition _condition;
    private readonly List<(object?[] Row, long Watermark)> _results = [];
    private readonly Side _left;
    private readonly Side _right;
    private long _watermark = long.MinValue;

    public JoinStage(ScanNode scan, RunState run)
    {
        _join = scan.Join!;
        _run = run;
        _width = scan.Inner[0].Plan.Columns.Count;
        _values = [.. scan.Columns.Select(c => BoxedValues.Of(c.Type))];
        _output = [.. _values.Select(v => v.NewVector())];
        _condition = new JoinPairCondition(_join, _values, run);
        JoinBound? bound = _join.Bound;
        bool picks = _join.Pick != JoinPick.All;
        long? leftKept = picks ? Math.Max(0, bound!.High) + bound.RightLag : bound?.LeftKept;
        long? rightKept = picks && bound!.Low > long.MinValue ? Math.Max(0, Math.Max(bound.LeftLag, Math.Max(0, bound.High) + bound.RightLag) - bound.Low) : bound?.RightKept;
        _left = new Side(this, 0, _width, _join.LeftKeys, bound?.LeftTime, bound?.LeftLag ?? 0, leftKept, _join.KeepsLeft);
        _right = new Side(this, _width, _values.Length - _width, _join.RightKeys, bound?.RightTime, bound?.RightLag ?? 0, rightKept, _join.KeepsRight);
    }

    /// <summary>What the left and the right side hand their rows to.</summary>
    public IReadOnlyList<ChunkStage> Ports => [_left, _right];

    public override long StateBytes => (_left.Kept.Count + _right.Kept.Count) * (long)_values.Length * sizeof(long);

    public override void Process(Chunk chunk) => throw new InvalidOperationException("A join takes rows through its ports.");

    public override void Advance(long watermark) => throw new InvalidOperationException("A join takes watermarks through its ports.");

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        _left.SaveRows(writer);
        _right.SaveRows(writer);
    }

    public override void Load(BinaryReader reader)
    {
        _watermark = reader.ReadInt64();
        _left.LoadRows(reader);
        _right.LoadRows(reader);
    }

    private void Reach(long watermark)
    {
        if (watermark <= _watermark)
        {
            return;
        }

        _watermark = watermark;
        var gone = _left.Kept.Where(k => k.Due < watermark).Select(k => (_left, k)).Concat(_right.Kept.Where(k => k.Due < watermark).Select(k => (_right, k))).OrderBy(g => g.k.Due);
        foreach ((Side side, Kept kept) in gone.ToList())
        {
            side.Kept.Remove(kept);
            if (_join.Pick != JoinPick.All && side == _left)
            {
                Answer(kept, kept.Due);
                continue;
            }

            if (side.KeepsUnmatched && !kept.IsMatched)
            {
                Add(side, kept, kept.Due);
            }
        }
    }

    private void Take(Side side, Side other, object?[] row)
    {
        long time = side.Time is { } ordinal ? (long)row[ordinal]! : 0;
        if (_join.Bound is not null && Saturated(time, side.Lag) < _watermark)
        {
            _run.LateRows++;
            return;
        }

        var taken = new Kept(row, time, side.KeptFor is { } kept ? Saturated(time, kept) : long.MaxValue, side.Keys.All(k => row[k] is not null));
        if (_join.Pick != JoinPick.All)
        {
            if (side == _left && taken.Due < _watermark)
            {
                Answer(taken, _watermark);
            }
            else if (side == _left || taken.HasKey)
            {
                side.Kept.Add(taken);
            }

            return;
        }

        if (taken.HasKey)
        {
            foreach (Kept candidate in other.Kept.Where(c => c.HasKey).Reverse().OrderByDescending(c => c.Time))
            {
                (Kept left, Kept right) = side == _left ? (taken, candidate) : (candidate, taken);
                long distance = right.Time - left.Time;
                bool isNear = _join.Bound is not { } bound || (distance >= bound.Low && distance <= bound.High);
                if (isNear && _condition.IsSameKey(left.Row, right.Row) && _condition.IsMatch(left.Row, right.Row, _watermark))
                {
                    if (_join.Type == JoinType.Semi && !left.IsMatched)
                    {
                        Add(_left, left, _watermark);
                    }

                    taken.IsMatched = candidate.IsMatched = true;
                    if (_join.Type is not (JoinType.Semi or JoinType.Anti))
                    {
                        _results.Add(([.. left.Row, .. right.Row], _watermark));
                    }
                }
            }
        }

        if (taken.Due < _watermark)
        {
            if (side.KeepsUnmatched && !taken.IsMatched)
            {
                Add(side, taken, _watermark);
            }
        }
        else if (taken.HasKey || side.KeepsUnmatched)
        {
            side.Kept.Add(taken);
        }
    }

    /// <summary>The row of the right side that counts for one of the left, whose time has come.</summary>
    private void Answer(Kept left, long watermark)
    {
        JoinBound bound = _join.Bound!;
        Kept? best = !left.HasKey ? null : _right.Kept
            .Where(r => r.Time - left.Time >= bound.Low && r.Time - left.Time <= bound.High && _condition.IsSameKey(left.Row, r.Row))
            .Reverse()
            .OrderBy(r => _join.Pick == JoinPick.Latest ? left.Time - r.Time : _join.Pick == JoinPick.Earliest ? r.Time - left.Time : Math.Abs(r.Time - left.Time))
            .ThenBy(r => r.Time)
            .FirstOrDefault();
        if (best is not null)
        {
            _results.Add(([.. left.Row, .. best.Row], watermark));
        }
        else if (_join.KeepsLeft)
        {
            Add(_left, left, watermark);
        }
    }

    private void Add(Side side, Kept row, long watermark)
    {
        var result = new object?[_values.Length];
        row.Row.CopyTo(result, side.First);
        _results.Add((result, watermark));
    }

    private void Flush()
    {
        for (int from = 0; from < _results.Count; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, _results.Count - from);
            Array.ForEach(_output, v => v.ClearNulls());
            for (int k = 0; k < count; k++)
            {
                JoinPairCondition.Fill(_output, _results[from + k].Row, k);
            }

            long[] watermarks = [.. _results.Skip(from).Take(count).Select(r => r.Watermark)];
            Next!.Process(new Chunk { Columns = _output, Rows = Selection.All(count), WatermarkBefore = watermarks, WatermarkAfter = watermarks[^1], Clock = _run.Clock });
        }

        _results.Clear();
        Next!.Advance(_watermark);
    }

    private static long Saturated(long time, long span) => span > 0 && time > long.MaxValue - span ? long.MaxValue : time + span;

    /// <summary>A row that may still match.</summary>
    private sealed record Kept(object?[] Row, long Time, long Due, bool HasKey)
    {
        public bool IsMatched { get; set; }
    }

    private sealed class Side(JoinStage join, int first, int columns, IReadOnlyList<int> keys, int? time, long lag, long? keptFor, bool keepsUnmatched) : ChunkStage
    {
        private long _watermark = long.MinValue;

        public int First => first;

        public IReadOnlyList<int> Keys => keys;

        public int? Time => time;

        public long Lag => lag;

        public long? KeptFor => keptFor;

        public bool KeepsUnmatched => keepsUnmatched;

        public List<Kept> Kept { get; } = [];

        private Side Other => this == join._left ? join._right : join._left;

        public override void Process(Chunk chunk)
        {
            for (int k = 0; k < chunk.Rows.Count; k++)
            {
                int row = chunk.Rows[k];
                join.Reach(Math.Min(chunk.WatermarkBefore[row], Other._watermark));
                join.Take(this, Other, [.. Enumerable.Range(0, columns).Select(i => join._values[first + i].Read(chunk.Column(i), row))]);
            }

            _watermark = Math.Max(_watermark, chunk.WatermarkAfter);
            join.Reach(Math.Min(_watermark, Other._watermark));
            join.Flush();
        }

        public override void Advance(long watermark)
        {
            _watermark = Math.Max(_watermark, watermark);
            join.Reach(Math.Min(_watermark, Other._watermark));
            join.Flush();
        }

        public void SaveRows(BinaryWriter writer)
        {
            writer.Write(_watermark);
            writer.Write(Kept.Count);
            foreach (Kept kept in Kept)
            {
                writer.Write(kept.Time);
                writer.Write(kept.Due);
                writer.Write(kept.HasKey);
                writer.Write(kept.IsMatched);
                for (int i = 0; i < columns; i++)
                {
                    join._values[first + i].Save(writer, kept.Row[i]);
                }
            }
        }

        public void LoadRows(BinaryReader reader)
        {
            _watermark = reader.ReadInt64();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                (long at, long due, bool hasKey, bool isMatched) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadBoolean(), reader.ReadBoolean());
                Kept.Add(new Kept([.. Enumerable.Range(0, columns).Select(i => join._values[first + i].Load(reader))], at, due, hasKey) { IsMatched = isMatched });
            }
        }
    }
}
