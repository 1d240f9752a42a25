using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>The watermark before each row; NULL as long as there is none.</summary>
internal sealed class WatermarkKernel : Kernel<long>
{
    private readonly Vector<long> _result = NewResult();

    public override Vector<long> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        _result.ClearNulls();
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (chunk.WatermarkBefore[row] == long.MinValue)
            {
                _result.SetNull(row);
            }
            else
            {
                _result.Values[row] = chunk.WatermarkBefore[row];
            }
        }

        return _result;
    }
}
