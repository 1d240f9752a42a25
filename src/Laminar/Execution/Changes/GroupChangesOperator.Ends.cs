namespace Laminar.Execution;

/// <content>Groups that end, with their window or with the input.</content>
public abstract partial class GroupChangesOperator<TIn, TOut, TPane, TShape, TOutput>
{
    private readonly PriorityQueue<Group, (long At, long Order)> _ends = new();

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        if (watermark == long.MaxValue && !_hasEnded)
        {
            _hasEnded = true;
            for (int i = 0; i < TShape.EmptyGroups; i++)
            {
                AddEmpty(TShape.Empty(i));
            }

            if (isGlobal)
            {
                AddEmpty(default);
            }
        }

        if (!TShape.Ends)
        {
            Hand(watermark);
            return;
        }

        End(watermark);
        if (Shape.Line is not { } line)
        {
            Hand(watermark);
        }
        else if (Behind(watermark) >= _nextEnd)
        {
            _nextEnd = line.NextEnd(Behind(watermark));
            Hand(_nextEnd == long.MaxValue ? long.MaxValue : _nextEnd - TShape.Gap);
        }
    }

    /// <summary>A group that is there even of no rows.</summary>
    private void AddEmpty(in TIn row)
    {
        if (_groups.Find(in row) is null)
        {
            Group none = Add(in row);
            if (!TShape.IsToldAtEnd && TryMake(none, RowKind.Insert, out TOut result))
            {
                Emit(in result);
            }
        }
    }

    /// <summary>Tells the groups whose window has ended, and forgets those that take no more rows.</summary>
    private void End(long watermark)
    {
        while (_ends.TryPeek(out Group? group, out (long At, long Order) due) && due.At <= watermark)
        {
            _ends.Dequeue();
            if (group.Entry < 0 || group.Order != due.Order)
            {
                continue;
            }

            if (TShape.IsToldAtEnd && !group.HasEnded)
            {
                group.HasEnded = true;
                if (TryMake(group, RowKind.Insert, out TOut result))
                {
                    Emit(in result);
                }

                if (TShape.Lateness > 0)
                {
                    _ends.Enqueue(group, (Later(due.At), due.Order));
                    continue;
                }
            }

            Forget(group);
        }
    }

    private void Hand(long watermark)
    {
        _outWatermark = watermark;
        Output.Watermark(watermark);
    }

    private static long Later(long end) => end > long.MaxValue - TShape.Lateness ? long.MaxValue : end + TShape.Lateness;

    private static long Behind(long watermark) => watermark == long.MaxValue || watermark < long.MinValue + TShape.Lateness ? watermark : watermark - TShape.Lateness;

    private bool IsLate(in TIn row, int position)
    {
        if (!TShape.Ends || Later(TShape.End(in row)) > Watermark)
        {
            return false;
        }

        LateRows++;
        MarkLate(position);
        return true;
    }
}
