using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join as of a time: of the right side's rows with equal keys the nearest in time to each row of the left side, which waits until the watermark says that none can come that is
/// nearer. Of rows at one time the last to arrive counts. Rows of the right side are kept as long as a row of the left side can ask for them: without a tolerance the
/// last of each key, with one those within it.
/// </summary>
/// <remarks>
/// Rows of the left side that are answered before the next row of the right side can come, and come in order, don't leave the batch that they came in. Where both sides are in order the two are merged: rows
/// of the right side are the last of their keys as soon as a row of the left side is answered that is behind them, and no others are looked at.
/// </remarks>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">The bounds, and what is kept.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AsofOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, TOutput output)
    : TwoSidedOperator<TLeft, TRight, TOutput>(layout.QueryName, layout.Fingerprint, output), IFrontTaker<TRight>
    where TLeft : struct, IStreamRow<TLeft>
    where TRight : struct, IStreamRow<TRight>
    where TShape : struct, IJoinShape<TLeft, TRight, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly bool _keepsLast = layout.Low == long.MinValue;

    // Whoever comes behind a row that has been answered has its time or a later one.
    private readonly bool _merges = layout.Low == long.MinValue && layout.Pick == JoinChoice.Latest && layout.LeftLag <= layout.RightLag + Math.Max(0, layout.High);
    private readonly JoinRing<TLeft> _lefts = new(Math.Max(0, layout.High) + layout.RightLag, isOrdered: true);
    private readonly JoinRing<TRight> _rights = new(RightKept(layout), isOrdered: false);
    private readonly LastRows<TRight> _lasts = new();
    private long _firstWaiting = long.MaxValue;

    /// <inheritdoc/>
    public override long StateBytes => _lefts.Bytes + _rights.Bytes + _lasts.Bytes;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        AnswerWaiting(watermark);
        Settle(watermark);
        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        StateRows.Write<TLeft>(state, _lefts.Kept(Watermark).Select(number => _lefts[number].Row).ToArray(), buffer);

        // What is kept for ever is older than what came of its key since, or in its place.
        StateRows.Write<TRight>(state, _lasts.All().Concat(_rights.Kept(_keepsLast ? long.MinValue : Watermark).Select(number => _rights[number].Row)).ToArray(), buffer);
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        TLeft[] lefts = StateRows.Read<TLeft>(state, out int count);
        Wait(new SideRows<TLeft>(lefts), 0, count, Watermark);
        TakeRight<SideRows<TRight>>(new SideRows<TRight>(StateRows.Read<TRight>(state, out count)), count, [], Watermark, isChecked: true);
    }

    private protected sealed override void TakeLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        TakeLeft<SideRows<TLeft>>(new SideRows<TLeft>(rows), rows.Length, watermarks, ceiling);

    private protected sealed override void TakeRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        TakeRight<SideRows<TRight>>(new SideRows<TRight>(rows), rows.Length, watermarks, ceiling, isChecked: false);

    private protected sealed override void Take(ReadOnlySpan<JoinRow<TLeft, TRight>> rows, ReadOnlySpan<long> watermarks, long ceiling, bool isRight)
    {
        if (isRight)
        {
            TakeRight<RightRows<TLeft, TRight>>(new RightRows<TLeft, TRight>(rows), rows.Length, watermarks, ceiling, isChecked: false);
        }
        else
        {
            TakeLeft<LeftRows<TLeft, TRight>>(new LeftRows<TLeft, TRight>(rows), rows.Length, watermarks, ceiling);
        }
    }

    /// <summary>How long a row of the right side is kept: until it makes the one before it superfluous, or with a tolerance until it is out of the reach of rows that wait and of those to come.</summary>
    private static long RightKept(JoinLayout layout)
    {
        long from = layout.Low == long.MinValue ? -layout.High : -layout.Low;
        return Math.Max(0, from + Math.Max(layout.LeftLag, Math.Max(0, layout.High) + layout.RightLag));
    }

    private void TakeLeft<TRows>(TRows rows, int count, ReadOnlySpan<long> watermarks, long ceiling)
        where TRows : struct, IJoinRows<TLeft>, allows ref struct
    {
        int answered = _merges && _rights.IsInOrder ? AnswerInOrder(rows, count, watermarks, ceiling, out long watermark) : AnswerNone(out watermark);

        // Rows from here on wait, in order of time, for the watermark that comes before some later row of this batch.
        int waits = answered;
        long waitsDue = long.MaxValue;
        long latest = long.MinValue;
        for (int i = answered; i < count; i++)
        {
            long before = Math.Min(watermarks[i], ceiling);
            if (before > watermark)
            {
                watermark = before;
                while (waitsDue < watermark)
                {
                    // What is due at the same time and stands in the ring came before.
                    AnswerWaiting(waitsDue + 1);
                    ref readonly TLeft first = ref rows[waits++];
                    Answer(in first, TShape.Time(in first), waitsDue);
                    waitsDue = waits < i ? _lefts.Due(TShape.Time(in rows[waits])) : long.MaxValue;
                }

                AnswerWaiting(watermark);
            }

            long time = TShape.Time(in rows[i]);
            bool isLate = PaneMath.AddSaturated(time, layout.LeftLag) < watermark;
            if (isLate || time < latest || _lefts.Due(time) < watermark)
            {
                Wait(rows, waits, i, watermark);
                waits = i;
                if (isLate)
                {
                    LateRows++;
                    waits++;
                }
                else if (_lefts.Due(time) < watermark)
                {
                    Answer(in rows[i], time, watermark);
                    waits++;
                }
            }

            if (waits <= i)
            {
                latest = time;
            }

            waitsDue = waits <= i ? _lefts.Due(TShape.Time(in rows[waits])) : long.MaxValue;
        }

        Wait(rows, waits, count, watermark);
        Reach(watermark);
    }

    private int AnswerNone(out long watermark)
    {
        watermark = Watermark;
        return 0;
    }

    /// <summary>Answers the rows at the beginning of a batch that come in order of time and are due before a later row of it, as long as the right side is in order too.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="watermarks">The watermark before each of them.</param>
    /// <param name="ceiling">And what it is at most.</param>
    /// <param name="watermark">The watermark before the first row that is left, or behind the last.</param>
    /// <returns>How many are answered.</returns>
    private int AnswerInOrder<TRows>(TRows rows, int count, ReadOnlySpan<long> watermarks, long ceiling, out long watermark)
        where TRows : struct, IJoinRows<TLeft>, allows ref struct
    {
        // Until when a row is neither late nor due when it comes.
        long lag = Math.Min(layout.LeftLag, Math.Max(0, layout.High) + layout.RightLag);
        watermark = Watermark;
        long horizon = watermark;
        long latest = long.MinValue;
        int end = 0;
        ref long firstWatermark = ref MemoryMarshal.GetReference(watermarks);
        for (; end < count; end++)
        {
            long time = TShape.Time(in rows[end]);
            horizon = Math.Max(horizon, Math.Min(Unsafe.Add(ref firstWatermark, end), ceiling));
            if (time < latest || (time < horizon && PaneMath.AddSaturated(time, lag) < horizon))
            {
                break;
            }

            latest = time;
        }

        int answered = 0;
        while (answered < end && _lefts.Due(TShape.Time(in rows[answered])) < horizon)
        {
            // Of rows that are due at one time those that stand in the ring came before.
            AnswerWaiting(Math.Min(horizon, _lefts.Due(TShape.Time(in rows[answered])) + 1));
            answered = AnswerUntil(rows, answered, end, Math.Min(horizon, _firstWaiting));
        }

        AnswerWaiting(horizon);
        watermark = answered == count ? horizon : watermark;
        return answered;
    }

    /// <summary>Answers rows in order until one is due at a time or later.</summary>
    /// <returns>The first that isn't answered.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AnswerUntil<TRows>(TRows rows, int from, int end, long until)
        where TRows : struct, IJoinRows<TLeft>, allows ref struct
    {
        TOutput output = Output;
        JoinIndex index = _rights.Index;
        LastRows<TRight> lasts = _lasts;
        long kept = Math.Max(0, layout.High) + layout.RightLag;
        bool keepsLeft = layout.KeepsLeft;

        // In the time of the left side: until when rows are due, and from when on the next one of the right side counts.
        long untilTime = PaneMath.AddSaturated(until, -kept);
        long nextTime = NextTime();
        long emitted = 0;
        int i = from;
        for (; i < end; i++)
        {
            ref readonly TLeft row = ref rows[i];
            long time = TShape.Time(in row);
            if (time >= untilTime)
            {
                break;
            }

            if (time >= nextTime)
            {
                SettleUntil(layout.Latest(time));
                nextTime = NextTime();
            }

            TOut result;
            if (TShape.HasKey(in row, out uint hash))
            {
                int number = index.Find(hash).Settled;
                while (number != 0 && !TShape.IsSameKey(in row, in lasts[number].Row))
                {
                    number = lasts[number].Next;
                }

                if (number != 0)
                {
                    result = TShape.Make(in row, in lasts[number].Row, JoinSide.Both);
                    goto Found;
                }
            }

            if (!keepsLeft)
            {
                continue;
            }

            result = TShape.Make(in row, default, JoinSide.Left);
        Found:
            emitted++;
            if (RowOutput.IsSmallValue<TOutput>())
            {
                output.Emit(in result, time + kept);
            }
            else
            {
                Output.Emit(in result, time + kept);
            }
        }

        RowsOut += emitted;
        if (RowOutput.IsSmallValue<TOutput>())
        {
            Output = output;
        }

        return i;
    }

    /// <summary>Rows of the right side, which are in order, become the last of their keys until a time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SettleUntil(long time)
    {
        while (_rights.FrontTime is var first && first <= time && first < long.MaxValue)
        {
            _rights.TakeFirst(this);
        }
    }

    /// <summary>The time of the left side from which on the first row that is left of the right side counts.</summary>
    private long NextTime() => _rights.FrontTime is var first && first == long.MaxValue ? first : PaneMath.AddSaturated(first, -layout.High);

    private void Wait<TRows>(TRows rows, int from, int to, long watermark)
        where TRows : struct, IJoinRows<TLeft>, allows ref struct
    {
        for (int i = from; i < to; i++)
        {
            _lefts.Add(in rows[i], TShape.Time(in rows[i]), false, 0, false, watermark);
        }

        if (from < to)
        {
            _firstWaiting = _lefts.FirstDue();
        }
    }

    /// <param name="rows">The rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="watermarks">The watermark before each of them, or none.</param>
    /// <param name="ceiling">And what it is at most.</param>
    /// <param name="isChecked">They have been taken before: none is late.</param>
    private void TakeRight<TRows>(TRows rows, int count, ReadOnlySpan<long> watermarks, long ceiling, bool isChecked)
        where TRows : struct, IJoinRows<TRight>, allows ref struct
    {
        for (int i = 0; i < count; i++)
        {
            long before = isChecked ? ceiling : Math.Min(watermarks[i], ceiling);
            if (before > Watermark)
            {
                Advance(before);
            }

            ref readonly TRight row = ref rows[i];
            long time = TShape.Time(in row);
            if (!isChecked && PaneMath.AddSaturated(time, layout.RightLag) < Watermark)
            {
                LateRows++;
            }
            else if (TShape.HasKey(in row, out uint hash))
            {
                if (_rights.Due(time) >= Watermark)
                {
                    _rights.Add(in row, time, true, hash, false, Watermark, _keepsLast ? this : null);
                }
                else if (_keepsLast)
                {
                    Settle(in row, time, hash);
                }
            }
        }
    }

    /// <summary>The watermark is this, and what is due has been answered.</summary>
    private void Reach(long watermark)
    {
        if (watermark > Watermark)
        {
            Watermark = watermark;
            Settle(watermark);
            Output.Watermark(watermark);
        }
    }

    private void AnswerWaiting(long watermark)
    {
        while (_firstWaiting < watermark)
        {
            ref JoinRing<TLeft>.Slot row = ref _lefts.TakeDue();
            Answer(in row.Row, row.Time, _firstWaiting);
            _firstWaiting = _lefts.FirstDue();
        }
    }

    private void Settle(long watermark)
    {
        _lefts.Evict(watermark);
        if (!_keepsLast)
        {
            _rights.Evict(watermark);
            return;
        }

        _rights.TakeFront(watermark, this);
    }

    void IFrontTaker<TRight>.Take(in TRight row, long time, uint hash) => Settle(in row, time, hash);

    /// <summary>The row is the last of its key, if none is kept for ever that is later.</summary>
    private void Settle(in TRight row, long time, uint hash)
    {
        ref int first = ref _rights.Index.FindOrAdd(hash, _rights.Front).Settled;
        int number = first;
        while (number != 0 && !TShape.IsSameKey(in row, in _lasts[number].Row))
        {
            number = _lasts[number].Next;
        }

        if (number == 0)
        {
            first = _lasts.Add(in row, time, first);
        }
        else if (time >= _lasts[number].Time)
        {
            _lasts[number].Row = row;
            _lasts[number].Time = time;
        }
    }

    private void Answer(in TLeft row, long time, long watermark)
    {
        if (TShape.HasKey(in row, out uint hash))
        {
            ref readonly TRight best = ref Best(in row, time, hash);
            if (!Unsafe.IsNullRef(in best))
            {
                Emit(TShape.Make(in row, in best, JoinSide.Both), watermark);
                return;
            }
        }

        if (layout.KeepsLeft)
        {
            Emit(TShape.Make(in row, default, JoinSide.Left), watermark);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(TOut row, long watermark)
    {
        RowsOut++;
        Output.Emit(in row, watermark);
    }

    /// <returns>The row of the right side that counts; no reference where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly TRight Best(in TLeft row, long time, uint hash)
    {
        if (!_merges || !_rights.IsInOrder)
        {
            return ref BestOfAll(in row, time, hash);
        }

        SettleUntil(layout.Latest(time));
        return ref Last(in row, _rights.Index.Find(hash).Settled, long.MinValue);
    }

    /// <returns>The row of a key that is kept for ever; no reference where there is none from a time on.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly TRight Last(in TLeft row, int number, long from)
    {
        for (; number != 0; number = _lasts[number].Next)
        {
            ref LastRows<TRight>.Slot last = ref _lasts[number];
            if (TShape.IsSameKey(in row, in last.Row) && last.Time >= from)
            {
                return ref last.Row;
            }
        }

        return ref Unsafe.NullRef<TRight>();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref readonly TRight BestOfAll(in TLeft row, long time, uint hash)
    {
        _rights.BringIndexUp();
        ref JoinIndex.Place place = ref _rights.Index.Find(hash);
        int best = 0;
        long least = long.MaxValue;
        long earliest = layout.Earliest(time);
        for (int number = _rights.LatestUntil(ref place, layout.Latest(time)); number >= _rights.Front; number = _rights[number].Older)
        {
            ref JoinRing<TRight>.Slot other = ref _rights[number];
            if (other.Time < earliest)
            {
                break;
            }

            if (!TShape.IsSameKey(in row, in other.Row))
            {
                continue;
            }

            if (layout.Pick == JoinChoice.Latest)
            {
                // A later one may be kept for ever already: it came before this.
                ref readonly TRight last = ref Last(in row, place.Settled, other.Time == long.MaxValue ? other.Time : other.Time + 1);
                return ref Unsafe.IsNullRef(in last) ? ref other.Row : ref last;
            }

            // From the latest to the oldest, of one time the last to arrive first.
            long distance = other.Time - time;
            long far = layout.Pick == JoinChoice.Earliest ? distance : Math.Abs(distance);
            if (best == 0 || far < least || (layout.Pick == JoinChoice.Nearest && far == least && other.Time < _rights[best].Time))
            {
                (best, least) = (number, far);
            }
        }

        if (best != 0)
        {
            return ref _rights[best].Row;
        }

        return ref Last(in row, place.Settled, long.MinValue);
    }
}
