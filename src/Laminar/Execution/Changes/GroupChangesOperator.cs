using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Groups of rows that change. Counts and exact sums take a row back by subtraction; where aggregates can't, the rows of a group are kept, and the aggregates made anew of
/// those that are left: DOUBLE is never subtracted, and an extreme is looked for again only when it goes. Groups of a window are told when the watermark reaches its end, or as
/// they change, and forgotten when it takes no more rows.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates keep.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="queryName">For messages.</param>
/// <param name="fingerprint">Of the state's layout.</param>
/// <param name="isGlobal">One group of all rows, which is there even of none.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class GroupChangesOperator<TIn, TOut, TPane, TShape, TOutput>(string queryName, string fingerprint, bool isGlobal, TOutput output)
    : ChangeOperator<TIn, TOutput>(queryName, fingerprint, output)
    where TIn : struct, IStreamRow<TIn>, IChangelogRow
    where TPane : unmanaged
    where TShape : struct, IGroupChangeShape<TIn, TOut, TPane>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly OverPartitions<TIn, Group, TShape> _groups = new();
    private readonly KeptRows<TIn> _rows = new();
    /// <summary>The shape; a struct that lives here.</summary>
    internal TShape Shape = new();
    private long _arrivals;
    private long _made;
    private bool _hasEnded;

    /// <summary>The first end of a window that hasn't been reached, behind all lateness.</summary>
    private long _nextEnd = long.MinValue;

    /// <summary>No row that can still come can be behind this.</summary>
    private long _outWatermark = long.MinValue;

    /// <summary>Panes have something beside themselves.</summary>
    private static bool HasBeside => TShape.Aggregates && !TShape.Merges;

    /// <inheritdoc/>
    public override long StateBytes => _groups.All.Sum(_ => (long)Unsafe.SizeOf<TPane>() + Unsafe.SizeOf<TIn>()) + (TShape.KeepsRows ? _rows.Bytes : 0) + (HasBeside ? Shape.Bytes : 0);

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (HasBeside)
        {
            Shape.Dispose();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in TIn row) => row.Kind;

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        if (IsLate(in row, position))
        {
            return;
        }

        Group? found = _groups.Find(in row);
        bool was = TryMakeOld(found, out TOut old);
        Group group = found ?? Add(in row);
        Put(group, in row);
        Tell(group, was, in old);
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
        if (IsLate(in row, position))
        {
            return;
        }

        Group group = Find(in row, position);
        int kept = Kept(in row, position);
        bool was = TryMakeOld(group, out TOut old);
        Take(group, in row, kept);
        Tell(group, was, in old);
    }

    /// <inheritdoc/>
    protected sealed override void Update(in TIn before, in TIn after, int position)
    {
        if (!TShape.IsSamePartition(in before, in after))
        {
            Delete(in before, position);
            Insert(in after, position + 1);
            return;
        }

        if (IsLate(in after, position + 1))
        {
            return;
        }

        // The new row first: an extreme that it beats is none any more when it goes.
        Group group = Find(in before, position);
        int kept = Kept(in before, position);
        bool was = TryMakeOld(group, out TOut old);
        Put(group, in after);
        Take(group, in before, kept);
        Tell(group, was, in old);
    }

    private Group Add(in TIn row, bool hasEnded = false)
    {
        Group group = _groups.Add(TShape.Hash(in row));
        group.Representative = row;
        group.Order = _made++;
        group.HasEnded = hasEnded;
        Begin(group);
        if (TShape.Ends)
        {
            long end = TShape.End(in row);

            // Behind the end of its window, a group whose first row comes then is told like any that changes.
            group.HasEnded |= TShape.IsToldAtEnd && end <= Watermark && !_hasEnded;
            _ends.Enqueue(group, (TShape.IsToldAtEnd && !group.HasEnded ? end : Later(end), group.Order));
        }

        return group;
    }

    private void Forget(Group group)
    {
        if (TShape.KeepsRows)
        {
            while (group.First >= 0)
            {
                _rows.Remove(group.First, ref group.First, ref group.Last);
            }
        }

        Free(group);
        _groups.Remove(group);
    }

    private Group Find(in TIn row, int position)
    {
        if (_groups.Find(in row) is { Count: > 0 } group)
        {
            return group;
        }

        throw Missing(position);
    }

    private LaminarException Missing(int position)
    {
        Position = position;
        return new LaminarException(MissingRow);
    }

    private void Put(Group group, in TIn row)
    {
        long place = _arrivals++;
        if (TShape.Aggregates)
        {
            Shape.Add(ref group.Pane, in row, place);
        }

        group.Count++;
        if (TShape.KeepsRows)
        {
            _rows.Add(TShape.HashRow(in row), in row, place, ref group.First, ref group.Last);
        }
    }

    /// <summary>Where a row is kept that goes; -1 where none are.</summary>
    private int Kept(in TIn row, int position)
    {
        if (!TShape.KeepsRows)
        {
            return -1;
        }

        int slot = _rows.Head(TShape.HashRow(in row));
        while (slot >= 0 && !TShape.IsSameRow(in _rows[slot].Row, in row))
        {
            slot = _rows[slot].Next;
        }

        return slot >= 0 ? slot : throw Missing(position);
    }

    private void Take(Group group, in TIn row, int kept)
    {
        if (kept >= 0)
        {
            _rows.Remove(kept, ref group.First, ref group.Last);
        }

        group.Count--;
        if (TShape.Aggregates && !Shape.TryRetract(ref group.Pane, in row))
        {
            Free(group);
            Refold(group);
        }
    }

    private void Begin(Group group)
    {
        if (TShape.Aggregates)
        {
            Shape.Begin(ref group.Pane);
        }
    }

    private void Free(Group group)
    {
        if (HasBeside)
        {
            Shape.Free(ref group.Pane);
        }
    }

    private void Refold(Group group)
    {
        Begin(group);
        for (int slot = group.First; slot >= 0; slot = _rows[slot].Behind)
        {
            Shape.Add(ref group.Pane, in _rows[slot].Row, _rows[slot].Place);
        }
    }

    private bool TryMakeOld(Group? group, out TOut result)
    {
        if (group is null || group.IsFailed || (TShape.IsToldAtEnd && !group.HasEnded))
        {
            result = default!;
            return false;
        }

        result = Shape.Make(in group.Representative, ref group.Pane, RowKind.UpdateBefore);
        return true;
    }

    /// <returns>False: it can't be computed, and is left out.</returns>
    private bool TryMake(Group group, RowKind kind, out TOut result)
    {
        group.IsFailed = false;
        if (!TShape.CanFail)
        {
            result = Shape.Make(in group.Representative, ref group.Pane, kind);
            return true;
        }

        try
        {
            result = Shape.Make(in group.Representative, ref group.Pane, kind);
            return true;
        }
        catch (Exception error) when (IsRowError(error))
        {
            Skip($"the group of {group.Representative}", error);
            group.IsFailed = true;
            result = default!;
            return false;
        }
    }

    private void Tell(Group group, bool was, in TOut old)
    {
        if (TShape.IsToldAtEnd && !group.HasEnded)
        {
            ForgetEmpty(group);
            return;
        }

        TOut now = default!;
        bool isIn = (isGlobal || group.Count > 0) && TryMake(group, was ? RowKind.UpdateAfter : RowKind.Insert, out now);
        if (was && isIn)
        {
            if (!TShape.IsSame(in old, in now))
            {
                Emit(in old);
                Emit(in now);
            }
        }
        else if (was)
        {
            Emit(TShape.As(in old, RowKind.Delete));
        }
        else if (isIn)
        {
            Emit(in now);
        }

        ForgetEmpty(group);
    }

    private void ForgetEmpty(Group group)
    {
        if (group.Count == 0 && !isGlobal)
        {
            Forget(group);
        }
    }

    private void Emit(in TOut row)
    {
        RowsOut++;
        Output.Emit(in row, _outWatermark);
    }

    /// <summary>A group: its aggregates, and its rows where they are kept.</summary>
    private sealed class Group : PartitionEntry<TIn, Group>
    {
        /// <summary>One of its rows, which has its key.</summary>
        public TIn Representative;

        public TPane Pane;

        /// <summary>Rows.</summary>
        public long Count;

        /// <summary>Its result can't be computed.</summary>
        public bool IsFailed;

        /// <summary>Its window has ended, and it has been told.</summary>
        public bool HasEnded;

        /// <summary>How many were made before it: groups of one end are told in this order.</summary>
        public long Order;

        /// <summary>The first and the last of its rows, where they are kept; -1 for none.</summary>
        public int First = -1;

        /// <inheritdoc cref="First"/>
        public int Last = -1;

        public override ref readonly TIn Some => ref Representative;

        public override void Clear()
        {
            base.Clear();
            Representative = default;
            Count = 0;
            IsFailed = HasEnded = false;
            First = Last = -1;
        }
    }
}
