using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join whose result changes. All rows of both sides are kept as long as they are there, each with the number of its matches: of an outer join, 0 -> 1 takes the row with NULLs back,
/// and 1 -> 0 brings it again; of EXISTS, a row comes with its first match and goes with its last.
/// </summary>
/// <remarks>The pairs of a row come from the latest of the other side to the oldest.</remarks>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">What comes of matches, and of rows without.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class UpdatingJoinOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, TOutput output)
    : ChangeOperator<JoinRow<TLeft, TRight>, TOutput>(layout.QueryName, layout.Fingerprint, output), ISidedInput<TLeft, TRight>
    where TLeft : struct, IStreamRow<TLeft>
    where TRight : struct, IStreamRow<TRight>
    where TShape : struct, IUpdatingJoinShape<TLeft, TRight, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly MatchStore<TLeft> _lefts = new();
    private readonly MatchStore<TRight> _rights = new();
    private readonly KeyEntries _keys = new();
    private readonly Shown _left = layout.Pairs == JoinPairs.First ? Shown.Matched : layout.KeepsLeft ? Shown.Unmatched : Shown.Never;
    private readonly Shown _right = layout.KeepsRight ? Shown.Unmatched : Shown.Never;
    private readonly bool _emitsPairs = layout.Pairs == JoinPairs.All;

    /// <summary>When a row is put out without one of the other side.</summary>
    private enum Shown
    {
        Never,
        Unmatched,
        Matched,
    }

    /// <summary>A side of the join, seen from its rows.</summary>
    private interface ISide<TOwn, TOther>
    {
        static abstract RowKind KindOf(in TOwn row);

        static abstract bool HasKey(in TOwn row, out uint hash);

        static abstract bool IsSameKey(in TOwn own, in TOther other);

        static abstract bool IsSameKey(in TOwn a, in TOwn b);

        static abstract bool IsSameRow(in TOwn a, in TOwn b);

        static abstract bool IsMatch(in TOwn own, in TOther other);

        static abstract TOut Pair(in TOwn own, in TOther other);

        static abstract TOut Alone(in TOwn own);

        static abstract TOut OtherAlone(in TOther other);
    }

    /// <inheritdoc/>
    public override long StateBytes => _lefts.Bytes + _rights.Bytes;

    void ISidedInput<TLeft, TRight>.ProcessLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        Process<LeftSide, TLeft, TRight>(_lefts, _rights, _left, _right, rows, watermarks, ceiling);

    void ISidedInput<TLeft, TRight>.ProcessRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        Process<RightSide, TRight, TLeft>(_rights, _lefts, _right, _left, rows, watermarks, ceiling);

    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in JoinRow<TLeft, TRight> row) => row.IsRight ? TShape.KindOf(in row.Right) : TShape.KindOf(in row.Left);

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Insert(in JoinRow<TLeft, TRight> row, int position)
    {
        if (row.IsRight)
        {
            Insert<RightSide, TRight, TLeft>(_rights, _lefts, _right, _left, in row.Right);
        }
        else
        {
            Insert<LeftSide, TLeft, TRight>(_lefts, _rights, _left, _right, in row.Left);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in JoinRow<TLeft, TRight> row, int position)
    {
        if (row.IsRight)
        {
            Delete<RightSide, TRight, TLeft>(_rights, _lefts, _right, _left, in row.Right, position);
        }
        else
        {
            Delete<LeftSide, TLeft, TRight>(_lefts, _rights, _left, _right, in row.Left, position);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Update(in JoinRow<TLeft, TRight> before, in JoinRow<TLeft, TRight> after, int position)
    {
        if (before.IsRight != after.IsRight)
        {
            Delete(in before, position);
            Insert(in after, position + 1);
        }
        else if (before.IsRight)
        {
            Update<RightSide, TRight, TLeft>(_rights, _lefts, _right, _left, in before.Right, in after.Right, position);
        }
        else
        {
            Update<LeftSide, TLeft, TRight>(_lefts, _rights, _left, _right, in before.Left, in after.Left, position);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        Save(state, _lefts);
        Save(state, _rights);
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        Load<LeftSide, TLeft, TRight>(state, _lefts);
        Load<RightSide, TRight, TLeft>(state, _rights);
    }

    private void Process<TSide, TOwn, TOther>(MatchStore<TOwn> owns, MatchStore<TOther> others, Shown own, Shown other, ReadOnlySpan<TOwn> rows, ReadOnlySpan<long> watermarks, long ceiling)
        where TSide : struct, ISide<TOwn, TOther>
    {
        BeginRows();
        for (int start = 0; start < rows.Length;)
        {
            try
            {
                start = Run<TSide, TOwn, TOther>(owns, others, own, other, rows, watermarks, ceiling, start);
            }
            catch (Exception error) when (Position >= 0 && IsRowError(error))
            {
                start = Fail(Convert.ToString(rows[Position]) ?? "", error);
            }
        }

        EndRows(rows.Length);
    }

    /// <returns>The number of rows.</returns>
    private int Run<TSide, TOwn, TOther>(
        MatchStore<TOwn> owns, MatchStore<TOther> others, Shown own, Shown other, ReadOnlySpan<TOwn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
        where TSide : struct, ISide<TOwn, TOther>
    {
        for (int i = start; i < rows.Length; i++)
        {
            Advance(Math.Min(watermarks[i], ceiling));
            ref readonly TOwn row = ref rows[i];
            switch (TSide.KindOf(in row))
            {
                case RowKind.UpdateBefore when i + 1 < rows.Length && TSide.KindOf(in rows[i + 1]) == RowKind.UpdateAfter:
                    Update<TSide, TOwn, TOther>(owns, others, own, other, in row, in rows[i + 1], i++);
                    break;
                case RowKind.UpdateBefore or RowKind.Delete:
                    Delete<TSide, TOwn, TOther>(owns, others, own, other, in row, i);
                    break;
                default:
                    Insert<TSide, TOwn, TOther>(owns, others, own, other, in row);
                    break;
            }
        }

        return rows.Length;
    }

    private static bool IsShown(Shown shown, int matches) => shown == Shown.Unmatched ? matches == 0 : shown == Shown.Matched && matches > 0;

    private static void Save<TRow>(StateWriter state, MatchStore<TRow> store)
        where TRow : IStreamRow<TRow>
    {
        int[] slots = [.. store.InOrder()];
        TRow[] rows = [.. slots.Select(slot => store[slot].Row)];
        StateRows.Write(state, rows, new RowBuffer());
        foreach (int slot in slots)
        {
            state.Write(store[slot].Matches);
        }
    }

    private void Load<TSide, TOwn, TOther>(StateReader state, MatchStore<TOwn> store)
        where TSide : struct, ISide<TOwn, TOther>
        where TOwn : IStreamRow<TOwn>
    {
        TOwn[] rows = StateRows.Read<TOwn>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            int matches = state.Read<int>();
            store.Add(TSide.HasKey(in rows[i], out uint hash) ? _keys.FindOrAdd(hash) : throw state.Damaged(), in rows[i], matches);
        }
    }

    private void Insert<TSide, TOwn, TOther>(MatchStore<TOwn> owns, MatchStore<TOther> others, Shown own, Shown other, in TOwn row)
        where TSide : struct, ISide<TOwn, TOther>
    {
        int matches = 0;
        bool hasKey = TSide.HasKey(in row, out uint hash);
        int entry = hasKey ? _keys.Find(hash) : -1;
        for (int slot = others.Head(entry); slot >= 0; slot = others[slot].Older)
        {
            ref MatchStore<TOther>.Slot found = ref others[slot];
            if (IsMatch<TSide, TOwn, TOther>(in row, in found.Row, isNew: true))
            {
                matches++;
                Meet<TSide, TOwn, TOther>(ref found, other, in row);
            }
        }

        if (IsShown(own, matches))
        {
            Emit(TSide.Alone(in row), RowKind.Insert);
        }

        if (hasKey)
        {
            owns.Add(entry >= 0 ? entry : _keys.FindOrAdd(hash), in row, matches);
        }
    }

    private void Delete<TSide, TOwn, TOther>(MatchStore<TOwn> owns, MatchStore<TOther> others, Shown own, Shown other, in TOwn row, int position)
        where TSide : struct, ISide<TOwn, TOther>
    {
        int matches = 0;
        if (TSide.HasKey(in row, out uint hash))
        {
            int kept = Find<TSide, TOwn, TOther>(owns, in row, hash, position);
            matches = owns[kept].Matches;
            int entry = owns[kept].Entry;
            owns.Remove(kept);
            for (int slot = others.Head(entry); slot >= 0; slot = others[slot].Older)
            {
                ref MatchStore<TOther>.Slot found = ref others[slot];
                if (IsMatch<TSide, TOwn, TOther>(in row, in found.Row, isNew: false))
                {
                    Part<TSide, TOwn, TOther>(ref found, other, in row);
                }
            }

            if (_lefts.Head(entry) < 0 && _rights.Head(entry) < 0)
            {
                _keys.Remove(entry);
            }
        }

        if (IsShown(own, matches))
        {
            Emit(TSide.Alone(in row), RowKind.Delete);
        }
    }

    private void Update<TSide, TOwn, TOther>(MatchStore<TOwn> owns, MatchStore<TOther> others, Shown own, Shown other, in TOwn before, in TOwn after, int position)
        where TSide : struct, ISide<TOwn, TOther>
    {
        bool hadKey = TSide.HasKey(in before, out uint hash);
        bool hasKey = TSide.HasKey(in after, out uint newHash);
        if (!hadKey && !hasKey)
        {
            if (IsShown(own, 0))
            {
                Replace(TSide.Alone(in before), TSide.Alone(in after));
            }

            return;
        }

        if (!hadKey || !hasKey || hash != newHash || !TSide.IsSameKey(in before, in after))
        {
            Delete<TSide, TOwn, TOther>(owns, others, own, other, in before, position);
            Insert<TSide, TOwn, TOther>(owns, others, own, other, in after);
            return;
        }

        int kept = Find<TSide, TOwn, TOther>(owns, in before, hash, position);
        int entry = owns[kept].Entry;
        int had = owns[kept].Matches;
        int has = 0;
        for (int slot = others.Head(entry); slot >= 0; slot = others[slot].Older)
        {
            has += IsMatch<TSide, TOwn, TOther>(in after, in others[slot].Row, isNew: true) ? 1 : 0;
        }

        bool was = IsShown(own, had);
        bool isIn = IsShown(own, has);
        if (was && !isIn)
        {
            Emit(TSide.Alone(in before), RowKind.Delete);
        }

        for (int slot = others.Head(entry); slot >= 0; slot = others[slot].Older)
        {
            ref MatchStore<TOther>.Slot found = ref others[slot];
            bool matched = IsMatch<TSide, TOwn, TOther>(in before, in found.Row, isNew: false);
            bool matches = IsMatch<TSide, TOwn, TOther>(in after, in found.Row, isNew: false);
            if (matched && matches)
            {
                if (_emitsPairs)
                {
                    Replace(TSide.Pair(in before, in found.Row), TSide.Pair(in after, in found.Row));
                }
            }
            else if (matched)
            {
                Part<TSide, TOwn, TOther>(ref found, other, in before);
            }
            else if (matches)
            {
                Meet<TSide, TOwn, TOther>(ref found, other, in after);
            }
        }

        owns[kept].Row = after;
        owns[kept].Matches = has;
        if (was && isIn)
        {
            Replace(TSide.Alone(in before), TSide.Alone(in after));
        }
        else if (isIn)
        {
            Emit(TSide.Alone(in after), RowKind.Insert);
        }
    }

    /// <summary>A row of the other side has one match more.</summary>
    private void Meet<TSide, TOwn, TOther>(ref MatchStore<TOther>.Slot found, Shown other, in TOwn row)
        where TSide : struct, ISide<TOwn, TOther>
    {
        bool was = IsShown(other, found.Matches++);
        bool isIn = IsShown(other, found.Matches);
        if (was && !isIn)
        {
            Emit(TSide.OtherAlone(in found.Row), RowKind.Delete);
        }

        if (_emitsPairs)
        {
            Emit(TSide.Pair(in row, in found.Row), RowKind.Insert);
        }

        if (!was && isIn)
        {
            Emit(TSide.OtherAlone(in found.Row), RowKind.Insert);
        }
    }

    /// <summary>A row of the other side has one match less.</summary>
    private void Part<TSide, TOwn, TOther>(ref MatchStore<TOther>.Slot found, Shown other, in TOwn row)
        where TSide : struct, ISide<TOwn, TOther>
    {
        bool was = IsShown(other, found.Matches--);
        bool isIn = IsShown(other, found.Matches);
        if (_emitsPairs)
        {
            Emit(TSide.Pair(in row, in found.Row), RowKind.Delete);
        }

        if (was != isIn)
        {
            Emit(TSide.OtherAlone(in found.Row), was ? RowKind.Delete : RowKind.Insert);
        }
    }

    private int Find<TSide, TOwn, TOther>(MatchStore<TOwn> owns, in TOwn row, uint hash, int position)
        where TSide : struct, ISide<TOwn, TOther>
    {
        for (int slot = owns.Head(_keys.Find(hash)); slot >= 0; slot = owns[slot].Older)
        {
            if (TSide.IsSameRow(in owns[slot].Row, in row))
            {
                return slot;
            }
        }

        Position = position;
        throw new LaminarException(MissingRow);
    }

    private bool IsMatch<TSide, TOwn, TOther>(in TOwn row, in TOther other, bool isNew)
        where TSide : struct, ISide<TOwn, TOther>
    {
        if (!TSide.IsSameKey(in row, in other))
        {
            return false;
        }

        try
        {
            return TSide.IsMatch(in row, in other);
        }
        catch (Exception error) when (TShape.CanFail && IsRowError(error))
        {
            // Counted once: when the two meet.
            if (isNew)
            {
                Skip($"{row} with {other}", error);
            }

            return false;
        }
    }

    private void Replace(in TOut before, in TOut after)
    {
        if (!TShape.IsSame(in before, in after))
        {
            Emit(before, RowKind.UpdateBefore);
            Emit(after, RowKind.UpdateAfter);
        }
    }

    private void Emit(TOut row, RowKind kind)
    {
        TOut result = TShape.As(in row, kind);
        RowsOut++;
        Output.Emit(in result, Watermark);
    }

    private readonly struct LeftSide : ISide<TLeft, TRight>
    {
        public static RowKind KindOf(in TLeft row) => TShape.KindOf(in row);

        public static bool HasKey(in TLeft row, out uint hash) => TShape.HasKey(in row, out hash);

        public static bool IsSameKey(in TLeft own, in TRight other) => TShape.IsSameKey(in own, in other);

        public static bool IsSameKey(in TLeft a, in TLeft b) => TShape.IsSameKey(in a, in b);

        public static bool IsSameRow(in TLeft a, in TLeft b) => TShape.IsSameRow(in a, in b);

        public static bool IsMatch(in TLeft own, in TRight other) => TShape.IsMatch(in own, in other);

        public static TOut Pair(in TLeft own, in TRight other) => TShape.Make(in own, in other, JoinSide.Both);

        public static TOut Alone(in TLeft own) => TShape.Make(in own, default, JoinSide.Left);

        public static TOut OtherAlone(in TRight other) => TShape.Make(default, in other, JoinSide.Right);
    }

    private readonly struct RightSide : ISide<TRight, TLeft>
    {
        public static RowKind KindOf(in TRight row) => TShape.KindOf(in row);

        public static bool HasKey(in TRight row, out uint hash) => TShape.HasKey(in row, out hash);

        public static bool IsSameKey(in TRight own, in TLeft other) => TShape.IsSameKey(in other, in own);

        public static bool IsSameKey(in TRight a, in TRight b) => TShape.IsSameKey(in a, in b);

        public static bool IsSameRow(in TRight a, in TRight b) => TShape.IsSameRow(in a, in b);

        public static bool IsMatch(in TRight own, in TLeft other) => TShape.IsMatch(in other, in own);

        public static TOut Pair(in TRight own, in TLeft other) => TShape.Make(in other, in own, JoinSide.Both);

        public static TOut Alone(in TRight own) => TShape.Make(default, in own, JoinSide.Right);

        public static TOut OtherAlone(in TLeft other) => TShape.Make(in other, default, JoinSide.Left);
    }
}
