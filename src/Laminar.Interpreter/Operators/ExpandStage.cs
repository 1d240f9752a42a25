using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Each row once per grouping set, with the number of the set behind its columns.</summary>
internal sealed class ExpandStage(ExpandNode node, RunState run) : ChunkStage
{
    private readonly Int32List _sources = new();
    private Vector?[]? _gathered;

    public override void Process(Chunk chunk)
    {
        _sources.Clear();
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            for (int set = 0; set < node.Sets.Count; set++)
            {
                _sources.Add(chunk.Rows[k]);
            }
        }

        long after = chunk.WatermarkAfter;
        if (_sources.Count == 0)
        {
            Next!.Advance(after);
        }

        StreamRowException? known = run.Fault;
        for (int from = 0; from < _sources.Count && ReferenceEquals(run.Fault, known); from += Chunk.Size)
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
        _gathered ??= [.. chunk.Columns.Select(c => c?.NewLike(Chunk.Size)), new Vector<int>(Chunk.Size)];
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
            ((Vector<int>)_gathered[inputs]!).Values[k] = (from + k) % node.Sets.Count;
            watermarks[k] = chunk.WatermarkBefore[sources[k]];
        }

        return new Chunk { Columns = _gathered, Rows = Selection.All(count), WatermarkBefore = watermarks, Clock = chunk.Clock, Origins = sources.ToArray() };
    }
}
