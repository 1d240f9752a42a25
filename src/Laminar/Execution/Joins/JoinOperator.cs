using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join of two streams whose matches have equal keys and lie within a bound in time, or anywhere. A row meets those that the other side has kept, and is kept for those that
/// are still to come: until the watermark says that none can. Then a side that keeps its rows puts out the one that has found no match.
/// </summary>
/// <remarks>The pairs of a row come from the latest to the oldest. All watermarks are the lesser one of both sides.</remarks>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">The bounds, and what is kept.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JoinOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, TOutput output)
    : KeepingOperator<JoinRow<TLeft, TRight>, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TLeft : struct, IStreamRow<TLeft>
    where TRight : struct, IStreamRow<TRight>
    where TShape : struct, IJoinShape<TLeft, TRight, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly JoinStore<TLeft> _lefts = new();
    private readonly JoinStore<TRight> _rights = new();
    private readonly KeyEntries _keys = new();

    /// <inheritdoc/>
    public override long StateBytes => _lefts.Bytes + _rights.Bytes;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        while (Math.Min(_lefts.Due.First, _rights.Due.First) is var due && due < watermark)
        {
            if (_lefts.Due.First == due)
            {
                int slot = _lefts.Due.Take();
                ref JoinStore<TLeft>.Slot row = ref _lefts[slot];
                int entry = row.Entry;
                if (layout.KeepsLeft && !row.IsMatched)
                {
                    Emit(in row.Row, default, JoinSide.Left, due);
                }

                _lefts.Remove(slot);
                Release(entry);
            }
            else
            {
                int slot = _rights.Due.Take();
                ref JoinStore<TRight>.Slot row = ref _rights[slot];
                int entry = row.Entry;
                if (layout.KeepsRight && !row.IsMatched)
                {
                    Emit(default, in row.Row, JoinSide.Right, due);
                }

                _rights.Remove(slot);
                Release(entry);
            }
        }

        Output.Watermark(watermark);
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
        TLeft[] lefts = StateRows.Read<TLeft>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            _lefts[Keep(in lefts[i])].IsMatched = state.Read<byte>() != 0;
        }

        TRight[] rights = StateRows.Read<TRight>(state, out count);
        for (int i = 0; i < count; i++)
        {
            _rights[Keep(in rights[i])].IsMatched = state.Read<byte>() != 0;
        }
    }

    private static void Save<TRow>(StateWriter state, JoinStore<TRow> store)
        where TRow : IStreamRow<TRow>
    {
        int[] slots = [.. store.Due.InOrder()];
        TRow[] rows = [.. slots.Select(slot => store[slot].Row)];
        StateRows.Write(state, rows, new RowBuffer());
        foreach (int slot in slots)
        {
            state.Write((byte)(store[slot].IsMatched ? 1 : 0));
        }
    }

    private static long Due(long time, long distance, long lag) => distance == long.MaxValue ? long.MaxValue : PaneMath.AddSaturated(time, distance + lag);

    private long LeftDue(long time) => Due(time, layout.High, layout.RightLag);

    private long RightDue(long time) => Due(time, layout.Low == long.MinValue ? long.MaxValue : -layout.Low, layout.LeftLag);

    /// <inheritdoc/>
    protected sealed override bool Take(in JoinRow<TLeft, TRight> row) => row.IsRight ? TakeRight(in row.Right) : TakeLeft(in row.Left);

    private bool TakeLeft(in TLeft row)
    {
        long time = TShape.Time(in row);
        if (layout.HasBound && PaneMath.AddSaturated(time, layout.LeftLag) < Watermark)
        {
            return false;
        }

        bool isMatched = false;
        if (TShape.HasKey(in row, out uint hash) && _keys.Find(hash) is var entry and >= 0)
        {
            long earliest = layout.Earliest(time);
            for (int slot = _rights.LatestUntil(entry, layout.Latest(time)); slot >= 0;)
            {
                ref JoinStore<TRight>.Slot other = ref _rights[slot];
                slot = other.Older;
                if (other.Time < earliest)
                {
                    break;
                }

                if (TShape.IsSameKey(in row, in other.Row) && IsMatch(in row, in other.Row))
                {
                    Pair(in row, in other.Row, isMatched);
                    isMatched = true;
                    other.IsMatched = true;
                }
            }
        }

        if (LeftDue(time) >= Watermark)
        {
            int kept = Keep(in row);
            if (kept >= 0)
            {
                _lefts[kept].IsMatched = isMatched;
            }
        }
        else if (layout.KeepsLeft && !isMatched)
        {
            Emit(in row, default, JoinSide.Left, Watermark);
        }

        return true;
    }

    private bool TakeRight(in TRight row)
    {
        long time = TShape.Time(in row);
        if (layout.HasBound && PaneMath.AddSaturated(time, layout.RightLag) < Watermark)
        {
            return false;
        }

        bool isMatched = false;
        if (TShape.HasKey(in row, out uint hash) && _keys.Find(hash) is var entry and >= 0)
        {
            long earliest = layout.EarliestLeft(time);
            for (int slot = _lefts.LatestUntil(entry, layout.LatestLeft(time)); slot >= 0;)
            {
                ref JoinStore<TLeft>.Slot other = ref _lefts[slot];
                slot = other.Older;
                if (other.Time < earliest)
                {
                    break;
                }

                if (TShape.IsSameKey(in other.Row, in row) && IsMatch(in other.Row, in row))
                {
                    Pair(in other.Row, in row, other.IsMatched);
                    isMatched = true;
                    other.IsMatched = true;
                }
            }
        }

        if (RightDue(time) >= Watermark)
        {
            int kept = Keep(in row);
            if (kept >= 0)
            {
                _rights[kept].IsMatched = isMatched;
            }
        }
        else if (layout.KeepsRight && !isMatched)
        {
            Emit(default, in row, JoinSide.Right, Watermark);
        }

        return true;
    }

    /// <returns>Its slot; -1 where it can match nothing and nobody wants it alone.</returns>
    private int Keep(in TLeft row)
    {
        long time = TShape.Time(in row);
        bool hasKey = TShape.HasKey(in row, out uint hash);
        if (!hasKey && !layout.KeepsLeft)
        {
            return -1;
        }

        int slot = hasKey ? _lefts.Add(_keys.FindOrAdd(hash), in row, time) : _lefts.AddAlone(in row, time);
        _lefts.Due.Add(LeftDue(time), slot);
        return slot;
    }

    /// <inheritdoc cref="Keep(in TLeft)"/>
    private int Keep(in TRight row)
    {
        long time = TShape.Time(in row);
        bool hasKey = TShape.HasKey(in row, out uint hash);
        if (!hasKey && !layout.KeepsRight)
        {
            return -1;
        }

        int slot = hasKey ? _rights.Add(_keys.FindOrAdd(hash), in row, time) : _rights.AddAlone(in row, time);
        _rights.Due.Add(RightDue(time), slot);
        return slot;
    }

    private void Release(int entry)
    {
        if (entry >= 0 && _lefts.Head(entry) < 0 && _rights.Head(entry) < 0)
        {
            _keys.Remove(entry);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsMatch(in TLeft left, in TRight right) => TShape.CanFail ? Tried(in left, in right) : TShape.IsMatch(in left, in right);

    private bool Tried(in TLeft left, in TRight right)
    {
        try
        {
            return TShape.IsMatch(in left, in right);
        }
        catch (Exception error) when (IsRowError(error))
        {
            Skip($"{left} with {right}", error);
            return false;
        }
    }

    /// <param name="left">The left row.</param>
    /// <param name="right">One that it matches.</param>
    /// <param name="isKnown">The left row has matched before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pair(in TLeft left, in TRight right, bool isKnown)
    {
        if (layout.Pairs == JoinPairs.All)
        {
            Emit(in left, in right, JoinSide.Both, Watermark);
        }
        else if (layout.Pairs == JoinPairs.First && !isKnown)
        {
            Emit(in left, default, JoinSide.Left, Watermark);
        }
    }

    private void Emit(in TLeft left, in TRight right, JoinSide sides, long watermark)
    {
        TOut row = TShape.Make(in left, in right, sides);
        RowsOut++;
        Output.Emit(in row, watermark);
    }
}
