using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>The event time of each row and the windows that hold it.</summary>
/// <param name="time">Over the row's columns.</param>
/// <param name="math">Where windows lie.</param>
/// <param name="isNeeded">False: all of time is the window, and nothing goes by the time of rows.</param>
internal sealed class RowTimes(BoundExpression time, WindowMath math, bool isNeeded = true)
{
    private readonly Kernel<long> _kernel = (Kernel<long>)KernelCompiler.Compile(time);

    /// <summary>Rows without a time, or with one whose windows don't fit, and what else the caller notes.</summary>
    public ChunkErrors Errors { get; } = new();

    public int[] Scratch { get; } = new int[Chunk.Size];

    public long[] Times { get; } = new long[Chunk.Size];

    /// <summary>The first window that holds the row.</summary>
    public long[] First { get; } = new long[Chunk.Size];

    /// <summary>The last; below <see cref="First"/> when none holds it.</summary>
    public long[] Last { get; } = new long[Chunk.Size];

    /// <summary>How far the time column's values may lie behind the watermark of its input without being late.</summary>
    public static long LagOf(BoundExpression time, PlanNode input) =>
        time is BoundColumn column ? input.Columns[column.Ordinal].EventTimeLag ?? 0 : 0;

    /// <summary>Fills the arrays for the rows given and notes those that fail; answers with the same rows.</summary>
    public Selection Compute(Chunk chunk, Selection rows)
    {
        if (!isNeeded)
        {
            return rows;
        }

        Vector<long> times = _kernel.Evaluate(chunk, rows, Errors);
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            if (times.IsNull(row))
            {
                Errors.Add(row, new LaminarException("The event time is NULL."));
                continue;
            }

            long value = times.Values[row];
            Times[row] = value;
            try
            {
                (First[row], Last[row]) = math.Around(value);
            }
            catch (Exception error) when (error is OverflowException or LaminarException)
            {
                Errors.Add(row, error);
            }
        }

        return rows;
    }
}
