using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Functions over partitions of rows that change: at each step the partition is worked out anew, and what is different is told.</summary>
internal sealed class ChangedOverStage : ChunkStage
{
    private readonly OverNode _node;
    private readonly RunState _run;
    private readonly BoxedValues[] _values;
    private readonly OverPlaces _places;
    private readonly OverResults _results;
    private readonly Dictionary<string, List<Kept>> _partitions = [];
    private readonly BoxedChanges _changes;
    private readonly ChunkErrors _errors = new();

    public ChangedOverStage(OverNode node, RunState run)
    {
        _node = node;
        _run = run;
        _changes = new BoxedChanges(node.Columns);
        _values = _changes.Values;
        _places = new OverPlaces(node, _values);
        _results = new OverResults(node, _values, _places);
    }

    public override long StateBytes => _partitions.Values.Sum(p => p.Count) * (long)_values.Length * sizeof(long);

    private int Inputs => _node.Input.Columns.Count;

    public override void Process(Chunk chunk)
    {
        object?[] Row(int k) => BoxedChanges.Read(chunk, chunk.Rows[k], _values, Inputs);
        RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
        for (int k = 0; k < chunk.Rows.Count && _run.Fault is null; k++)
        {
            object?[] row = Row(k);
            if (Kind(k) is RowKind.Insert or RowKind.UpdateAfter)
            {
                Step(row, null, row);
            }
            else if (Kind(k) == RowKind.UpdateBefore && k + 1 < chunk.Rows.Count && Kind(k + 1) == RowKind.UpdateAfter && _places.Key(Row(k + 1)) == _places.Key(row))
            {
                Step(row, row, Row(++k));
            }
            else
            {
                Step(row, row, null);
            }
        }

        _changes.Send(Next!);
        Next!.Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_partitions.Count);
        foreach (List<Kept> partition in _partitions.Values)
        {
            writer.Write(partition.Count);
            foreach (Kept kept in partition)
            {
                writer.Write(kept.HasFailed);
                for (int i = 0; i < Inputs; i++)
                {
                    _values[i].Save(writer, kept.Row[i]);
                }
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        for (int partitions = reader.ReadInt32(); partitions > 0; partitions--)
        {
            var partition = new List<Kept>();
            for (int count = reader.ReadInt32(); count > 0; count--)
            {
                bool hasFailed = reader.ReadBoolean();
                partition.Add(new Kept([.. Enumerable.Range(0, Inputs).Select(i => _values[i].Load(reader))]) { HasFailed = hasFailed });
            }

            WorkOut(partition, (_, _) => { });
            _partitions.Add(_places.Key(partition[0].Row), partition);
        }
    }

    /// <param name="some">A row of the partition.</param>
    /// <param name="gone">The row that goes; null: none does.</param>
    /// <param name="come">The row that comes; null: none does.</param>
    private void Step(object?[] some, object?[]? gone, object?[]? come)
    {
        string key = _places.Key(some);
        if (!_partitions.TryGetValue(key, out List<Kept>? partition))
        {
            _partitions.Add(key, partition = []);
        }

        object?[]? shown = null;
        bool hadFailed = false;
        if (gone is not null)
        {
            // The last that came of those that are equal.
            int at = partition.FindLastIndex(k => BoxedChanges.AreSame(_values, k.Row, gone, Inputs));
            if (at < 0)
            {
                throw new LaminarException("A row is taken back that isn't there.");
            }

            shown = partition[at].Result;
            hadFailed = partition[at].HasFailed;
            partition.RemoveAt(at);
        }

        if (come is not null)
        {
            int behind = partition.FindLastIndex(k => _places.Order(k.Row, come) <= 0) + 1;
            partition.Insert(behind, new Kept(come) { Result = shown, HasFailed = hadFailed });
        }
        else if (shown is not null)
        {
            _changes.Put(shown, RowKind.Delete, Next!);
        }

        WorkOut(partition, (was, now) => _changes.Tell(was, now, Next!));
        if (partition.Count == 0)
        {
            _partitions.Remove(key);
        }
    }

    private void WorkOut(List<Kept> partition, Action<object?[]?, object?[]?> tell)
    {
        List<object?[]> rows = [.. partition.Select(k => k.Row)];
        for (int index = 0; index < rows.Count; index++)
        {
            Kept kept = partition[index];
            object?[]? was = kept.Result;
            _errors.Clear();
            object?[] result = [.. rows[index], .. Enumerable.Range(0, _node.Functions.Count).Select(f => _results.Of(f, rows, index, _errors, 0))];
            if (_errors.Any && !kept.HasFailed)
            {
                _changes.Fill(result);
                var failed = new Chunk { Columns = _changes.Row, Rows = Selection.All(1), WatermarkBefore = [], IsOfGroups = true };
                _run.Resolve(failed, failed.Rows, _errors, new int[1]);
            }

            kept.HasFailed = _errors.Any;
            kept.Result = _errors.Any ? null : result;
            tell(was, kept.Result);
        }
    }

    /// <summary>A row, and what has been told of it.</summary>
    private sealed class Kept(object?[] row)
    {
        public object?[] Row { get; } = row;

        /// <summary>Null: nothing has.</summary>
        public object?[]? Result { get; set; }

        public bool HasFailed { get; set; }
    }
}
