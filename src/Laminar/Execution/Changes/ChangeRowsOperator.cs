using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// Conditions and columns over rows that change. What a condition keeps of a step comes or goes as it turns; a step that changes none of the columns is none.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's conditions and columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeRowsOperator<TIn, TOut, TShape, TOutput>(string queryName, TOutput output) : ChangeOperator<TIn, TOutput>(queryName, "", output)
    where TIn : IChangelogRow
    where TShape : struct, IChangeShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in TIn row) => row.Kind;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        Position = position;
        bool isIn = TShape.TryMake(this, in row, RowKind.Insert, out TOut result);
        Position = -1;
        if (isIn)
        {
            Put(in result);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
        if (WasIn(in row, RowKind.Delete, position, out TOut result))
        {
            Put(in result);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Update(in TIn before, in TIn after, int position)
    {
        bool was = WasIn(in before, RowKind.UpdateBefore, position, out TOut old);
        Position = position + 1;
        bool isIn;
        TOut now;
        try
        {
            isIn = TShape.TryMake(this, in after, RowKind.UpdateAfter, out now);
        }
        catch (Exception error) when (was && IsRowError(error))
        {
            // What was is gone, whatever becomes of the row that failed.
            int failed = Position;
            Put(TShape.As(in old, RowKind.Delete));
            Position = failed;
            throw;
        }

        Position = -1;
        if (!was || !isIn)
        {
            if (was)
            {
                Put(TShape.As(in old, RowKind.Delete));
            }
            else if (isIn)
            {
                Put(TShape.As(in now, RowKind.Insert));
            }
        }
        else if (!TShape.IsSame(in old, in now))
        {
            Put(in old);
            Put(in now);
        }
    }

    /// <summary>What a row was that goes. One that fails did so, and was counted, when it came.</summary>
    private bool WasIn(in TIn row, RowKind kind, int position, out TOut result)
    {
        Position = position;
        try
        {
            return TShape.TryMake(this, in row, kind, out result);
        }
        catch (Exception error) when (IsRowError(error))
        {
            Calling = 0;
            result = default!;
            return false;
        }
        finally
        {
            Position = -1;
        }
    }

    private void Put(in TOut result)
    {
        RowsOut++;
        Output.Emit(in result, Watermark);
    }
}
