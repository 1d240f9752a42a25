using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>Calls a function of <c>Laminar.Functions</c> row by row through a typed delegate.</summary>
/// <param name="arguments">Computed first, left to right.</param>
/// <param name="invoke">Reads the arguments of one row from their vectors, calls, and stores the result or NULL.</param>
/// <param name="strict">True when a NULL argument gives NULL without a call.</param>
internal sealed class CallKernel<TOut>(Kernel[] arguments, Action<Vector[], int, Vector<TOut>> invoke, bool strict) : Kernel<TOut>
{
    private readonly Vector<TOut> _result = NewResult();
    private readonly Vector[] _values = new Vector[arguments.Length];

    public override Vector<TOut> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            _values[i] = arguments[i].EvaluateAny(chunk, rows, errors);
        }

        _result.ClearNulls();
        int next = 0;
        while (next < rows.Count)
        {
            try
            {
                for (; next < rows.Count; next++)
                {
                    int row = rows[next];
                    if (strict && AnyNull(row))
                    {
                        _result.SetNull(row);
                    }
                    else
                    {
                        invoke(_values, row, _result);
                    }
                }
            }
            catch (Exception error) when (ChunkErrors.IsRowError(error))
            {
                int row = rows[next++];
                _result.SetNull(row);
                errors.Add(row, error);
            }
        }

        return _result;
    }

    private bool AnyNull(int row)
    {
        foreach (Vector value in _values)
        {
            if (value.IsNull(row))
            {
                return true;
            }
        }

        return false;
    }
}
