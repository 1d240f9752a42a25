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
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            int row = chunk.Rows[k];
            object?[] values = [.. Enumerable.Range(0, Inputs).Select(i => _values[i].Read(chunk.Column(i), row))];
            string key = _places.Key(values);
            if (!_partitions.TryGetValue(key, out List<object?[]>? rows))
            {
                _partitions.Add(key, rows = []);
            }

            (object?[] Row, long Rank)[] before = Shown(rows);
            int place = rows.FindIndex(other => _places.Order(values, other) < 0);
            rows.Insert(place < 0 ? rows.Count : place, values);
            object?[][] gone = [.. rows.Where(r => RankOf(rows, r) > _node.Skip + _node.Take)];
            rows.RemoveAll(gone.Contains);
            Tell(before, Shown(rows));
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

    private (object?[] Row, long Rank)[] Shown(List<object?[]> rows) => [.. rows.Select(r => (r, RankOf(rows, r))).Where(r => r.Item2 > _node.Skip && r.Item2 <= _node.Skip + _node.Take)];

    private long RankOf(List<object?[]> rows, object?[] row) => Function switch
    {
        "RANK" => 1 + rows.Count(r => _places.Order(r, row) < 0),
        "DENSE_RANK" => 1 + rows.Where((r, i) => _places.Order(r, row) < 0 && (i == 0 || _places.Order(rows[i - 1], r) != 0)).Count(),
        _ => 1 + rows.FindIndex(r => ReferenceEquals(r, row)),
    };

    private void Tell((object?[] Row, long Rank)[] before, (object?[] Row, long Rank)[] after)
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

            return;
        }

        (object?[] Row, long Rank)[] gone = [.. before.Where(b => !after.Any(a => ReferenceEquals(a.Row, b.Row)))];
        (object?[] Row, long Rank)[] come = [.. after.Where(a => !before.Any(b => ReferenceEquals(a.Row, b.Row)))];
        if (isNumber)
        {
            if (gone.Length == 1 && come.Length == 1 && IsSame(gone[0].Row, come[0].Row))
            {
                return;
            }

            if (gone.Length == 1 && _node.Take == 1)
            {
                Replace(gone[0].Row, come[0].Row, come[0].Rank);
                return;
            }
        }

        foreach ((object?[] was, long old) in before)
        {
            int now = System.Array.FindIndex(after, a => ReferenceEquals(a.Row, was));
            if (now < 0)
            {
                Put(was, old, RowKind.Delete);
            }
            else if (_showsRank && after[now].Rank != old)
            {
                Put(was, old, RowKind.UpdateBefore);
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
