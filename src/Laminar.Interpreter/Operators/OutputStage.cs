using Apache.Arrow;
using Apache.Arrow.Types;
using Laminar.Interpreter.Columns;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>The end of the last query: makes Arrow batches of what arrives.</summary>
internal sealed class OutputStage : ChunkStage
{
    private readonly ColumnWriter[] _writers;
    private readonly RunState? _run;
    private readonly bool _hasKinds;
    private readonly List<RecordBatch> _batches = [];

    public OutputStage(QueryPlan plan, RunState run)
        : this(plan.Columns, plan.IsUpdating) => _run = run;

    /// <summary>Of rows that are counted elsewhere.</summary>
    /// <param name="columns">Of the output.</param>
    /// <param name="isUpdating">Whether rows have a kind.</param>
    public OutputStage(IReadOnlyList<PlanColumn> columns, bool isUpdating)
    {
        _hasKinds = isUpdating;
        _writers = [.. columns.Select(c => ColumnWriter.Create(c.Type, RowColumns.Of(c.Name, c.Type, c.Nullable)))];
        IEnumerable<Field> fields = _writers.Select(w => w.Field);
        Schema = new Schema(isUpdating ? fields.Prepend(new Field(RowKinds.Column, StringType.Default, nullable: false)) : fields, null);
    }

    public Schema Schema { get; }

    /// <summary>The batches made since the last call.</summary>
    public IReadOnlyList<RecordBatch> Drain()
    {
        RecordBatch[] batches = [.. _batches];
        _batches.Clear();
        return batches;
    }

    public override void Process(Chunk chunk)
    {
        int count = chunk.Rows.Count;
        if (count == 0)
        {
            return;
        }

        if (_run is not null)
        {
            _run.RowsOut += count;
        }

        var arrays = new List<IArrowArray>(_writers.Length + 1);
        if (_hasKinds)
        {
            var names = new StringArray.Builder();
            for (int k = 0; k < count; k++)
            {
                names.Append(RowKinds.NameOf(chunk.KindOf(chunk.Rows[k])));
            }

            arrays.Add(names.Build());
        }

        for (int i = 0; i < _writers.Length; i++)
        {
            arrays.Add(_writers[i].Write(chunk.Column(i), chunk.Rows));
        }

        _batches.Add(new RecordBatch(Schema, arrays, count));
    }

    public override void Advance(long watermark)
    {
    }
}
