using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Binding;

namespace Laminar.Interpreter.Operators;

/// <summary>A run of filters and projections, applied to a chunk without anything in between.</summary>
internal sealed class Transform
{
    private readonly List<Step> _steps = [];
    private readonly ChunkErrors _errors = new();
    private readonly int[] _rows = new int[Chunk.Size];

    public bool IsEmpty => _steps.Count == 0;

    public void AddFilter(BoundExpression predicate) => _steps.Add(new Step((Kernel<bool>)KernelCompiler.Compile(predicate), null));

    /// <param name="expressions">Of all columns.</param>
    /// <param name="wanted">Those that anything reads; the others aren't computed.</param>
    public void AddProject(IReadOnlyList<BoundExpression> expressions, HashSet<int> wanted) =>
        _steps.Add(new Step(null, [.. expressions.Select((e, i) => wanted.Contains(i) ? KernelCompiler.Compile(e) : null)]));

    /// <summary>Rows whose timestamps in these columns lie outside the years 1 to 9999 fail, as they do in C# rows.</summary>
    public void AddTimestampCheck(IReadOnlyList<int> columns) => _steps.Add(new Step(null, null, columns));

    /// <summary>The rows that pass, with the columns of the last projection. Row positions and watermarks stay.</summary>
    /// <param name="input">Not changed, but for the watermark behind the last row when it is cut at a failure.</param>
    /// <param name="run">The error policy; null to take failing rows out silently.</param>
    public Chunk Apply(Chunk input, RunState? run)
    {
        var output = new Chunk
        {
            Columns = input.Columns, Rows = input.Rows, WatermarkBefore = input.WatermarkBefore, WatermarkAfter = input.WatermarkAfter, Clock = input.Clock, IsOfGroups = input.IsOfGroups, Kinds = input.Kinds,
        };
        foreach (Step step in _steps)
        {
            _errors.Clear();
            if (step.Predicate is { } predicate)
            {
                Vector<bool> pass = predicate.Evaluate(output, output.Rows, _errors);
                Selection rows = Settle(output, run);
                int kept = 0;
                for (int k = 0; k < rows.Count; k++)
                {
                    int row = rows[k];
                    if (!pass.IsNull(row) && pass.Values[row])
                    {
                        _rows[kept++] = row;
                    }
                }

                output.Rows = new Selection(_rows, kept);
            }
            else if (step.Timestamps is { } timestamps)
            {
                foreach (int ordinal in timestamps)
                {
                    CheckTimestamps((Vector<long>)output.Column(ordinal), output.Rows);
                }

                output.Rows = Settle(output, run);
            }
            else
            {
                var columns = new Vector?[step.Expressions!.Length];
                for (int i = 0; i < columns.Length; i++)
                {
                    columns[i] = step.Expressions[i]?.EvaluateAny(output, output.Rows, _errors);
                }

                output.Rows = Settle(output, run);
                output.Columns = columns;
            }
        }

        return output;
    }

    private Selection Settle(Chunk chunk, RunState? run)
    {
        if (run is not null)
        {
            return run.Resolve(chunk, chunk.Rows, _errors, _rows);
        }

        if (!_errors.Any)
        {
            return chunk.Rows;
        }

        int kept = 0;
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            int row = chunk.Rows[k];
            if (_errors[row] is null)
            {
                _rows[kept++] = row;
            }
        }

        return new Selection(_rows, kept);
    }

    private void CheckTimestamps(Vector<long> column, Selection rows)
    {
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (!column.IsNull(row) && (ulong)column.Values[row] > (ulong)DateTime.MaxValue.Ticks)
            {
                _errors.Add(row, new OverflowException("A timestamp lies before the year 1 or after 9999."));
            }
        }
    }

    /// <summary>A filter, a projection or a check; exactly one of them.</summary>
    private sealed record Step(Kernel<bool>? Predicate, Kernel?[]? Expressions, IReadOnlyList<int>? Timestamps = null);
}
