using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>
/// Rows that change, of each of which several are made, or none. A row comes and goes with all that is made of it; a step is one of each in its place, as far as both have
/// as many. A row that fails has none.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">What is made of a row.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeFanOperator<TIn, TOut, TShape, TOutput>(string queryName, TOutput output) : ChangeOperator<TIn, TOutput>(queryName, "", output)
    where TIn : IChangelogRow
    where TShape : struct, IChangeFanShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly List<TOut> _was = [];
    private readonly List<TOut> _now = [];
    private readonly TShape _shape = new();

    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in TIn row) => row.Kind;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        Make(in row, RowKind.Insert, position, _now);
        Put(CollectionsMarshal.AsSpan(_now));
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
        MakeGone(in row, RowKind.Delete, position);
        Put(CollectionsMarshal.AsSpan(_was));
    }

    /// <inheritdoc/>
    protected sealed override void Update(in TIn before, in TIn after, int position)
    {
        MakeGone(in before, RowKind.UpdateBefore, position);
        try
        {
            Make(in after, RowKind.UpdateAfter, position + 1, _now);
        }
        catch (Exception error) when (_was.Count > 0 && IsRowError(error))
        {
            // What was is gone, whatever becomes of the row that failed.
            int failed = Position;
            PutAs(CollectionsMarshal.AsSpan(_was), RowKind.Delete);
            Position = failed;
            throw;
        }

        ReadOnlySpan<TOut> was = CollectionsMarshal.AsSpan(_was);
        ReadOnlySpan<TOut> now = CollectionsMarshal.AsSpan(_now);
        int both = Math.Min(was.Length, now.Length);
        for (int i = 0; i < both; i++)
        {
            if (!TShape.IsSame(in was[i], in now[i]))
            {
                Put(in was[i]);
                Put(in now[i]);
            }
        }

        PutAs(was[both..], RowKind.Delete);
        PutAs(now[both..], RowKind.Insert);
    }

    private void Make(in TIn row, RowKind kind, int position, List<TOut> results)
    {
        results.Clear();
        Position = position;
        _shape.Make(this, in row, kind, results);
        Position = -1;
    }

    /// <summary>What was made of a row that goes. Of one that fails, which did so and was counted when it came, nothing.</summary>
    private void MakeGone(in TIn row, RowKind kind, int position)
    {
        try
        {
            Make(in row, kind, position, _was);
        }
        catch (Exception error) when (IsRowError(error))
        {
            Calling = 0;
            Position = -1;
            _was.Clear();
        }
    }

    private void Put(ReadOnlySpan<TOut> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            Put(in results[i]);
        }
    }

    private void PutAs(ReadOnlySpan<TOut> results, RowKind kind)
    {
        for (int i = 0; i < results.Length; i++)
        {
            Put(TShape.As(in results[i], kind));
        }
    }

    private void Put(in TOut result)
    {
        RowsOut++;
        Output.Emit(in result, Watermark);
    }
}
