using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Functions over partitions, and the first rows in an order: rows are kept until the watermark has passed their event time, and put in order then.</summary>
internal sealed class OverStage : ChunkStage
{
    private readonly OverNode _node;
    private readonly RunState _run;
    private readonly BoxedValues[] _values;
    private readonly long _lag;
    private readonly (int Ordinal, bool Descending, bool NullsFirst)[] _order;
    private readonly (int Ordinal, bool Descending, bool NullsFirst)[] _all;
    private readonly SortedDictionary<long, List<object?[]>> _instants = [];
    private readonly Vector[] _output;
    private long _watermark = long.MinValue;

    public OverStage(OverNode node, RunState run)
    {
        _node = node;
        _run = run;
        int inputs = node.Input.Columns.Count;
        _values = [.. node.Columns.Select(c => BoxedValues.Of(c.Type))];
        _lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
        _order = [.. node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst))];
        int[] rest = [.. Enumerable.Range(0, inputs).Where(o => !node.Input.Columns[o].Type.IsNested && !node.PartitionBy.Contains(o) && node.OrderBy.All(k => k.Ordinal != o))];
        _all = [.. node.PartitionBy.Select(o => (o, false, false)), .. _order, .. rest.Select(o => (o, false, false))];
        _output = [.. node.Columns.Select(c => (Vector)ClrValueTypes.Make(typeof(Vector<>), [ClrValueTypes.Of(c.Type)], Chunk.Size))];
    }

    public override long StateBytes => _instants.Values.Sum(rows => rows.Count * (long)_values.Length * sizeof(long));

    public override void Process(Chunk chunk)
    {
        int inputs = _node.Input.Columns.Count;
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            int row = chunk.Rows[k];
            Close(chunk.WatermarkBefore[row], chunk.Clock);
            long time = (long)_values[_node.Time].Read(chunk.Column(_node.Time), row)!;
            long due = time > long.MaxValue - _lag ? long.MaxValue : time + _lag;
            if (due < _watermark)
            {
                _run.AddLate(row);
                continue;
            }

            if (!_instants.TryGetValue(due, out List<object?[]>? rows))
            {
                _instants.Add(due, rows = []);
            }

            rows.Add([.. Enumerable.Range(0, inputs).Select(i => _values[i].Read(chunk.Column(i), row))]);
        }

        Close(chunk.WatermarkAfter, chunk.Clock);
        Next!.Advance(_watermark);
    }

    public override void Advance(long watermark)
    {
        Close(watermark, _run.Clock);
        Next!.Advance(watermark);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        writer.Write(_instants.Count);
        foreach ((long due, List<object?[]> rows) in _instants)
        {
            writer.Write(due);
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
        _watermark = reader.ReadInt64();
        int instants = reader.ReadInt32();
        for (int n = 0; n < instants; n++)
        {
            long due = reader.ReadInt64();
            var rows = new List<object?[]>();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                rows.Add([.. Enumerable.Range(0, _node.Input.Columns.Count).Select(i => _values[i].Load(reader))]);
            }

            _instants.Add(due, rows);
        }
    }

    private void Close(long watermark, TimeProvider clock)
    {
        if (watermark <= _watermark)
        {
            return;
        }

        _watermark = watermark;
        while (_instants.Count > 0 && _instants.First() is var (due, rows) && due < watermark)
        {
            _instants.Remove(due);
            rows.Sort((a, b) => Compare(_all, a, b));
            for (int start = 0, end; start < rows.Count; start = end)
            {
                for (end = start + 1; end < rows.Count && IsSamePartition(rows[start], rows[end]); end++)
                {
                }

                Emit(rows.GetRange(start, end - start), due, clock);
            }
        }
    }

    private bool IsSamePartition(object?[] a, object?[] b) => _node.PartitionBy.All(o => Compare(o, false, false, a, b) == 0);

    private int Compare((int Ordinal, bool Descending, bool NullsFirst)[] keys, object?[] a, object?[] b)
    {
        foreach ((int ordinal, bool descending, bool nullsFirst) in keys)
        {
            int order = Compare(ordinal, descending, nullsFirst, a, b);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private int Compare(int ordinal, bool descending, bool nullsFirst, object?[] a, object?[] b)
    {
        if (a[ordinal] is null || b[ordinal] is null)
        {
            return (a[ordinal] is null) == (b[ordinal] is null) ? 0 : (a[ordinal] is null) == nullsFirst ? -1 : 1;
        }

        int order = _node.Input.Columns[ordinal].Type.IsNested && _node.PartitionBy.Contains(ordinal)
            ? string.CompareOrdinal((string)_values[ordinal].Key(a[ordinal]!), (string)_values[ordinal].Key(b[ordinal]!))
            : _values[ordinal].Compare(a[ordinal]!, b[ordinal]!);
        return descending ? -order : order;
    }

    private void Emit(List<object?[]> partition, long due, TimeProvider clock)
    {
        long last = _node.Take > long.MaxValue - _node.Skip ? long.MaxValue : _node.Skip + _node.Take;
        int end = (int)Math.Min(partition.Count, last);
        for (int from = (int)Math.Min(_node.Skip, end); from < end; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, end - from);
            for (int i = 0; i < _output.Length; i++)
            {
                _output[i].ClearNulls();
                for (int k = 0; k < count; k++)
                {
                    object? value = i < _node.Input.Columns.Count ? partition[from + k][i] : Function(_node.Functions[i - _node.Input.Columns.Count], partition, from + k);
                    if (value is null)
                    {
                        _output[i].SetNull(k);
                    }
                    else
                    {
                        _output[i].Put(k, value);
                    }
                }
            }

            Next!.Process(new Chunk { Columns = _output, Rows = Selection.All(count), WatermarkBefore = [.. Enumerable.Repeat(due, count)], WatermarkAfter = due, Clock = clock });
        }
    }

    private object? Function(OverFunction function, List<object?[]> partition, int index)
    {
        bool IsPeer(int other) => Compare(_order, partition[index], partition[other]) == 0;
        int Peers() => Enumerable.Range(0, index + 1).First(IsPeer);
        switch (function.Name)
        {
            case "ROW_NUMBER":
                return index + 1L;
            case "RANK":
                return Peers() + 1L;
            case "DENSE_RANK":
                return 1L + Enumerable.Range(0, index).Count(i => Compare(_order, partition[i], partition[i + 1]) != 0);
            case "PERCENT_RANK":
                return partition.Count == 1 ? 0.0 : Peers() / (partition.Count - 1.0);
            case "CUME_DIST":
                return Enumerable.Range(0, partition.Count).Count(i => i < index || IsPeer(i)) / (double)partition.Count;
            case "NTILE":
                // The first buckets are one larger where rows don't divide.
                long bucket = 1;
                for (long left = index; left >= (partition.Count / function.Number) + (bucket <= partition.Count % function.Number ? 1 : 0); bucket++)
                {
                    left -= (partition.Count / function.Number) + (bucket <= partition.Count % function.Number ? 1 : 0);
                }

                return bucket;
            default:
                int step = function.Name == "LAG" ? -1 : 1;
                int at = index;
                for (long left = function.Number; left > 0 && at >= 0 && at < partition.Count;)
                {
                    at += step;
                    left -= !function.IgnoreNulls || (at >= 0 && at < partition.Count && partition[at][function.Arguments[0]] is not null) ? 1 : 0;
                }

                return at >= 0 && at < partition.Count ? partition[at][function.Arguments[0]] : function.Arguments.Count > 1 ? partition[index][function.Arguments[1]] : null;
        }
    }
}
