using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>Below the stages of a query whose late rows are read: it keeps the chunk under way, of which those are taken that the query finds late.</summary>
/// <param name="end">The query's end, behind which the late rows go on.</param>
internal sealed class LateTap(LateEnd end) : ChunkStage
{
    private readonly long[] _watermarks = Timeless();
    private readonly Int32List _late = new();

    /// <summary>A row of the chunk under way is late. In order of rows.</summary>
    public void Mark(int row) => _late.Add(row);

    public override void Process(Chunk chunk)
    {
        _late.Clear();
        Vector?[] columns = chunk.Columns;
        TimeProvider clock = chunk.Clock;
        Next!.Process(chunk);
        if (_late.Count > 0)
        {
            end.Next!.Process(new Chunk
            {
                Columns = columns, Rows = new Selection(_late.Span.ToArray(), _late.Count), WatermarkBefore = _watermarks, WatermarkAfter = long.MinValue, Clock = clock,
            });
        }
    }

    public override void Advance(long watermark)
    {
        Next!.Advance(watermark);
        if (watermark == long.MaxValue)
        {
            end.Next!.Advance(watermark);
        }
    }

    private static long[] Timeless()
    {
        var watermarks = new long[Chunk.Size];
        Array.Fill(watermarks, long.MinValue);
        return watermarks;
    }
}

/// <summary>The end of a query whose results nobody reads, only its late rows.</summary>
/// <param name="run">Its counters.</param>
internal sealed class LateEnd(RunState run) : ChunkStage
{
    public override void Process(Chunk chunk) => run.RowsOut += chunk.Rows.Count;

    public override void Advance(long watermark)
    {
    }
}
