using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>The first rows of partitions in any order, as changes: at each row the list that was is compared with the one that is.</summary>
internal sealed class TopStage : ChunkStage
{
    private readonly OverNode _node;
    private readonly BoxedValues[] _values;
    private readonly OverPlaces _places;
    private readonly bool _showsRank;
    private readonly Dictionary<string, List<object?[]>> _partitions = [];
    private readonly ChangeColumns _changes;
    private readonly Vector[] _row;

    /// <param name="node">The node.</param>
    /// <param name="showsRank">Whether anything above reads the rank.</param>
    public TopStage(OverNode node, bool showsRank)
    {
        _node = node;
        _showsRank = showsRank;
        _values = [.. node.Columns.Select(c => BoxedValues.Of(c.Type))];
        _places = new OverPlaces(node, _values);
        _row = [.. node.Columns.Select(c => (Vector)ClrValueTypes.Make(typeof(Vector<>), [ClrValueTypes.Of(c.Type)], 1))];
        _changes = new ChangeColumns(_row);
    }

    public override long StateBytes => _partitions.Values.Sum(p => p.Count) * (long)_values.Length * sizeof(long);

    private int Inputs => _node.Input.Columns.Count;

    private string? Function => _node.Functions.Count == 0 ? null : _node.Functions[0].Name;

    public override void Process(Chunk chunk)
    {
        object?[] Row(int k) => [.. Enumerable.Range(0, Inputs).Select(i => _values[i].Read(chunk.Column(i), chunk.Rows[k]))];
        RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            if (Kind(k) is RowKind.Insert or RowKind.UpdateAfter)
            {
                Step(null, Row(k));
            }
            else if (Kind(k) == RowKind.UpdateBefore && k + 1 < chunk.Rows.Count && Kind(k + 1) == RowKind.UpdateAfter)
            {
                object?[] gone = Row(k);
                object?[] come = Row(++k);
                if (_places.Key(gone) == _places.Key(come))
                {
                    Step(gone, come);
                    continue;
                }

                Step(gone, null);
                Step(null, come);
            }
            else
            {
                Step(Row(k), null);
            }
        }

        _changes.Send(Next!);

        Next!.Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_partitions.Count);
        foreach (List<object?[]> rows in _partitions.Values)
        {
            writer.Write(rows.Count);
            foreach (object?[] row in rows)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    _values[i].Save(writer, row[i]);
                }
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        for (int partitions = reader.ReadInt32(); partitions > 0; partitions--)
        {
            var rows = new List<object?[]>();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                rows.Add([.. Enumerable.Range(0, Inputs).Select(i => _values[i].Load(reader))]);
            }

            _partitions.Add(_places.Key(rows[0]), rows);
        }
    }

    private void Step(object?[]? gone, object?[]? come)
    {
        string key = _places.Key((gone ?? come)!);
        if (!_partitions.TryGetValue(key, out List<object?[]>? rows))
        {
            _partitions.Add(key, rows = []);
        }

        (object?[] Row, long Rank)[] before = Shown(rows);
        if (gone is not null)
        {
            int at = rows.FindIndex(r => IsSame(r, gone));
            if (at < 0)
            {
                throw new LaminarException("A row is taken back that isn't there.");
            }

            gone = rows[at];
            rows.RemoveAt(at);
        }

        if (come is not null)
        {
            int place = rows.FindIndex(other => _places.Order(come, other) < 0);
            rows.Insert(place < 0 ? rows.Count : place, come);
        }

        if (!_node.Input.DownToScan().OfType<ScanNode>().Single().Relation.IsUpdating)
        {
            // Who goes lets the next one in, if rows go at all.
            object?[][] behind = [.. rows.Where(r => RankOf(rows, r) > _node.Skip + _node.Take)];
            rows.RemoveAll(behind.Contains);
        }

        Tell(before, Shown(rows), gone, come);
        if (rows.Count == 0)
        {
            _partitions.Remove(key);
        }
    }

    private (object?[] Row, long Rank)[] Shown(List<object?[]> rows) => [.. rows.Select(r => (r, RankOf(rows, r))).Where(r => r.Item2 > _node.Skip && r.Item2 <= _node.Skip + _node.Take)];

    private long RankOf(List<object?[]> rows, object?[] row) => Function switch
    {
        "RANK" => 1 + rows.Count(r => _places.Order(r, row) < 0),
        "DENSE_RANK" => 1 + rows.Where((r, i) => _places.Order(r, row) < 0 && (i == 0 || _places.Order(rows[i - 1], r) != 0)).Count(),
        _ => 1 + rows.FindIndex(r => ReferenceEquals(r, row)),
    };

    private void Tell((object?[] Row, long Rank)[] before, (object?[] Row, long Rank)[] after, object?[]? old, object?[]? updated)
    {
        bool isNumber = Function is not ("RANK" or "DENSE_RANK");
        if (isNumber && _showsRank)
        {
            // By rank: who was there, who is.
            foreach ((object?[] now, long rank) in after)
            {
                int was = System.Array.FindIndex(before, b => b.Rank == rank);
                if (was < 0)
                {
                    Put(now, rank, RowKind.Insert);
                }
                else
                {
                    Replace(before[was].Row, now, rank);
                }
            }

            foreach ((object?[] was, long rank) in before.Where(b => !after.Any(a => a.Rank == b.Rank)))
            {
                Put(was, rank, RowKind.Delete);
            }

            return;
        }

        (object?[] Row, long Rank)[] gone = [.. before.Where(b => !after.Any(a => ReferenceEquals(a.Row, b.Row)))];
        (object?[] Row, long Rank)[] come = [.. after.Where(a => !before.Any(b => ReferenceEquals(a.Row, b.Row)))];
        if (gone.Length == 1 && come.Length == 1 && (!_showsRank || gone[0].Rank == come[0].Rank))
        {
            bool isSame = IsSame(gone[0].Row, come[0].Row);
            if (isSame || (ReferenceEquals(gone[0].Row, old) && ReferenceEquals(come[0].Row, updated)) || (isNumber && _node.Take == 1))
            {
                Replace(gone[0].Row, come[0].Row, come[0].Rank);
                gone = [];
                come = [];
            }
        }

        foreach ((object?[] was, long rank) in before)
        {
            int now = System.Array.FindIndex(after, a => ReferenceEquals(a.Row, was));
            if (gone.Any(g => ReferenceEquals(g.Row, was)))
            {
                Put(was, rank, RowKind.Delete);
            }
            else if (now >= 0 && _showsRank && after[now].Rank != rank)
            {
                Put(was, rank, RowKind.UpdateBefore);
                Put(was, after[now].Rank, RowKind.UpdateAfter);
            }
        }

        foreach ((object?[] now, long rank) in come)
        {
            Put(now, rank, RowKind.Insert);
        }
    }

    private void Replace(object?[] before, object?[] after, long rank)
    {
        if (!IsSame(before, after))
        {
            Put(before, rank, RowKind.UpdateBefore);
            Put(after, rank, RowKind.UpdateAfter);
        }
    }

    private bool IsSame(object?[] a, object?[] b) => Enumerable.Range(0, Inputs).All(i => a[i] is null || b[i] is null ? a[i] is null && b[i] is null : _values[i].Key(a[i]!).Equals(_values[i].Key(b[i]!)));

    private void Put(object?[] row, long rank, RowKind kind)
    {
        for (int i = 0; i < _row.Length; i++)
        {
            object? value = i < Inputs ? row[i] : rank;
            _row[i].ClearNulls();
            if (value is null)
            {
                _row[i].SetNull(0);
            }
            else
            {
                _row[i].Put(0, value);
            }
        }

        _changes.Add(new Chunk { Columns = _row, Rows = Selection.All(1), WatermarkBefore = [] }, 0, kind, Next!);
    }
}
