using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>Collects changelog rows, each with its kind, into chunks for the output.</summary>
internal sealed class ChangeColumns(Vector?[] shape, bool hasKinds = true)
{
    private readonly Vector[] _columns = [.. shape.Select(c => c!.NewLike(Chunk.Size))];
    private readonly RowKind[] _kinds = new RowKind[Chunk.Size];
    private readonly long[] _watermarks = new long[Chunk.Size];
    private readonly int[] _source = new int[1];
    private int _count;

    /// <param name="chunk">Where the row stands.</param>
    /// <param name="row">The row.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="next">Who takes the rows.</param>
    /// <param name="watermark">The watermark before the row, where it is more than the last that was handed on.</param>
    public void Add(Chunk chunk, int row, RowKind kind, ChunkStage next, long watermark = long.MinValue)
    {
        // A row as it was and as it is go together.
        if (_count == Chunk.Size || (_count == Chunk.Size - 1 && kind == RowKind.UpdateBefore))
        {
            Send(next);
        }

        _source[0] = row;
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Gather(chunk.Column(i), _source, _count);
        }

        _watermarks[_count] = watermark;
        _kinds[_count++] = kind;
    }

    public void Send(ChunkStage next)
    {
        if (_count > 0)
        {
            next.Process(new Chunk { Columns = _columns, Rows = Selection.All(_count), WatermarkBefore = _watermarks, WatermarkAfter = long.MinValue, Kinds = hasKinds ? _kinds : null });
            _count = 0;
            foreach (Vector column in _columns)
            {
                column.ClearNulls();
            }
        }
    }
}
