using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Groups of rows that change. Counts and exact sums take a row back by subtraction; where aggregates can't, the rows of a group are kept, and the aggregates made anew of
/// those that are left: DOUBLE is never subtracted, and an extreme is looked for again only when it goes.
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
public abstract class GroupChangesOperator<TIn, TOut, TPane, TShape, TOutput>(string queryName, string fingerprint, bool isGlobal, TOutput output)
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
    private bool _hasEnded;

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
    protected sealed override void Progress(long watermark)
    {
        if (isGlobal && watermark == long.MaxValue && !_hasEnded)
        {
            _hasEnded = true;
            if (!_groups.All.Any())
            {
                Group none = Add(default);
                if (TryMake(none, RowKind.Insert, out TOut result))
                {
                    Emit(in result);
                }
            }
        }

        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        Group? found = _groups.Find(in row);
        bool was = TryMakeOld(found, out TOut old);
        Group group = found ?? Add(in row);
        Put(group, in row);
        Tell(group, was, in old);
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
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

        // The new row first: an extreme that it beats is none any more when it goes.
        Group group = Find(in before, position);
        int kept = Kept(in before, position);
        bool was = TryMakeOld(group, out TOut old);
        Put(group, in after);
        Take(group, in before, kept);
        Tell(group, was, in old);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write((byte)(_hasEnded ? 1 : 0));
        state.Write(_arrivals);
        var buffer = new RowBuffer();
        state.Write(_groups.All.Count());
        foreach (Group group in _groups.All)
        {
            state.Write((byte)(group.IsFailed ? 1 : 0));
            if (TShape.KeepsRows)
            {
                int[] slots = [.. SlotsOf(group)];
                StateRows.Write<TIn>(state, slots.Select(slot => _rows[slot].Row).ToArray(), buffer);
                foreach (int slot in slots)
                {
                    state.Write(_rows[slot].Place);
                }

                continue;
            }

            StateRows.Write<TIn>(state, new[] { group.Representative }, buffer);

            state.Write(group.Count);
            state.Write(group.Pane);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        _hasEnded = state.Read<byte>() != 0;
        _arrivals = state.Read<long>();
        for (int groups = state.ReadCount(sizeof(int)); groups > 0; groups--)
        {
            bool isFailed = state.Read<byte>() != 0;
            TIn[] rows = StateRows.Read<TIn>(state, out int count);
            if (count == 0 && !isGlobal)
            {
                throw state.Damaged();
            }

            Group group = Add(count == 0 ? default : rows[0]);
            group.IsFailed = isFailed;
            if (TShape.KeepsRows)
            {
                for (int i = 0; i < count; i++)
                {
                    _rows.Add(TShape.HashRow(in rows[i]), in rows[i], state.Read<long>(), ref group.First, ref group.Last);
                }

                group.Count = count;
                Refold(group);
                continue;
            }

            group.Count = state.Read<long>();
            group.Pane = state.Read<TPane>();
        }
    }

    private IEnumerable<int> SlotsOf(Group group)
    {
        for (int slot = group.First; slot >= 0; slot = _rows[slot].Behind)
        {
            yield return slot;
        }
    }

    private Group Add(in TIn row)
    {
        Group group = _groups.Add(TShape.Hash(in row));
        group.Representative = row;
        Begin(group);
        return group;
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
        if (group is null || group.IsFailed)
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

        if (group.Count == 0 && !isGlobal)
        {
            Free(group);
            _groups.Remove(group);
        }
    }

    private void Emit(in TOut row)
    {
        RowsOut++;
        Output.Emit(in row, Watermark);
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
            IsFailed = false;
            First = Last = -1;
        }
    }
}
