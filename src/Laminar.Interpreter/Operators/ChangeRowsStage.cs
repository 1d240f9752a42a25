using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// Conditions and columns over rows that change: what a condition keeps of a step comes or goes as it turns; a step that changes no column is none. Over a source a row as it was
/// that ends a batch waits for the row behind it.
/// </summary>
internal sealed class ChangeRowsStage(Transform transform, IReadOnlyList<PlanColumn> columns, RunState run, bool readsSource = false) : ChunkStage
{
    private readonly Chunk _half = new() { Columns = [.. columns.Select(c => BoxedValues.Of(c.Type).NewVector())], WatermarkBefore = [] };
    private bool _hasHalf;
    private bool _halfIsIn;

    /// <summary>The watermark before the row under way.</summary>
    private long _before = long.MinValue;

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
        int begin = 0;
        if (_hasHalf && chunk.Rows.Count > 0)
        {
            bool isStep = Kind(0) == RowKind.UpdateAfter;
            Step(_half, 0, _halfIsIn, made, isStep && chunk.Rows[0] < made.CutAt ? chunk.Rows[0] : -1);
            _hasHalf = false;
            begin = isStep ? 1 : 0;
        }

        for (int k = begin; k < chunk.Rows.Count && chunk.Rows[k] < made.CutAt; k++)
        {
            int row = chunk.Rows[k];
            _before = row < chunk.WatermarkBefore.Length ? chunk.WatermarkBefore[row] : long.MinValue;
            if (readsSource && Kind(k) == RowKind.UpdateBefore && k + 1 == chunk.Rows.Count)
            {
                Hold(made, row);
                continue;
            }

            if (Kind(k) != RowKind.UpdateBefore || k + 1 == chunk.Rows.Count || Kind(k + 1) != RowKind.UpdateAfter)
            {
                Put(made, row, Kind(k) is RowKind.UpdateBefore or RowKind.Delete ? RowKind.Delete : RowKind.Insert);
                continue;
            }

            int after = chunk.Rows[++k];
            Step(made, row, _isIn[row], made, after < made.CutAt ? after : -1);
        }

        // Time stands still for a row that waits for the one behind it.
        _output.Send(Next!);
        Next!.Advance(_hasHalf ? _before : chunk.WatermarkAfter);
    }

    public override void Advance(long watermark)
    {
        if (_hasHalf)
        {
            _hasHalf = false;
            Step(_half, 0, _halfIsIn, _half, -1);
            _output?.Send(Next!);
        }

        Next!.Advance(watermark);
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(_hasHalf);
        if (_hasHalf)
        {
            writer.Write(_before);
            writer.Write(_halfIsIn);
            for (int i = 0; i < _values.Length; i++)
            {
                _values[i].Save(writer, _halfIsIn ? _values[i].Read(_half.Column(i), 0) : null);
            }
        }
    }

    public override void Load(BinaryReader reader)
    {
        _hasHalf = reader.ReadBoolean();
        if (_hasHalf)
        {
            _before = reader.ReadInt64();
            _halfIsIn = reader.ReadBoolean();
            for (int i = 0; i < _values.Length; i++)
            {
                Set(i, _values[i].Load(reader));
            }
        }
    }

    /// <summary>A row goes and another takes its place.</summary>
    /// <param name="was">Where the row stands as it was.</param>
    /// <param name="before">The row there.</param>
    /// <param name="wasIn">Whether conditions kept it.</param>
    /// <param name="made">Where the row stands as it is.</param>
    /// <param name="after">The row there; -1: none takes its place.</param>
    private void Step(Chunk was, int before, bool wasIn, Chunk made, int after)
    {
        bool isIn = after >= 0 && _isIn[after];
        if (wasIn && isIn && IsSame(was, before, made, after))
        {
            return;
        }

        _output ??= new ChangeColumns(made.Columns);
        if (wasIn)
        {
            _output.Add(was, before, isIn ? RowKind.UpdateBefore : RowKind.Delete, Next!, _before);
        }

        if (isIn)
        {
            _output.Add(made, after, wasIn ? RowKind.UpdateAfter : RowKind.Insert, Next!, _before);
        }
    }

    private void Hold(Chunk made, int row)
    {
        _hasHalf = true;
        _halfIsIn = _isIn[row];
        for (int i = 0; _halfIsIn && i < _values.Length; i++)
        {
            Set(i, _values[i].Read(made.Column(i), row));
        }
    }

    private void Set(int column, object? value)
    {
        Vector held = _half.Column(column);
        held.ClearNulls();
        if (value is null)
        {
            held.SetNull(0);
        }
        else
        {
            _values[column].Write(held, 0, value);
        }
    }

    private void Put(Chunk made, int row, RowKind kind)
    {
        if (_isIn[row])
        {
            _output!.Add(made, row, kind, Next!, _before);
        }
    }

    private bool IsSame(Chunk one, int a, Chunk other, int b) => Enumerable.Range(0, _values.Length).All(i =>
        (_values[i].Read(one.Column(i), a), _values[i].Read(other.Column(i), b)) is var (x, y) && (x is null || y is null ? x is null && y is null : _values[i].Key(x).Equals(_values[i].Key(y))));
}
