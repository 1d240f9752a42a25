using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>Searched CASE: each branch is computed only for the rows that reach it.</summary>
internal sealed class CaseKernel<T>(Kernel<bool>[] conditions, Kernel<T>[] results, Kernel<T>? otherwise) : Kernel<T>
{
    private readonly Vector<T> _result = NewResult();
    private readonly int[] _taken = new int[Chunk.Size];
    private readonly int[] _open = new int[Chunk.Size];

    public override Vector<T> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        _result.ClearNulls();
        int open = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            _open[open++] = rows[k];
        }

        for (int branch = 0; branch < conditions.Length && open > 0; branch++)
        {
            Vector<bool> condition = conditions[branch].Evaluate(chunk, new Selection(_open, open), errors);
            int taken = 0;
            int left = 0;
            for (int k = 0; k < open; k++)
            {
                int row = _open[k];
                if (errors.Any && errors[row] is not null)
                {
                    // The row has failed in a condition: no later branch may be tried, and its value is of no account.
                    _result.SetNull(row);
                }
                else if (!condition.IsNull(row) && condition.Values[row])
                {
                    _taken[taken++] = row;
                }
                else
                {
                    _open[left++] = row;
                }
            }

            open = left;
            Merge(results[branch], chunk, new Selection(_taken, taken), errors);
        }

        if (otherwise is not null)
        {
            Merge(otherwise, chunk, new Selection(_open, open), errors);
        }
        else
        {
            for (int k = 0; k < open; k++)
            {
                _result.SetNull(_open[k]);
            }
        }

        return _result;
    }

    private void Merge(Kernel<T> branch, Chunk chunk, Selection rows, ChunkErrors errors)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Vector<T> values = branch.Evaluate(chunk, rows, errors);
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (values.IsNull(row))
            {
                _result.SetNull(row);
            }
            else
            {
                _result.Values[row] = values.Values[row];
            }
        }
    }
}

/// <summary>COALESCE: each argument is computed only for the rows where all before it are NULL.</summary>
internal sealed class CoalesceKernel<T>(Kernel<T>[] arguments) : Kernel<T>
{
    private readonly Vector<T> _result = NewResult();
    private readonly int[] _open = new int[Chunk.Size];

    public override Vector<T> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        _result.ClearNulls();
        int open = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            _open[open++] = rows[k];
        }

        foreach (Kernel<T> argument in arguments)
        {
            if (open == 0)
            {
                break;
            }

            Vector<T> values = argument.Evaluate(chunk, new Selection(_open, open), errors);
            int left = 0;
            for (int k = 0; k < open; k++)
            {
                int row = _open[k];
                if (errors.Any && errors[row] is not null)
                {
                    _result.SetNull(row);
                }
                else if (values.IsNull(row))
                {
                    _open[left++] = row;
                }
                else
                {
                    _result.Values[row] = values.Values[row];
                }
            }

            open = left;
        }

        for (int k = 0; k < open; k++)
        {
            _result.SetNull(_open[k]);
        }

        return _result;
    }
}
