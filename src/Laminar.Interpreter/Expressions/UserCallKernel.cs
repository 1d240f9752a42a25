using Laminar.Functions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>Calls a function in C# row by row. Whatever comes out of it is the row's fault, with the function's name.</summary>
/// <param name="name">The function's SQL name.</param>
/// <param name="arguments">Computed first, left to right.</param>
/// <param name="needed">Which arguments mustn't be NULL for a call.</param>
/// <param name="invoke">Reads the arguments of one row from their vectors, calls, and stores the result or NULL.</param>
internal sealed class UserCallKernel<TOut>(string name, Kernel[] arguments, bool[] needed, Action<Vector[], int, Vector<TOut>> invoke) : Kernel<TOut>
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
        for (int next = 0; next < rows.Count; next++)
        {
            int row = rows[next];

            // A row that failed already fails for that: nothing is called with what stands there instead of a value.
            if (errors[row] is not null || MissesArgument(row))
            {
                _result.SetNull(row);
                continue;
            }

            try
            {
                invoke(_values, row, _result);
            }
            catch (Exception error) when (UserCall.IsRowError(error))
            {
                _result.SetNull(row);
                errors.Add(row, UserCall.Failed(name, error));
            }
        }

        return _result;
    }

    private bool MissesArgument(int row)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (needed[i] && _values[i].IsNull(row))
            {
                return true;
            }
        }

        return false;
    }
}
