using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What operators share that keep rows until the watermark has passed them.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="fingerprint">Of the state's layout.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class KeepingOperator<TIn, TOutput>(string queryName, string fingerprint, TOutput output) : RowOperator<TIn>(queryName, fingerprint), IRowsTo<TOutput>
    where TOutput : struct
{
    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    /// <summary>Takes the next row, with the watermark before it.</summary>
    /// <returns>False: it is late.</returns>
    protected abstract bool Take(in TIn row);

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            TakeOrCount(in rows[i], i);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            long before = Math.Min(watermarks[i], ceiling);
            if (before > Watermark)
            {
                Advance(before);
            }

            TakeOrCount(in rows[i], i);
        }
    }

    private void TakeOrCount(in TIn row, int position)
    {
        if (!Take(in row))
        {
            LateRows++;
            MarkLate(position);
        }
    }
}
