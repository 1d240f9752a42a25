using Laminar.Functions;
using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Operators;

/// <summary>UNNEST: each row once per element, in the order of the elements.</summary>
internal sealed class UnnestStage(UnnestNode node, RunState run) : ChunkStage
{
    private readonly Kernel _values = KernelCompiler.Compile(node.Values);
    private readonly ChunkErrors _errors = new();
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly Int32List _sources = new();
    private readonly List<(object? First, object? Second, long Place)> _elements = [];
    private Vector?[]? _gathered;

    public override void Process(Chunk chunk)
    {
        _errors.Clear();
        Vector values = _values.EvaluateAny(chunk, chunk.Rows, _errors);
        Selection rows = run.Resolve(chunk, chunk.Rows, _errors, _scratch);
        _sources.Clear();
        _elements.Clear();
        for (int k = 0; k < rows.Count; k++)
        {
            Take(values, rows[k]);
        }

        long after = chunk.WatermarkAfter;
        if (_elements.Count == 0)
        {
            Next!.Advance(after);
        }

        StreamRowException? known = run.Fault;
        for (int from = 0; from < _elements.Count && ReferenceEquals(run.Fault, known); from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, _elements.Count - from);
            Chunk output = Expand(chunk, from, count);
            output.WatermarkAfter = from + count == _elements.Count ? after : output.WatermarkBefore[count - 1];
            Next!.Process(output);
        }
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    private void Take(Vector values, int row)
    {
        object? value = values.IsNull(row) ? null : values.Boxed(row);
        int before = _elements.Count;
        if (value is SqlMap map)
        {
            _elements.AddRange(map.Keys.Select((key, i) => ((object?)key, map.Values[i], (long)i + 1)));
        }
        else if (value is object?[] items)
        {
            _elements.AddRange(items.Select((item, i) => (item, (object?)null, (long)i + 1)));
        }

        if (_elements.Count == before && node.KeepsEmpty)
        {
            _elements.Add((null, null, 0));
        }

        for (int i = before; i < _elements.Count; i++)
        {
            _sources.Add(row);
        }
    }

    private Chunk Expand(Chunk chunk, int from, int count)
    {
        int inputs = chunk.Columns.Length;
        if (_gathered is null)
        {
            _gathered = new Vector?[node.Columns.Count];
            for (int i = 0; i < _gathered.Length; i++)
            {
                _gathered[i] = i < inputs ? chunk.Columns[i]?.NewLike(Chunk.Size)
                    : (Vector)ClrValueTypes.Make(typeof(Vector<>), [ClrValueTypes.Of(node.Columns[i].Type)], Chunk.Size);
            }
        }

        ReadOnlySpan<int> sources = _sources.Span.Slice(from, count);
        for (int i = 0; i < _gathered.Length; i++)
        {
            _gathered[i]?.ClearNulls();
            if (i < inputs)
            {
                _gathered[i]?.Gather(chunk.Column(i), sources, 0);
            }
        }

        var watermarks = new long[count];
        for (int k = 0; k < count; k++)
        {
            (object? first, object? second, long place) = _elements[from + k];
            Set(inputs, k, first);
            if (node.Values.Type.Kind == SqlTypeKind.Map)
            {
                Set(inputs + 1, k, second);
            }

            if (node.Ordinality)
            {
                Set(inputs + node.Width, k, place == 0 ? null : place);
            }

            watermarks[k] = chunk.WatermarkBefore[sources[k]];
        }

        return new Chunk { Columns = _gathered, Rows = Selection.All(count), WatermarkBefore = watermarks, Clock = chunk.Clock };
    }

    private void Set(int column, int row, object? value)
    {
        if (value is null)
        {
            _gathered![column]!.SetNull(row);
        }
        else
        {
            _gathered![column]!.Put(row, value);
        }
    }
}
