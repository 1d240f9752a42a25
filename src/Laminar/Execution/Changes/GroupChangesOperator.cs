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
    /// <summary>The shape; a struct that lives here.</summary>
    internal TShape Shape = new();
    private long _arrivals;
    private bool _hasEnded;

    /// <summary>Panes have something beside themselves.</summary>
    private static bool HasBeside => TShape.Aggregates && !TShape.Merges;

    /// <inheritdoc/>
    public override long StateBytes => _groups.All.Sum(g => Unsafe.SizeOf<TPane>() + ((long)g.Rows.Length * (Unsafe.SizeOf<TIn>() + sizeof(long)))) + (HasBeside ? Shape.Bytes : 0);

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
        bool was = TryMakeOld(group, out TOut old);
        Take(group, in row, position);
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

        Group group = Find(in before, position);
        bool was = TryMakeOld(group, out TOut old);
        Take(group, in before, position);
        Put(group, in after);
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
            StateRows.Write<TIn>(state, TShape.KeepsRows ? group.Rows.AsSpan(0, group.Kept) : new[] { group.Representative }, buffer);
            if (TShape.KeepsRows)
            {
                for (int i = 0; i < group.Kept; i++)
                {
                    state.Write(group.Places[i]);
                }

                continue;
            }

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
                group.Restore(rows, count);
                for (int i = 0; i < count; i++)
                {
                    group.Places[i] = state.Read<long>();
                }

                Refold(group);
                continue;
            }

            group.Count = state.Read<long>();
            group.Pane = state.Read<TPane>();
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
            group.Keep(in row, place);
        }
    }

    private void Take(Group group, in TIn row, int position)
    {
        if (TShape.KeepsRows)
        {
            int kept = 0;
            while (kept < group.Kept && !TShape.IsSameRow(in group.Rows[kept], in row))
            {
                kept++;
            }

            if (kept == group.Kept)
            {
                throw Missing(position);
            }

            group.Drop(kept);
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
        group.Count = group.Kept;
        for (int i = 0; i < group.Kept; i++)
        {
            Shape.Add(ref group.Pane, in group.Rows[i], group.Places[i]);
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

        public TIn[] Rows { get; private set; } = [];

        /// <summary>The number of each by arrival.</summary>
        public long[] Places { get; private set; } = [];

        public int Kept { get; private set; }

        public override ref readonly TIn Some => ref Representative;

        public override void Clear()
        {
            base.Clear();
            Representative = default;
            Count = 0;
            IsFailed = false;
            System.Array.Clear(Rows, 0, Kept);
            Kept = 0;
        }

        public void Keep(in TIn row, long place)
        {
            if (Kept == Rows.Length)
            {
                Resize(Math.Max(2, Kept * 2));
            }

            Rows[Kept] = row;
            Places[Kept++] = place;
        }

        public void Drop(int kept)
        {
            Kept--;
            System.Array.Copy(Rows, kept + 1, Rows, kept, Kept - kept);
            System.Array.Copy(Places, kept + 1, Places, kept, Kept - kept);
            Rows[Kept] = default;
        }

        public void Restore(TIn[] rows, int count)
        {
            Resize(count);
            System.Array.Copy(rows, Rows, count);
            Kept = count;
        }

        private void Resize(int length)
        {
            TIn[] rows = Rows;
            long[] places = Places;
            System.Array.Resize(ref rows, length);
            System.Array.Resize(ref places, length);
            Rows = rows;
            Places = places;
        }
    }
}
