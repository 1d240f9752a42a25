using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>An operation on one value. A struct, so that the loop around it is specialised.</summary>
internal interface IUnaryOperation<TIn, TOut>
{
    /// <summary>True when no value of the type makes it fail, unspecified ones included: then NULLs needn't be looked at.</summary>
    static abstract bool IsTotal { get; }

    static abstract TOut Invoke(TIn value);
}

/// <summary>NULL in, NULL out.</summary>
internal sealed class UnaryKernel<TIn, TOut, TOperation>(Kernel<TIn> operand) : Kernel<TOut>
    where TOperation : struct, IUnaryOperation<TIn, TOut>
{
    private readonly Vector<TOut> _result = NewResult();

    public override Vector<TOut> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        Vector<TIn> input = operand.Evaluate(chunk, rows, errors);
        _result.TakeNulls(input);
        TIn[] read = input.Values;
        TOut[] write = _result.Values;
        if (TOperation.IsTotal)
        {
            if (rows.Rows is null)
            {
                for (int i = 0; i < rows.Count; i++)
                {
                    write[i] = TOperation.Invoke(read[i]);
                }
            }
            else
            {
                foreach (int i in rows.Rows.AsSpan(0, rows.Count))
                {
                    write[i] = TOperation.Invoke(read[i]);
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
                    if (!input.IsNull(i))
                    {
                        write[i] = TOperation.Invoke(read[i]);
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
