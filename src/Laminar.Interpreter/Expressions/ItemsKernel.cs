using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>Values put together into an array of objects, null for NULL.</summary>
/// <param name="items">Computed first, left to right.</param>
internal sealed class ItemsKernel(Kernel[] items) : Kernel<object?[]>
{
    private readonly Vector<object?[]> _result = NewResult();

    public override Vector<object?[]> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        for (int k = 0; k < rows.Count; k++)
        {
            _result.Values[rows[k]] = new object?[items.Length];
        }

        for (int i = 0; i < items.Length; i++)
        {
            Vector values = items[i].EvaluateAny(chunk, rows, errors);
            for (int k = 0; k < rows.Count; k++)
            {
                int row = rows[k];
                _result.Values[row][i] = values.IsNull(row) ? null : values.Boxed(row);
            }
        }

        return _result;
    }
}
