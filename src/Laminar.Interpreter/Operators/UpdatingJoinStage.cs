using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>A join whose result changes: at each step the pairs that there are, and the rows alone, are worked out from all rows of both sides.</summary>
internal sealed class UpdatingJoinStage : ChunkStage, IMeeting
{
    private readonly JoinSpec _join;
    private readonly RunState _run;
    private readonly BoxedValues[] _values;
    private readonly JoinPairCondition _condition;
    private readonly Vector[] _row;
    private readonly ChangeColumns _changes;
    private readonly Side _left;
    private readonly Side _right;

    public UpdatingJoinStage(ScanNode scan, RunState run)
    {
        _join = scan.Join!;
        _run = run;
        int width = scan.Inner[0].Plan.Columns.Count;
        _values = [.. scan.Columns.Select(c => BoxedValues.Of(c.Type))];
        _condition = new JoinPairCondition(_join, _values, run);
        _row = [.. _values.Select(v => v.NewVector())];
        _changes = new ChangeColumns(_row);
        bool isSemi = _join.Type == JoinType.Semi;
        _left = new Side(this, 0, width, _join.LeftKeys, matches => isSemi ? matches > 0 : _join.KeepsLeft && matches == 0);
        _right = new Side(this, width, _values.Length - width, _join.RightKeys, matches => _join.KeepsRight && matches == 0);
    }

    /// <summary>What the left and the right side hand their rows to.</summary>
    public IReadOnlyList<ChunkStage> Ports => [_left, _right];

    public override long StateBytes => (_left.Rows.Count + _right.Rows.Count) * (long)_values.Length * sizeof(long);

    private bool EmitsPairs => _join.Type is not (JoinType.Semi or JoinType.Anti);

    public override void Process(Chunk chunk) => throw new InvalidOperationException("A join takes rows through its ports.");

    public override void Advance(long watermark) => throw new InvalidOperationException("A join takes watermarks through its ports.");

    public override void Save(BinaryWriter writer)
    {
        _left.SaveRows(writer);
        _right.SaveRows(writer);
    }

    public override void Load(BinaryReader reader)
    {
        _left.LoadRows(reader);
        _right.LoadRows(reader);
    }

    /// <summary>Whether two rows are together.</summary>
    private bool Meet(Side side, object?[] own, object?[] other, bool isNew)
    {
        (object?[] left, object?[] right) = side == _left ? (own, other) : (other, own);
        return HasKey(_left, left) && HasKey(_right, right) && _condition.IsSameKey(left, right) && _condition.IsMatch(left, right, long.MinValue, isNew);
    }

    private static bool HasKey(Side side, object?[] row) => side.Keys.All(k => row[k] is not null);

    /// <param name="side">Whose rows change.</param>
    /// <param name="gone">The row that goes; null: none does.</param>
    /// <param name="come">The row that comes; null: none does.</param>
    private void Step(Side side, object?[]? gone, object?[]? come)
    {
        if (gone is not null && come is not null && !side.Keys.All(k => IsSame(side.First + k, gone[k], come[k])))
        {
            Step(side, gone, null);
            Step(side, null, come);
            return;
        }

        Side other = side == _left ? _right : _left;
        int at = gone is null ? side.Rows.Count : side.Rows.FindIndex(r => Enumerable.Range(0, r.Length).All(i => IsSame(side.First + i, r[i], gone[i])));
        if (at < 0)
        {
            throw new LaminarException("A row is taken back that isn't there.");
        }

        var others = other.Rows.AsEnumerable().Reverse().Select(o => (Row: o, Was: gone is not null && Meet(side, gone, o, isNew: false), Is: come is not null && Meet(side, come, o, isNew: true))).ToList();
        bool was = gone is not null && side.IsShown(others.Count(o => o.Was));
        bool isIn = come is not null && side.IsShown(others.Count(o => o.Is));
        if (was && !isIn && come is not null)
        {
            Put(side, gone!, null, RowKind.Delete);
        }

        // What rows of the other side have found besides this one.
        int Besides(object?[] row) => side.Rows.Where((_, i) => i != at).Count(r => Meet(side, r, row, isNew: false));
        foreach ((object?[] row, bool met, bool meets) in others)
        {
            bool shown = other.IsShown(Besides(row) + (met ? 1 : 0));
            bool shows = other.IsShown(Besides(row) + (meets ? 1 : 0));
            if (met && meets && EmitsPairs)
            {
                Replace(side, gone!, come!, row);
            }

            if (meets && !met && shown && !shows)
            {
                Put(other, row, null, RowKind.Delete);
            }

            if (met != meets && EmitsPairs)
            {
                Put(side, met ? gone! : come!, row, met ? RowKind.Delete : RowKind.Insert);
            }

            if (shown != shows && !(meets && !met && shown))
            {
                Put(other, row, null, shown ? RowKind.Delete : RowKind.Insert);
            }
        }

        if (gone is not null && come is not null)
        {
            side.Rows[at] = come;
        }
        else if (gone is not null)
        {
            side.Rows.RemoveAt(at);
        }
        else
        {
            side.Rows.Add(come!);
        }

        if (was && isIn)
        {
            Replace(side, gone!, come!, null);
        }
        else if (isIn)
        {
            Put(side, come!, null, RowKind.Insert);
        }
        else if (was && come is null)
        {
            Put(side, gone!, null, RowKind.Delete);
        }
    }

    private bool IsSame(int column, object? a, object? b) => a is null || b is null ? a is null && b is null : _values[column].Key(a).Equals(_values[column].Key(b));

    private void Replace(Side side, object?[] before, object?[] after, object?[]? other)
    {
        if (!Enumerable.Range(0, before.Length).All(i => IsSame(side.First + i, before[i], after[i])))
        {
            Put(side, before, other, RowKind.UpdateBefore);
            Put(side, after, other, RowKind.UpdateAfter);
        }
    }

    private void Put(Side side, object?[] own, object?[]? other, RowKind kind)
    {
        var result = new object?[_values.Length];
        own.CopyTo(result, side.First);
        other?.CopyTo(result, side == _left ? _right.First : 0);
        System.Array.ForEach(_row, v => v.ClearNulls());
        JoinPairCondition.Fill(_row, result, 0);
        _changes.Add(new Chunk { Columns = _row, Rows = Selection.All(1), WatermarkBefore = [] }, 0, kind, Next!);
    }

    private sealed class Side(UpdatingJoinStage join, int first, int columns, IReadOnlyList<int> keys, Func<int, bool> isShown) : ChunkStage
    {
        private long _watermark = long.MinValue;

        public int First => first;

        public IReadOnlyList<int> Keys => keys;

        public List<object?[]> Rows { get; } = [];

        /// <summary>Whether a row with so many matches is put out alone.</summary>
        public bool IsShown(int matches) => isShown(matches);

        public override void Process(Chunk chunk)
        {
            object?[] Row(int k) => [.. Enumerable.Range(0, columns).Select(i => join._values[first + i].Read(chunk.Column(i), chunk.Rows[k]))];
            RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
            for (int k = 0; k < chunk.Rows.Count && join._run.Fault is null; k++)
            {
                if (Kind(k) is RowKind.Insert or RowKind.UpdateAfter)
                {
                    join.Step(this, null, Row(k));
                }
                else if (Kind(k) == RowKind.UpdateBefore && k + 1 < chunk.Rows.Count && Kind(k + 1) == RowKind.UpdateAfter)
                {
                    join.Step(this, Row(k), Row(++k));
                }
                else
                {
                    join.Step(this, Row(k), null);
                }
            }

            join._changes.Send(join.Next!);
            Advance(chunk.WatermarkAfter);
        }

        public override void Advance(long watermark)
        {
            _watermark = Math.Max(_watermark, watermark);
            join.Next!.Advance(Math.Min(_watermark, (this == join._left ? join._right : join._left)._watermark));
        }

        public void SaveRows(BinaryWriter writer)
        {
            writer.Write(_watermark);
            writer.Write(Rows.Count);
            foreach (object?[] row in Rows)
            {
                for (int i = 0; i < columns; i++)
                {
                    join._values[first + i].Save(writer, row[i]);
                }
            }
        }

        public void LoadRows(BinaryReader reader)
        {
            _watermark = reader.ReadInt64();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                Rows.Add([.. Enumerable.Range(0, columns).Select(i => join._values[first + i].Load(reader))]);
            }
        }
    }
}
