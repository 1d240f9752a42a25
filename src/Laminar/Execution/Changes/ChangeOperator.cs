using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// What operators share whose input's rows change. A row as it was and the row as it is now, one behind the other, are one step; by itself the one is a row that goes, and the
/// other a row that comes: a core that rows go to by their keys gets half of a step that changes a key.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="fingerprint">Of the state's layout.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeOperator<TIn, TOutput>(string queryName, string fingerprint, TOutput output) : RowOperator<TIn>(queryName, fingerprint), IRowsTo<TOutput>
    where TOutput : struct
{
    /// <summary>What is said of a row that goes and isn't there.</summary>
    protected const string MissingRow = "A row is taken back that isn't there: what brings it told of no such row, or took it back before.";

    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    /// <summary>What a row does to the input's content.</summary>
    protected abstract RowKind KindOf(in TIn row);

    /// <summary>A row that comes.</summary>
    /// <param name="row">The row.</param>
    /// <param name="position">Its place in the batch.</param>
    protected abstract void Insert(in TIn row, int position);

    /// <summary>A row that goes.</summary>
    /// <inheritdoc cref="Insert"/>
    protected abstract void Delete(in TIn row, int position);

    /// <summary>A row that takes the place of another.</summary>
    /// <param name="before">The row as it was.</param>
    /// <param name="after">The row as it is now.</param>
    /// <param name="position">The place of the first in the batch; the second is behind it.</param>
    protected abstract void Update(in TIn before, in TIn after, int position);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            i = Step(rows, i);
        }
    }

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            Advance(Math.Min(watermarks[i], ceiling));
            i = Step(rows, i);
        }
    }

    /// <returns>The last row that was taken.</returns>
    private int Step(ReadOnlySpan<TIn> rows, int i)
    {
        switch (KindOf(in rows[i]))
        {
            case RowKind.UpdateBefore when i + 1 < rows.Length && KindOf(in rows[i + 1]) == RowKind.UpdateAfter:
                Update(in rows[i], in rows[i + 1], i);
                return i + 1;
            case RowKind.UpdateBefore or RowKind.Delete:
                Delete(in rows[i], i);
                return i;
            default:
                Insert(in rows[i], i);
                return i;
        }
    }
}
