using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// Functions over partitions, and the first rows in an order: rows are kept until the watermark has passed their event time, and put in order then. Partitions in the order of time
/// keep all their rows.
/// </summary>
internal sealed class OverStage : ChunkStage
{
    private readonly OverNode _node;
    private readonly RunState _run;
    private readonly BoxedValues[] _values;
    private readonly OverPlaces _places;
    private readonly OverResults _results;
    private readonly long _lag;
    private readonly SortedDictionary<long, List<object?[]>> _instants = [];
    private readonly Dictionary<string, Partition> _partitions = [];
    private readonly Vector[] _output;
    private readonly ChunkErrors _errors = new();
    private readonly int[] _scratch = new int[Chunk.Size];
    private long _watermark = long.MinValue;
    private long _outWatermark = long.MinValue;
    private long _arrived;

    public OverStage(OverNode node, RunState run)
    {
        _node = node;
        _run = run;
        _values = [.. node.Columns.Select(c => BoxedValues.Of(c.Type))];
        _places = new OverPlaces(node, _values);
        _results = new OverResults(node, _values, _places);
        _lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
        _output = [.. node.Columns.Select(c => (Vector)ClrValueTypes.Make(typeof(Vector<>), [ClrValueTypes.Of(c.Type)], Chunk.Size))];
    }

    public override long StateBytes => (_instants.Values.Sum(rows => rows.Count) + _partitions.Values.Sum(p => p.Rows.Count)) * (long)_values.Length * sizeof(long);

    private int Inputs => _node.Input.Columns.Count;

    private long Last => _node.Take > long.MaxValue - _node.Skip ? long.MaxValue : _node.Skip + _node.Take;

    public override void Process(Chunk chunk)
    {
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            int row = chunk.Rows[k];
            Close(chunk.WatermarkBefore[row], chunk.Clock);
            object?[] values = [.. Enumerable.Range(0, Inputs).Select(i => _values[i].Read(chunk.Column(i), row))];
            if (Due(values) < _watermark)
            {
                _run.AddLate(row);
                continue;
            }

            if (!_instants.TryGetValue(Due(values), out List<object?[]>? rows))
            {
                _instants.Add(Due(values), rows = []);
            }

            rows.Add(values);
        }

        Close(chunk.WatermarkAfter, chunk.Clock);
        Next!.Advance(_outWatermark);
    }

    public override void Advance(long watermark)
    {
        Close(watermark, _run.Clock);
        Next!.Advance(_outWatermark);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        writer.Write(_outWatermark);
        writer.Write(_arrived);
        writer.Write(_instants.Count);
        foreach (List<object?[]> rows in _instants.Values)
        {
            Save(writer, rows);
        }

        writer.Write(_partitions.Count);
        foreach (Partition partition in _partitions.Values)
        {
            writer.Write(partition.Done);
            Save(writer, partition.Rows);
            partition.Arrivals.ForEach(writer.Write);
        }
    }

    public override void Load(BinaryReader reader)
    {
        _watermark = reader.ReadInt64();
        _outWatermark = reader.ReadInt64();
        _arrived = reader.ReadInt64();
        for (int instants = reader.ReadInt32(); instants > 0; instants--)
        {
            List<object?[]> rows = LoadRows(reader);
            _instants.Add(Due(rows[0]), rows);
        }

        for (int partitions = reader.ReadInt32(); partitions > 0; partitions--)
        {
            int done = reader.ReadInt32();
            List<object?[]> rows = LoadRows(reader);
            _partitions.Add(_places.Key(rows[0]), new Partition { Rows = rows, Done = done, Arrivals = [.. rows.Select(_ => reader.ReadInt64())] });
        }
    }

    private void Save(BinaryWriter writer, List<object?[]> rows)
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

    private List<object?[]> LoadRows(BinaryReader reader)
    {
        var rows = new List<object?[]>();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            rows.Add([.. Enumerable.Range(0, Inputs).Select(i => _values[i].Load(reader))]);
        }

        return rows;
    }

    private long Due(object?[] row)
    {
        long time = (long)row[_node.Time]!;
        return time > long.MaxValue - _lag ? long.MaxValue : time + _lag;
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
            if (_node.StateTtl > 0)
            {
                Forget(due);
            }

            _instants.Remove(due);
            if (_node.Release == OverRelease.Window)
            {
                CloseWindow(rows, due, clock);
            }
            else
            {
                Place(rows, due, clock);
            }
        }

        if (_node.Release == OverRelease.Window || !LooksAhead)
        {
            _outWatermark = watermark;
        }
        else
        {
            while (_partitions.Values.Where(p => p.Done < p.Rows.Count).MinBy(p => (Due(p.Rows[p.Done]), p.Arrivals[p.Done])) is { } first && PutOut(first, watermark, clock, most: 1))
            {
            }

            _outWatermark = Math.Min(watermark, _partitions.Values.Where(p => p.Done < p.Rows.Count).Select(p => Due(p.Rows[p.Done])).DefaultIfEmpty(long.MaxValue).Min());
        }
    }

    /// <summary>Before rows of a time come, partitions are gone whose last row is too far behind; what waits for time alone is put out when that has passed, so that none of it is lost.</summary>
    private void Forget(long due)
    {
        foreach ((string key, Partition partition) in _partitions.ToArray())
        {
            if (partition.Done == partition.Rows.Count && Due(partition.Rows[^1]) is var last && due - last > _node.Forget)
            {
                _partitions.Remove(key);
            }
        }
    }

    private bool LooksAhead => _node.RowsAhead != 0 || _node.Frame is { Unit: FrameUnit.Range, To: > 0 };

    private void CloseWindow(List<object?[]> rows, long due, TimeProvider clock)
    {
        // Partitions in the order of their first rows.
        foreach (IGrouping<string, object?[]> rowsOfOne in rows.GroupBy(_places.Key))
        {
            List<object?[]> partition = [.. rowsOfOne];
            partition.Sort(_places.OrderOfAll);
            int last = (int)Math.Min(partition.Count, Last);
            Emit(partition, (int)Math.Min(_node.Skip, last), last, due, clock);
        }
    }

    /// <summary>The rows of a time go to their partitions, in order and of one order as they came.</summary>
    private void Place(List<object?[]> rows, long due, TimeProvider clock)
    {
        var touched = new List<Partition>();
        foreach (object?[] row in rows.OrderBy(r => r, Comparer<object?[]>.Create(_places.Order)))
        {
            string key = _places.Key(row);
            if (!_partitions.TryGetValue(key, out Partition? partition))
            {
                _partitions.Add(key, partition = new Partition());
            }

            partition.Rows.Add(row);
            partition.Arrivals.Add(_arrived++);
            if (!touched.Contains(partition))
            {
                touched.Add(partition);
            }
        }

        foreach (Partition partition in touched)
        {
            PutOut(partition, due, clock);
        }
    }

    /// <returns>Whether a row came out.</returns>
    private bool PutOut(Partition partition, long time, TimeProvider clock, int most = int.MaxValue)
    {
        int done = partition.Done;
        int to = done;
        while (to < partition.Rows.Count && to - done < most && (!LooksAhead || time == long.MaxValue || IsComplete(partition.Rows, to, time)))
        {
            to++;
        }

        int from = (int)Math.Max(done, Math.Min(_node.Skip, to));
        partition.Done = to;
        Emit(partition.Rows, from, (int)Math.Min(to, Last), LooksAhead ? _outWatermark : time, clock);
        return to > done;
    }

    private bool IsComplete(List<object?[]> rows, int index, long time)
    {
        foreach (OverFunction lead in _node.Functions.Where(f => f.Name == "LEAD"))
        {
            if (rows.Skip(index + 1).Count(r => !lead.IgnoreNulls || r[lead.Arguments[0]] is not null) < lead.Number)
            {
                return false;
            }
        }

        return _node.Frame is not { To: > 0 and { } ahead } frame || (frame.Unit == FrameUnit.Rows ? rows.Count - index > ahead : Due(rows[index]) + ahead < time);
    }

    private void Emit(List<object?[]> partition, int start, int end, long watermark, TimeProvider clock)
    {
        for (int from = start; from < end; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, end - from);
            _errors.Clear();
            for (int i = 0; i < _output.Length; i++)
            {
                _output[i].ClearNulls();
                for (int k = 0; k < count; k++)
                {
                    object? value = i < Inputs ? partition[from + k][i] : _results.Of(i - Inputs, partition, from + k, _errors, k);
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

            var chunk = new Chunk { Columns = _output, Rows = Selection.All(count), WatermarkBefore = [.. Enumerable.Repeat(watermark, count)], WatermarkAfter = watermark, Clock = clock };
            chunk.Rows = _run.Resolve(chunk, chunk.Rows, _errors, _scratch);
            Next!.Process(chunk);
        }
    }

    /// <summary>A partition in the order of time.</summary>
    private sealed class Partition
    {
        public List<object?[]> Rows { get; init; } = [];

        /// <summary>How many rows of all partitions came before each.</summary>
        public List<long> Arrivals { get; init; } = [];

        /// <summary>Rows that were put out.</summary>
        public int Done { get; set; }
    }
}
