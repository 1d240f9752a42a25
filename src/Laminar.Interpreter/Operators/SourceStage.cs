using Laminar.State;
using Apache.Arrow;
using Laminar.Interpreter.Columns;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Operators;

/// <summary>Cuts Arrow batches of the base source into chunks and computes the watermark before each row, as it is declared.</summary>
internal sealed class SourceStage : ChunkStage
{
    private readonly Relation _relation;
    private readonly RunState _run;
    private readonly ColumnFiller?[] _fillers;
    private readonly Vector?[] _columns;
    private readonly RowSchema _schema;
    private readonly TextCache?[] _texts;
    private readonly long[] _before = new long[Chunk.Size];
    private readonly ColumnFiller? _kindNames;
    private readonly RowKind[]? _kinds;
    private long _watermark = long.MinValue;
    private bool _complete;

    /// <param name="relation">The source.</param>
    /// <param name="used">Which of its columns the plan reads; that of the watermark is read in any case.</param>
    /// <param name="run">Counters.</param>
    public SourceStage(Relation relation, IReadOnlySet<int> used, RunState run)
    {
        _relation = relation;
        _run = run;
        _columns = new Vector?[relation.Columns.Count];
        _fillers = new ColumnFiller?[relation.Columns.Count];
        var schema = new List<RowColumn>();
        for (int i = 0; i < _columns.Length; i++)
        {
            RelationColumn column = relation.Columns[i];
            if (used.Contains(i) || relation.Watermark?.ColumnIndex == i)
            {
                _fillers[i] = ColumnFiller.Create(column.Type, schema.Count);
                _columns[i] = _fillers[i]!.Target;
                schema.Add(RowColumns.Of(column.Name, column.Type, column.Nullable));
            }
        }

        if (relation.IsUpdating)
        {
            _kinds = new RowKind[Chunk.Size];
            _kindNames = ColumnFiller.Create(SqlType.Varchar, schema.Count);
            schema.Add(new RowColumn(RowKinds.Column, ColumnType.Text, false));
        }

        _schema = new RowSchema(relation.Name, [.. schema]);
        _texts = TextCache.PerColumn(_schema);
    }

    /// <summary>The source's name.</summary>
    public string Name => _relation.Name;

    /// <summary>Its row is what constants are computed from: nobody pushes it.</summary>
    public bool IsConstant => _relation.Kind == RelationKind.OneRow;

    /// <summary>Rows taken.</summary>
    public long RowsIn => IsConstant ? 0 : _run.RowsIn;

    /// <summary>How far time has come.</summary>
    public long Watermark => _watermark;

    /// <summary>Its input has ended.</summary>
    public bool IsComplete => _complete;

    /// <summary>The one row of constants, and its end.</summary>
    public void PushConstants()
    {
        Hand(1);
        Complete();
    }

    public void Push(RecordBatch batch)
    {
        Refuse();
        if (_schema.Columns.Count == 0)
        {
            for (int from = 0; from < batch.Length && _run.Fault is null; from += Chunk.Size)
            {
                Hand(Math.Min(Chunk.Size, batch.Length - from));
            }

            return;
        }

        using var reader = new ArrowRowReader(_schema, batch, _texts);
        for (int from = 0; from < batch.Length && _run.Fault is null; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, batch.Length - from);
            foreach (ColumnFiller? filler in _fillers)
            {
                filler?.Fill(reader, from, count);
            }

            if (_kindNames is not null)
            {
                _kindNames.Fill(reader, from, count);
                var names = (Vector<string>)_kindNames.Target;
                for (int row = 0; row < count; row++)
                {
                    _kinds![row] = RowKinds.Parse(names.Values[row]);
                }
            }

            Hand(count);
        }
    }

    /// <summary>Rows in the form in which expressions hold them; every column is read.</summary>
    public void Push(IReadOnlyList<object?[]> rows)
    {
        Refuse();
        for (int from = 0; from < rows.Count && _run.Fault is null; from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, rows.Count - from);
            BoxedColumns.Fill(_columns!, rows, from, count);
            Hand(count);
        }
    }

    public override void Advance(long watermark)
    {
        Refuse();
        if (watermark > _watermark)
        {
            _watermark = watermark;
            Next!.Advance(watermark);
        }
    }

    public void Complete()
    {
        Advance(long.MaxValue);
        _complete = true;
    }

    public override void Process(Chunk chunk) => throw new InvalidOperationException("A source takes batches.");

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        writer.Write(_complete);
    }

    public override void Load(BinaryReader reader)
    {
        _watermark = reader.ReadInt64();
        _complete = reader.ReadBoolean();
    }

    private void Refuse()
    {
        if (_complete)
        {
            throw new LaminarException($"Query {_run.Query} is complete: its input has ended.");
        }
    }

    private void Hand(int count)
    {
        if (_relation.Watermark is { } declared)
        {
            var times = (Vector<long>)_columns[declared.ColumnIndex]!;
            for (int row = 0; row < count; row++)
            {
                _before[row] = _watermark;
                if (!times.IsNull(row))
                {
                    long time = times.Values[row];
                    long own = time is > PaneMath.Limit or < -PaneMath.Limit ? long.MinValue : time - declared.Delay;
                    _watermark = Math.Max(_watermark, own);
                }
            }
        }
        else
        {
            System.Array.Fill(_before, _watermark, 0, count);
        }

        _run.RowsIn += count;
        Next!.Process(new Chunk { Columns = _columns, Rows = Selection.All(count), WatermarkBefore = _before, WatermarkAfter = _watermark, Clock = _run.Clock, Kinds = _kinds });
    }
}
