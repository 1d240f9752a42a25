using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>
/// Three-valued AND or OR. The right side is computed only for rows that the left doesn't decide, so that a guard on the left keeps errors
/// on the right from happening.
/// </summary>
/// <param name="left">The side that is always computed.</param>
/// <param name="right">The other.</param>
/// <param name="decides">The value of the left that settles the result: false for AND, true for OR.</param>
internal sealed class LogicKernel(Kernel<bool> left, Kernel<bool> right, bool decides) : Kernel<bool>
{
    private readonly Vector<bool> _result = NewResult();
    private readonly int[] _open = new int[Chunk.Size];

    public override Vector<bool> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        Vector<bool> a = left.Evaluate(chunk, rows, errors);
        _result.ClearNulls();
        bool[] write = _result.Values;
        int open = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (!a.IsNull(row) && a.Values[row] == decides)
            {
                write[row] = decides;
            }
            else
            {
                _open[open++] = row;
            }
        }

        if (open == 0)
        {
            return _result;
        }

        Vector<bool> b = right.Evaluate(chunk, new Selection(_open, open), errors);
        for (int k = 0; k < open; k++)
        {
            int row = _open[k];
            bool rightNull = b.IsNull(row);
            if (!rightNull && b.Values[row] == decides)
            {
                write[row] = decides;
            }
            else if (rightNull || a.IsNull(row))
            {
                _result.SetNull(row);
            }
            else
            {
                write[row] = !decides;
            }
        }

        return _result;
    }
}
