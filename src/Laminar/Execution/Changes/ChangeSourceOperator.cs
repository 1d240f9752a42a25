using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Conditions and columns over a source of changes. A row as it was that ends a call waits for the row behind it, so that steps are the same however rows are cut into calls; where
/// time is said to have come further, or the input ends, it is a row that goes.
/// </summary>
/// <inheritdoc cref="ChangeRowsOperator{TIn, TOut, TShape, TOutput}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangeSourceOperator<TIn, TOut, TShape, TOutput>(string queryName, TOutput output) : ChangeRowsOperator<TIn, TOut, TShape, TOutput>(queryName, output)
    where TIn : ISourceRow<TIn>, IChangelogRow
    where TShape : struct, IChangeShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly TIn[] _half = new TIn[1];
    private bool _hasHalf;
    private TIn[] _decoded = [];
    private long[] _stamps = [];
    private int _stamped;
    private long _own = long.MinValue;

    /// <inheritdoc/>
    protected sealed override SourceRows? Source => SourceRows.Of<TIn>();

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        if (!TIn.HasWatermark)
        {
            Steps(rows, default, long.MaxValue, start);
            return;
        }

        // What is left of a batch behind a row that fails has its watermarks already.
        int from = start == 0 ? 0 : Math.Max(start, _stamped);
        _stamped = rows.Length;
        if (_stamps.Length < rows.Length)
        {
            _stamps = new long[Math.Max(rows.Length, _stamps.Length * 2)];
        }

        for (int i = from; i < rows.Length; i++)
        {
            _stamps[i] = _own;
            _own = Math.Max(_own, TIn.WatermarkOf(in rows[i]));
        }

        Steps(rows, _stamps, long.MaxValue, start);
        if (!_hasHalf)
        {
            Advance(_own);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) => Steps(rows, watermarks, ceiling, start);

    /// <inheritdoc/>
    protected sealed override void Run(ref ArrowRowReader reader, ArrowScratch scratch, int start)
    {
        if (_decoded.Length < reader.RowCount)
        {
            _decoded = new TIn[reader.RowCount];
        }

        int end = start;
        Exception? unreadable = null;
        for (; end < reader.RowCount; end++)
        {
            reader.Row = end;
            try
            {
                _decoded[end] = TIn.Read(ref reader);
            }
            catch (Exception error) when (IsRowError(error))
            {
                unreadable = error;
                break;
            }
        }

        Run(_decoded.AsSpan(0, end), start);
        if (unreadable is not null)
        {
            Position = end;
            throw unreadable;
        }
    }

    /// <inheritdoc/>
    protected sealed override void Advance(long watermark)
    {
        GoHalf();
        base.Advance(watermark);
    }

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write(_own);
        StateRows.Write<TIn>(state, _half.AsSpan(0, _hasHalf ? 1 : 0), new RowBuffer());
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        base.Load(state);
        _own = state.Read<long>();
        TIn[] half = StateRows.Read<TIn>(state, out int count);
        _hasHalf = count > 0;
        _half[0] = _hasHalf ? half[0] : default!;
    }

    private void Steps(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        if (_hasHalf && start < rows.Length)
        {
            if (KindOf(in rows[start]) == RowKind.UpdateAfter)
            {
                TIn before = TakeHalf();
                Update(in before, in rows[start], start - 1);
                start++;
            }
            else
            {
                GoHalf();
            }
        }

        bool endsInHalf = start < rows.Length && KindOf(in rows[^1]) == RowKind.UpdateBefore;
        ReadOnlySpan<TIn> whole = endsInHalf ? rows[..^1] : rows;
        if (watermarks.IsEmpty)
        {
            base.Run(whole, start);
        }
        else
        {
            base.Run(whole, watermarks, ceiling, start);
        }

        if (endsInHalf)
        {
            if (!watermarks.IsEmpty)
            {
                Advance(Math.Min(watermarks[rows.Length - 1], ceiling));
            }

            _half[0] = rows[^1];
            _hasHalf = true;
        }
    }

    /// <summary>Nothing came behind it: the row goes.</summary>
    private void GoHalf()
    {
        if (_hasHalf)
        {
            TIn before = TakeHalf();
            Delete(in before, 0);
        }
    }

    private TIn TakeHalf()
    {
        TIn half = _half[0];
        _half[0] = default!;
        _hasHalf = false;
        return half;
    }
}
