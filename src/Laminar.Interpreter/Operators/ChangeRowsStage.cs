using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Conditions and columns over rows that change: what a condition keeps of a step comes or goes as it turns; a step that changes no column is none.</summary>
internal sealed class ChangeRowsStage(Transform transform, IReadOnlyList<PlanColumn> columns, RunState run) : ChunkStage
{
    private readonly BoxedValues[] _values = [.. columns.Select(c => BoxedValues.Of(c.Type))];
    private readonly bool[] _isIn = new bool[Chunk.Size];
    private ChangeColumns? _output;

    public override void Process(Chunk chunk)
    {
        Chunk made = transform.Apply(chunk, run);
        _output ??= new ChangeColumns(made.Columns);
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            _isIn[chunk.Rows[k]] = false;
        }

        for (int k = 0; k < made.Rows.Count; k++)
        {
            _isIn[made.Rows[k]] = true;
        }

        RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
        for (int k = 0; k < chunk.Rows.Count && chunk.Rows[k] < made.CutAt; k++)
        {
            int row = chunk.Rows[k];
            if (Kind(k) != RowKind.UpdateBefore || k + 1 == chunk.Rows.Count || Kind(k + 1) != RowKind.UpdateAfter)
            {
                Put(made, row, Kind(k) is RowKind.UpdateBefore or RowKind.Delete ? RowKind.Delete : RowKind.Insert);
                continue;
            }

            int after = chunk.Rows[++k];
            if (after >= made.CutAt)
            {
                Put(made, row, RowKind.Delete);
            }
            else if (!_isIn[row] || !_isIn[after])
            {
                Put(made, row, RowKind.Delete);
                Put(made, after, RowKind.Insert);
            }
            else if (!IsSame(made, row, after))
            {
                Put(made, row, RowKind.UpdateBefore);
                Put(made, after, RowKind.UpdateAfter);
            }
        }

        _output.Send(Next!);
        Next!.Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    private void Put(Chunk made, int row, RowKind kind)
    {
        if (_isIn[row])
        {
            _output!.Add(made, row, kind, Next!);
        }
    }

    private bool IsSame(Chunk made, int a, int b) => Enumerable.Range(0, _values.Length).All(i =>
        (_values[i].Read(made.Column(i), a), _values[i].Read(made.Column(i), b)) is var (x, y) && (x is null || y is null ? x is null && y is null : _values[i].Key(x).Equals(_values[i].Key(y))));
}
