using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>An operation on two values. A struct, so that the loop around it is specialised.</summary>
internal interface IBinaryOperation<TLeft, TRight, TOut>
{
    /// <summary>True when no values of the types make it fail, unspecified ones included: then NULLs needn't be looked at.</summary>
    static abstract bool IsTotal { get; }

    static abstract TOut Invoke(TLeft left, TRight right);
}

/// <summary>NULL on either side, NULL out.</summary>
internal sealed class BinaryKernel<TLeft, TRight, TOut, TOperation>(Kernel<TLeft> left, Kernel<TRight> right) : Kernel<TOut>
    where TOperation : struct, IBinaryOperation<TLeft, TRight, TOut>
{
    private readonly Vector<TOut> _result = NewResult();

    public override Vector<TOut> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        Vector<TLeft> a = left.Evaluate(chunk, rows, errors);
        Vector<TRight> b = right.Evaluate(chunk, rows, errors);
        _result.TakeNulls(a, b);
        TLeft[] x = a.Values;
        TRight[] y = b.Values;
        TOut[] write = _result.Values;
        if (TOperation.IsTotal)
        {
            if (rows.Rows is null)
            {
                for (int i = 0; i < rows.Count; i++)
                {
                    write[i] = TOperation.Invoke(x[i], y[i]);
                }
            }
            else
            {
                foreach (int i in rows.Rows.AsSpan(0, rows.Count))
                {
                    write[i] = TOperation.Invoke(x[i], y[i]);
                }
            }

            return _result;
        }

        int next = 0;
        while (next < rows.Count)
        {
            try
            {
                for (; next < rows.Count; next++)
                {
                    int i = rows[next];
                    if (!_result.IsNull(i))
                    {
                        write[i] = TOperation.Invoke(x[i], y[i]);
                    }
                }
            }
            catch (Exception error) when (ChunkErrors.IsRowError(error))
            {
                int row = rows[next++];
                errors.Add(row, error);
                _result.SetNull(row);
            }
        }

        return _result;
    }
}
