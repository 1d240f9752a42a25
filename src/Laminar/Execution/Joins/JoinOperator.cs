using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join of two streams whose matches have equal keys and lie within a bound in time, or anywhere. A row meets those that the other side has kept, and is kept for those that
/// are still to come: until the watermark says that none can. Then a side that keeps its rows puts out the one that has found no match.
/// </summary>
/// <remarks>
/// The pairs of a row come from the latest to the oldest. All watermarks are the lesser one of both sides. Rows come side by side: what no row of the other side can match any more when the next of them
/// may come isn't kept at all.
/// </remarks>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">The bounds, and what is kept.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JoinOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, TOutput output)
    : TwoSidedOperator<TLeft, TRight, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TLeft : struct, IStreamRow<TLeft>
    where TRight : struct, IStreamRow<TRight>
    where TShape : struct, IJoinShape<TLeft, TRight, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly JoinRing<TLeft> _lefts = new(Kept(layout.High, layout.RightLag), layout.KeepsLeft);
    private readonly JoinRing<TRight> _rights = new(Kept(layout.Low == long.MinValue ? long.MaxValue : -layout.Low, layout.LeftLag), layout.KeepsRight);
    private long _firstDue = long.MaxValue;

    /// <summary>A side of the join, seen from its rows.</summary>
    private interface ISide<TOwn, TOther>
    {
        static abstract bool IsLeft { get; }

        static abstract bool HasKey(in TOwn row, out uint hash);

        static abstract long Time(in TOwn row);

        static abstract bool IsSameKey(in TOwn own, in TOther other);

        static abstract bool IsMatch(in TOwn own, in TOther other);

        static abstract TOut Pair(in TOwn own, in TOther other);

        static abstract TOut Alone(in TOwn own);

        static abstract TOut OtherAlone(in TOther other);
    }

    /// <inheritdoc/>
    public override long StateBytes => _lefts.Bytes + _rights.Bytes;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        if (_firstDue < watermark)
        {
            PutOutAlone(watermark);
        }

        _lefts.Evict(watermark);
        _rights.Evict(watermark);
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
        Load<LeftSide, TLeft, TRight>(state, _lefts);
        Load<RightSide, TRight, TLeft>(state, _rights);
        _firstDue = FirstDue();
    }

    private protected sealed override void TakeLeft(ReadOnlySpan<TLeft> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        Take<LeftSide, TLeft, TRight, SideRows<TLeft>>(new SideRows<TLeft>(rows), rows.Length, watermarks, ceiling, _lefts, _rights);

    private protected sealed override void TakeRight(ReadOnlySpan<TRight> rows, ReadOnlySpan<long> watermarks, long ceiling) =>
        Take<RightSide, TRight, TLeft, SideRows<TRight>>(new SideRows<TRight>(rows), rows.Length, watermarks, ceiling, _rights, _lefts);

    private protected sealed override void Take(ReadOnlySpan<JoinRow<TLeft, TRight>> rows, ReadOnlySpan<long> watermarks, long ceiling, bool isRight)
    {
        if (isRight)
        {
            Take<RightSide, TRight, TLeft, RightRows<TLeft, TRight>>(new RightRows<TLeft, TRight>(rows), rows.Length, watermarks, ceiling, _rights, _lefts);
        }
        else
        {
            Take<LeftSide, TLeft, TRight, LeftRows<TLeft, TRight>>(new LeftRows<TLeft, TRight>(rows), rows.Length, watermarks, ceiling, _lefts, _rights);
        }
    }

    private static long Kept(long distance, long lag) => distance == long.MaxValue ? long.MaxValue : distance + lag;

    private void Save<TRow>(StateWriter state, JoinRing<TRow> ring)
        where TRow : IStreamRow<TRow>
    {
        int[] numbers = [.. ring.Kept(Watermark)];
        TRow[] rows = [.. numbers.Select(number => ring[number].Row)];
        StateRows.Write(state, rows, new RowBuffer());
        foreach (int number in numbers)
        {
            state.Write((byte)(ring[number].IsMatched ? 1 : 0));
        }
    }

    private void Load<TSide, TOwn, TOther>(StateReader state, JoinRing<TOwn> ring)
        where TSide : struct, ISide<TOwn, TOther>
        where TOwn : IStreamRow<TOwn>
    {
        TOwn[] rows = StateRows.Read<TOwn>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            bool isMatched = state.Read<byte>() != 0;
            bool hasKey = TSide.HasKey(in rows[i], out uint hash);
            ring.Add(in rows[i], TSide.Time(in rows[i]), hasKey, hash, isMatched, Watermark);
        }
    }

    private long FirstDue() => Math.Min(layout.KeepsLeft ? _lefts.FirstDue() : long.MaxValue, layout.KeepsRight ? _rights.FirstDue() : long.MaxValue);

    /// <summary>Rows that can find no match any more, and have found none, in the order in which that became so.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutOutAlone(long watermark)
    {
        while (true)
        {
            long left = layout.KeepsLeft ? _lefts.FirstDue() : long.MaxValue;
            long right = layout.KeepsRight ? _rights.FirstDue() : long.MaxValue;
            long due = _firstDue = Math.Min(left, right);
            if (due >= watermark)
            {
                return;
            }

            if (left == due)
            {
                ref JoinRing<TLeft>.Slot row = ref _lefts.TakeDue();
                if (!row.IsMatched)
                {
                    Emit(TShape.Make(in row.Row, default, JoinSide.Left), due);
                }
            }
            else
            {
                ref JoinRing<TRight>.Slot row = ref _rights.TakeDue();
                if (!row.IsMatched)
                {
                    Emit(TShape.Make(default, in row.Row, JoinSide.Right), due);
                }
            }
        }
    }

    private void Take<TSide, TOwn, TOther, TRows>(TRows rows, int count, ReadOnlySpan<long> watermarks, long ceiling, JoinRing<TOwn> owns, JoinRing<TOther> others)
        where TSide : struct, ISide<TOwn, TOther>
        where TRows : struct, IJoinRows<TOwn>, allows ref struct
    {
        others.BringIndexUp();
        if (layout is { Pairs: JoinPairs.All, KeepsLeft: false, KeepsRight: false } && !TShape.CanFail)
        {
            TakePairs<TSide, TOwn, TOther, TRows>(rows, count, watermarks, ceiling, owns, others);
            return;
        }

        bool keeps = TSide.IsLeft ? layout.KeepsLeft : layout.KeepsRight;
        bool marks = layout.Pairs == JoinPairs.First || (TSide.IsLeft ? layout.KeepsRight : layout.KeepsLeft);
        JoinPairs pairs = layout.Pairs;
        long lag = layout.HasBound ? TSide.IsLeft ? layout.LeftLag : layout.RightLag : long.MaxValue;
        long watermark = Watermark;
        int front = others.Front;

        (long low, long high) = Reach<TSide, TOwn, TOther>();

        // Until behind the last row none of the other side comes.
        long horizon = Math.Max(watermark, Math.Min(watermarks[count - 1], ceiling));
        for (int i = 0; i < count; i++)
        {
            long before = Math.Min(watermarks[i], ceiling);
            if (before > watermark)
            {
                watermark = before;
                if (_firstDue < watermark)
                {
                    PutOutAlone(watermark);
                }
            }

            ref readonly TOwn row = ref rows[i];
            long time = TSide.Time(in row);
            if (PaneMath.AddSaturated(time, lag) < watermark)
            {
                LateRows++;
                continue;
            }

            bool isMatched = false;
            bool hasKey = TSide.HasKey(in row, out uint hash);
            if (hasKey)
            {
                int number = others.LatestUntil(ref others.Index.Find(hash), high == long.MaxValue ? high : PaneMath.AddSaturated(time, high));
                if (number >= front)
                {
                    long earliest = low == long.MinValue ? low : PaneMath.AddSaturated(time, low);
                    do
                    {
                        ref JoinRing<TOther>.Slot other = ref others[number];
                        if (other.Time < earliest)
                        {
                            break;
                        }

                        if (TSide.IsSameKey(in row, in other.Row) && IsMatch<TSide, TOwn, TOther>(in row, in other.Row))
                        {
                            if (pairs == JoinPairs.All)
                            {
                                Emit(TSide.Pair(in row, in other.Row), watermark);
                            }
                            else if (pairs == JoinPairs.First && !(TSide.IsLeft ? isMatched : other.IsMatched))
                            {
                                Emit(TSide.IsLeft ? TSide.Alone(in row) : TSide.OtherAlone(in other.Row), watermark);
                            }

                            isMatched = true;
                            if (marks)
                            {
                                other.IsMatched = true;
                            }
                        }

                        number = other.Older;
                    }
                    while (number >= front);
                }
            }

            long due = owns.Due(time);
            bool comesAlone = keeps && !isMatched;
            if (due < watermark)
            {
                if (comesAlone)
                {
                    Emit(TSide.Alone(in row), watermark);
                }
            }
            else if (comesAlone || (hasKey && due >= horizon))
            {
                owns.Add(in row, time, hasKey, hash, isMatched, watermark);
                if (keeps && due < _firstDue)
                {
                    _firstDue = due;
                }
            }
        }

        Reach(watermark, owns, others);
    }

    /// <summary>The same where nothing but pairs comes out and no condition fails: nothing is called for a row that finds what it looks for first and isn't kept.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakePairs<TSide, TOwn, TOther, TRows>(TRows rows, int count, ReadOnlySpan<long> watermarks, long ceiling, JoinRing<TOwn> owns, JoinRing<TOther> others)
        where TSide : struct, ISide<TOwn, TOther>
        where TRows : struct, IJoinRows<TOwn>, allows ref struct
    {
        (long low, long high) = Reach<TSide, TOwn, TOther>();
        long lag = layout.HasBound ? TSide.IsLeft ? layout.LeftLag : layout.RightLag : long.MaxValue;
        TOutput output = Output;
        JoinRing<TOther>.Reader kept = others.Read();
        ref long firstWatermark = ref MemoryMarshal.GetReference(watermarks);
        long watermark = Watermark;

        // Until behind the last row none of the other side comes: what is due before isn't kept.
        long horizon = Math.Max(watermark, Math.Min(Unsafe.Add(ref firstWatermark, count - 1), ceiling));
        long keptFrom = owns.KeptFrom(horizon);
        long emitted = 0;
        for (int i = 0; i < count; i++)
        {
            watermark = Math.Max(watermark, Math.Min(Unsafe.Add(ref firstWatermark, i), ceiling));
            ref readonly TOwn row = ref rows[i];
            long time = TSide.Time(in row);
            if (time < watermark && PaneMath.AddSaturated(time, lag) < watermark)
            {
                LateRows++;
                continue;
            }

            if (!TSide.HasKey(in row, out uint hash))
            {
                continue;
            }

            ref JoinIndex.Place place = ref kept.Find(hash);
            int number = place.Head;
            if (number >= kept.Front)
            {
                long latest = high == long.MaxValue ? high : PaneMath.AddSaturated(time, high);
                if (kept[number].Time > latest)
                {
                    number = others.LatestUntil(ref place, latest);
                }

                long earliest = low == long.MinValue ? low : PaneMath.AddSaturated(time, low);
                while (number >= kept.Front)
                {
                    ref JoinRing<TOther>.Slot other = ref kept[number];
                    if (other.Time < earliest)
                    {
                        break;
                    }

                    number = other.Older;
                    if (TSide.IsSameKey(in row, in other.Row) && TSide.IsMatch(in row, in other.Row))
                    {
                        emitted++;
                        TOut result = TSide.Pair(in row, in other.Row);
                        if (RowOutput.IsSmallValue<TOutput>())
                        {
                            output.Emit(in result, watermark);
                        }
                        else
                        {
                            Output.Emit(in result, watermark);
                        }
                    }
                }
            }

            if (time >= keptFrom)
            {
                owns.Keep(in row, time, hash, watermark);
            }
        }

        RowsOut += emitted;
        if (RowOutput.IsSmallValue<TOutput>())
        {
            Output = output;
        }

        Reach(watermark, owns, others);
    }

    /// <summary>How far the other side's time may lie before and behind a row's.</summary>
    private (long Low, long High) Reach<TSide, TOwn, TOther>()
        where TSide : struct, ISide<TOwn, TOther> => TSide.IsLeft ? (layout.Low, layout.High)
            : (layout.High == long.MaxValue ? long.MinValue : -layout.High, layout.Low == long.MinValue ? long.MaxValue : -layout.Low);

    /// <summary>The watermark has come to this.</summary>
    private void Reach<TOwn, TOther>(long watermark, JoinRing<TOwn> owns, JoinRing<TOther> others)
    {
        if (watermark > Watermark)
        {
            Watermark = watermark;
            owns.Evict(watermark);
            others.Evict(watermark);
            Output.Watermark(watermark);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsMatch<TSide, TOwn, TOther>(in TOwn own, in TOther other)
        where TSide : struct, ISide<TOwn, TOther> => TShape.CanFail ? Tried<TSide, TOwn, TOther>(in own, in other) : TSide.IsMatch(in own, in other);

    private bool Tried<TSide, TOwn, TOther>(in TOwn own, in TOther other)
        where TSide : struct, ISide<TOwn, TOther>
    {
        try
        {
            return TSide.IsMatch(in own, in other);
        }
        catch (Exception error) when (IsRowError(error))
        {
            Skip(TSide.IsLeft ? $"{own} with {other}" : $"{other} with {own}", error);
            return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Emit(TOut row, long watermark)
    {
        RowsOut++;
        Output.Emit(in row, watermark);
    }

    private readonly struct LeftSide : ISide<TLeft, TRight>
    {
        public static bool IsLeft => true;

        public static bool HasKey(in TLeft row, out uint hash) => TShape.HasKey(in row, out hash);

        public static long Time(in TLeft row) => TShape.Time(in row);

        public static bool IsSameKey(in TLeft own, in TRight other) => TShape.IsSameKey(in own, in other);

        public static bool IsMatch(in TLeft own, in TRight other) => TShape.IsMatch(in own, in other);

        public static TOut Pair(in TLeft own, in TRight other) => TShape.Make(in own, in other, JoinSide.Both);

        public static TOut Alone(in TLeft own) => TShape.Make(in own, default, JoinSide.Left);

        public static TOut OtherAlone(in TRight other) => TShape.Make(default, in other, JoinSide.Right);
    }

    private readonly struct RightSide : ISide<TRight, TLeft>
    {
        public static bool IsLeft => false;

        public static bool HasKey(in TRight row, out uint hash) => TShape.HasKey(in row, out hash);

        public static long Time(in TRight row) => TShape.Time(in row);

        public static bool IsSameKey(in TRight own, in TLeft other) => TShape.IsSameKey(in other, in own);

        public static bool IsMatch(in TRight own, in TLeft other) => TShape.IsMatch(in other, in own);

        public static TOut Pair(in TRight own, in TLeft other) => TShape.Make(in other, in own, JoinSide.Both);

        public static TOut Alone(in TRight own) => TShape.Make(default, in own, JoinSide.Right);

        public static TOut OtherAlone(in TLeft other) => TShape.Make(in other, default, JoinSide.Left);
    }
}
