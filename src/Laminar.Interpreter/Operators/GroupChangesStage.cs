using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Groups of rows that change: the rows of each are kept, and what is made of them is worked out from all of them at each step.</summary>
internal sealed class GroupChangesStage : ChunkStage
{
    private readonly WindowAggregateNode _node;
    private readonly RunState _run;
    private readonly BoxedValues[] _values;
    private readonly FrameResults _results;
    private readonly BoxedChanges _changes;
    private readonly ChunkErrors _errors = new();
    private readonly Dictionary<string, Group> _groups = [];
    private readonly WindowMath? _math;
    private bool _hasEnded;
    private long _watermark = long.MinValue;
    private long _nextEnd = long.MinValue;

    public GroupChangesStage(WindowAggregateNode node, RunState run)
    {
        _node = node;
        _run = run;
        _values = [.. node.Input.Columns.Select(c => BoxedValues.Of(c.Type))];
        _results = new FrameResults(node.Aggregates, node.Input.Columns.Count, _values);
        _changes = new BoxedChanges(node.Columns, node.IsUpdating);
        _math = node.Closes is null ? null : new WindowMath(node.Closes, 0);
    }

    public override long StateBytes => _groups.Values.Sum(g => g.Rows.Count) * (long)_values.Length * sizeof(long);

    private bool IsGlobal => _node.Keys.Count == 0;

    public override void Process(Chunk chunk)
    {
        object?[] Row(int k) => BoxedChanges.Read(chunk, chunk.Rows[k], _values, _values.Length);
        RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
        for (int k = 0; k < chunk.Rows.Count && _run.Fault is null; k++)
        {
            if (chunk.Rows[k] < chunk.WatermarkBefore.Length && chunk.WatermarkBefore[chunk.Rows[k]] > _watermark)
            {
                Advance(chunk.WatermarkBefore[chunk.Rows[k]]);
            }

            object?[] row = Row(k);
            bool isLate = IsLate(row, chunk.Rows[k]);
            object?[]? gone = Kind(k) is RowKind.Insert or RowKind.UpdateAfter ? null : row;
            object?[]? come = gone is null ? row : null;
            if (Kind(k) == RowKind.UpdateBefore && k + 1 < chunk.Rows.Count && Kind(k + 1) == RowKind.UpdateAfter && KeyOf(Row(k + 1)) == KeyOf(row))
            {
                come = Row(++k);
            }

            if (!isLate)
            {
                Step(row, gone, come);
            }
        }

        _changes.Send(Next!);
        Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark)
    {
        if (watermark == long.MaxValue && !_hasEnded)
        {
            _hasEnded = true;
            AddEmpty();
        }

        _watermark = Math.Max(_watermark, watermark);
        if (Ends)
        {
            End();
        }

        _changes.Send(Next!);
        if (_math is null)
        {
            Next!.Advance(watermark);
        }
        else if (Behind(_watermark) >= _nextEnd)
        {
            long reached = _math.OutputWatermark(Behind(_watermark));
            _nextEnd = reached >= long.MaxValue - 1 ? long.MaxValue : reached + _math.Gap;
            Next!.Advance(reached >= long.MaxValue - 1 ? long.MaxValue : reached);
        }
    }

    /// <summary>The groups that there are even of no rows.</summary>
    private void AddEmpty()
    {
        foreach (int? set in IsGlobal ? [null] : _node.EmptySets.Select(s => (int?)s))
        {
            var row = new object?[_values.Length];
            if (set is { } number)
            {
                row[((BoundColumn)_node.Keys[^1]).Ordinal] = number;
            }

            string key = KeyOf(row);
            if (!_groups.ContainsKey(key))
            {
                var none = new Group { Key = row, IsEmpty = true };
                _groups.Add(key, none);
                if (!IsToldAtEnd)
                {
                    Tell(none, null);
                }
            }
        }
    }

    /// <summary>Tells the groups whose window has ended, and forgets those that take no more rows.</summary>
    private void End()
    {
        foreach ((string key, Group group) in _groups.Where(g => IsToldAtEnd && !g.Value.HasEnded && EndOf(g.Value.Key!) <= _watermark).OrderBy(g => EndOf(g.Value.Key!)).ToArray())
        {
            group.HasEnded = true;
            Tell(group, null);
        }

        foreach ((string key, Group group) in _groups.Where(g => Later(EndOf(g.Value.Key!)) <= _watermark).ToArray())
        {
            _groups.Remove(key);
        }
    }

    private bool Ends => _node.Closes is not null || IsToldAtEnd;

    private bool IsToldAtEnd => _node.Emit == EmitMode.OnWindowClose;

    private long EndOf(object?[] row) => _node.Closes is null ? long.MaxValue : (long)row[((BoundColumn)_node.Keys[_node.EndKey]).Ordinal]!;

    private long Later(long end) => end > long.MaxValue - _node.Lateness ? long.MaxValue : end + _node.Lateness;

    private long Behind(long watermark) => watermark == long.MaxValue || watermark < long.MinValue + _node.Lateness ? watermark : watermark - _node.Lateness;

    private bool IsLate(object?[] row, int at)
    {
        bool isLate = Ends && Later(EndOf(row)) <= _watermark;
        if (isLate)
        {
            _run.AddLate(at);
        }

        return isLate;
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_hasEnded);
        writer.Write(_watermark);
        writer.Write(_nextEnd);

        // A group of no rows there is by itself only behind the end of the input.
        Group[] saved = [.. _groups.Values.Where(g => g.Rows.Count > 0 || IsGlobal)];
        writer.Write(saved.Length);
        foreach (Group group in saved)
        {
            writer.Write(group.IsFailed);
            writer.Write(group.Rows.Count);
            foreach (object?[] row in group.Rows)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    _values[i].Save(writer, row[i]);
                }
            }

            writer.Write(group.HasEnded);
        }
    }

    public override void Load(BinaryReader reader)
    {
        _hasEnded = reader.ReadBoolean();
        _watermark = reader.ReadInt64();
        _nextEnd = reader.ReadInt64();
        for (int groups = reader.ReadInt32(); groups > 0; groups--)
        {
            var group = new Group { IsFailed = reader.ReadBoolean(), IsThere = true };
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                group.Rows.Add([.. _values.Select(v => v.Load(reader))]);
            }

            group.HasEnded = reader.ReadBoolean();
            group.Key = group.Rows.FirstOrDefault();
            _groups.Add(group.Rows.Count == 0 ? string.Empty : KeyOf(group.Rows[0]), group);
        }
    }

    private string KeyOf(object?[] row) => string.Concat(_node.Keys.Select(k => ((BoundColumn)k).Ordinal).Select(o => row[o] is { } value && _values[o].Key(value).ToString()! is var text ? $"{text.Length}:{text}" : "-"));

    /// <param name="some">A row of the group.</param>
    /// <param name="gone">The row that goes; null: none does.</param>
    /// <param name="come">The row that comes; null: none does.</param>
    private void Step(object?[] some, object?[]? gone, object?[]? come)
    {
        string key = KeyOf(some);
        if (!_groups.TryGetValue(key, out Group? group))
        {
            // Behind the end of its window, a group whose first row comes then is told like any that changes.
            _groups.Add(key, group = new Group { Key = some, HasEnded = IsToldAtEnd && EndOf(some) <= _watermark });
        }

        group.Key ??= some;
        object?[]? before = group.IsFailed || (IsToldAtEnd && !group.HasEnded) || (group.Rows.Count == 0 && !(IsGlobal && group.IsThere)) ? null : Result(group, isNew: false);
        if (gone is not null)
        {
            int kept = group.Rows.FindIndex(r => BoxedChanges.AreSame(_values, r, gone, gone.Length));
            if (kept < 0)
            {
                throw new LaminarException("A row is taken back that isn't there.");
            }

            group.Rows.RemoveAt(kept);
        }

        if (come is not null)
        {
            group.Rows.Add(come);
        }

        if (!IsToldAtEnd || group.HasEnded)
        {
            Tell(group, before);
        }

        if (group.Rows.Count == 0 && !IsGlobal)
        {
            _groups.Remove(key);
        }
    }

    private void Tell(Group group, object?[]? before)
    {
        object?[]? after = group.Rows.Count > 0 || group.IsEmpty || IsGlobal ? Result(group, isNew: true) : null;
        group.IsThere = true;
        _changes.Tell(before, after, Next!);
    }

    private object?[]? Result(Group group, bool isNew)
    {
        var result = new object?[_changes.Values.Length];
        for (int i = 0; i < _node.Keys.Count; i++)
        {
            result[i] = (group.Rows.Count > 0 ? group.Rows[0] : group.Key!)[((BoundColumn)_node.Keys[i]).Ordinal];
        }

        _errors.Clear();
        for (int i = 0; i < _node.Aggregates.Count; i++)
        {
            result[_node.FirstAggregateOrdinal + i] = _results.Of(i, group.Rows, 0, group.Rows.Count, _errors, 0);
        }

        if (isNew)
        {
            group.IsFailed = _errors.Any;
            if (_errors.Any)
            {
                _changes.Fill(result);
                var failed = new Chunk { Columns = _changes.Row, Rows = Selection.All(1), WatermarkBefore = [], IsOfGroups = true };
                _run.Resolve(failed, failed.Rows, _errors, new int[1]);
                return null;
            }
        }

        return result;
    }

    private sealed class Group
    {
        public List<object?[]> Rows { get; } = [];

        /// <summary>A row with its key.</summary>
        public object?[]? Key { get; set; }

        /// <summary>Its window has ended, and it has been told.</summary>
        public bool HasEnded { get; set; }

        /// <summary>It is there even of no rows.</summary>
        public bool IsEmpty { get; set; }

        /// <summary>Its result can't be computed.</summary>
        public bool IsFailed { get; set; }

        /// <summary>It has been told of.</summary>
        public bool IsThere { get; set; }
    }
}
