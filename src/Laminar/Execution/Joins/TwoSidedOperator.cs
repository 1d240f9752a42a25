using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>An operator that takes the rows of two sides: each side's by themselves, or those of both in the order in which a runtime brings them.</summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="fingerprint">Of the state's layout.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TwoSidedOperator<TLeft, TRight, TOutput>(string queryName, string fingerprint, TOutput output)
    : RowOperator<JoinRow<TLeft, TRight>>(queryName, fingerprint), IRowsTo<TOutput>, ISidedInput<TLeft, TRight>
    where TOutput : struct
{
    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    void ISidedInput<TLeft, TRight>.ProcessLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling)
    {
        BeginRows();
        TakeLeft(rows, watermarks, ceiling);
        EndRows(rows.Length);
    }

    void ISidedInput<TLeft, TRight>.ProcessRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling)
    {
        BeginRows();
        TakeRight(rows, watermarks, ceiling);
        EndRows(rows.Length);
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<JoinRow<TLeft, TRight>> rows, int start)
    {
        long watermark = Watermark;
        for (int i = start; i < rows.Length; i++)
        {
            Take(rows.Slice(i, 1), new ReadOnlySpan<long>(in watermark), long.MaxValue, rows[i].IsRight);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<JoinRow<TLeft, TRight>> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        while (start < rows.Length)
        {
            bool isRight = rows[start].IsRight;
            int end = start + 1;
            while (end < rows.Length && rows[end].IsRight == isRight)
            {
                end++;
            }

            Take(rows[start..end], watermarks[start..end], ceiling, isRight);
            start = end;
        }
    }

    /// <summary>Takes rows of the left side, each with the watermark before it; at least one.</summary>
    private protected abstract void TakeLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling);

    /// <inheritdoc cref="TakeLeft"/>
    private protected abstract void TakeRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling);

    /// <summary>Takes rows of one side, each with the watermark before it; at least one.</summary>
    private protected abstract void Take(ReadOnlySpan<JoinRow<TLeft, TRight>> rows, ReadOnlySpan<long> watermarks, long ceiling, bool isRight);
}

/// <summary>What takes the rows of two sides.</summary>
internal interface ISidedInput<TLeft, TRight>
{
    /// <summary>Rows of the left side; see <see cref="Operator{TIn}.Process(ReadOnlySpan{TIn}, ReadOnlySpan{long}, long)"/>.</summary>
    void ProcessLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling);

    /// <inheritdoc cref="ProcessLeft"/>
    void ProcessRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling);
}
