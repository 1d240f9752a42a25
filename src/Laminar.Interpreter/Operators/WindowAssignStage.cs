using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// The window table function: each row once per window that holds it, in order of window starts. It keeps nothing, so that no row is late here;
/// an aggregation behind it judges.
/// </summary>
internal sealed class WindowAssignStage : ChunkStage
{
    private readonly WindowMath _math;
    private readonly RowTimes _times;
    private readonly RunState _run;
    private readonly Int32List _sources = new();
    private readonly List<long> _windows = [];
    private Vector?[]? _gathered;

    public WindowAssignStage(WindowAssignNode node, RunState run)
    {
        _math = new WindowMath(node.Window, RowTimes.LagOf(node.Window.Time, node.Input));
        _times = new RowTimes(node.Window.Time, _math);
        _run = run;
    }

    public override void Process(Chunk chunk)
    {
        _times.Errors.Clear();
        Selection rows = _times.Compute(chunk, chunk.Rows);
        rows = _run.Resolve(chunk, rows, _times.Errors, _times.Scratch);
        _sources.Clear();
        _windows.Clear();
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            for (long window = _times.First[row]; window <= _times.Last[row]; window++)
            {
                if (!_math.IsRepeated(window))
                {
                    _sources.Add(row);
                    _windows.Add(window);
                }
            }
        }

        long after = chunk.WatermarkAfter;
        if (_sources.Count == 0)
        {
            Next!.Advance(after);
        }

        StreamRowException? known = _run.Fault;
        for (int from = 0; from < _sources.Count && ReferenceEquals(_run.Fault, known); from += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, _sources.Count - from);
            Chunk output = Expand(chunk, from, count);
            output.WatermarkAfter = from + count == _sources.Count ? after : output.WatermarkBefore[count - 1];
            Next!.Process(output);
        }
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    private Chunk Expand(Chunk chunk, int from, int count)
    {
        int inputs = chunk.Columns.Length;
        if (_gathered is null)
        {
            _gathered = new Vector?[inputs + 3];
            for (int i = 0; i < inputs; i++)
            {
                _gathered[i] = chunk.Columns[i]?.NewLike(Chunk.Size);
            }

            for (int i = 0; i < 3; i++)
            {
                _gathered[inputs + i] = new Vector<long>(Chunk.Size);
            }
        }

        ReadOnlySpan<int> sources = _sources.Span.Slice(from, count);
        for (int i = 0; i < inputs; i++)
        {
            if (_gathered[i] is { } target)
            {
                target.ClearNulls();
                target.Gather(chunk.Column(i), sources, 0);
            }
        }

        var watermarks = new long[count];
        for (int k = 0; k < count; k++)
        {
            long end = _math.EndOf(_windows[from + k]);
            ((Vector<long>)_gathered[inputs]!).Values[k] = _math.StartOf(_windows[from + k]);
            ((Vector<long>)_gathered[inputs + 1]!).Values[k] = end;
            ((Vector<long>)_gathered[inputs + 2]!).Values[k] = end - _math.Gap;
            watermarks[k] = chunk.WatermarkBefore[sources[k]];
        }

        return new Chunk { Columns = _gathered, Rows = Selection.All(count), WatermarkBefore = watermarks, Clock = chunk.Clock };
    }
}
