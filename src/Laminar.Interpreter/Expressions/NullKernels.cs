using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>IS NULL and IS NOT NULL.</summary>
internal sealed class IsNullKernel(Kernel operand, bool negated) : Kernel<bool>
{
    private readonly Vector<bool> _result = NewResult();

    public override Vector<bool> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        Vector input = operand.EvaluateAny(chunk, rows, errors);
        bool[] write = _result.Values;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            write[row] = input.IsNull(row) != negated;
        }

        return _result;
    }
}

/// <summary>IS [NOT] DISTINCT FROM: NULLs are equal.</summary>
internal sealed class DistinctKernel<T>(Kernel<T> left, Kernel<T> right, bool negated) : Kernel<bool>
{
    private readonly Vector<bool> _result = NewResult();

    public override Vector<bool> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        Vector<T> a = left.Evaluate(chunk, rows, errors);
        Vector<T> b = right.Evaluate(chunk, rows, errors);
        bool[] write = _result.Values;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            bool aNull = a.IsNull(row);
            bool bNull = b.IsNull(row);
            bool distinct = aNull || bNull ? aNull != bNull : !ValueEquality<T>.Same(a.Values[row], b.Values[row]);
            write[row] = distinct != negated;
        }

        return _result;
    }
}
