using System.ComponentModel;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join as of a time whose answers change: a row of the left side is answered when it comes, and again by each row of the right side that is nearer. Or, where nothing says how far
/// away the nearest may be, it is answered once, when the watermark says that none can come that is nearer.
/// </summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">The bounds, and what is kept.</param>
/// <param name="isToldOnce">Rows are answered once.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AsofChangesOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, bool isToldOnce, TOutput output)
    : KeepingOperator<JoinRow<TLeft, TRight>, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TLeft : struct, IStreamRow<TLeft>
    where TRight : struct, IStreamRow<TRight>
    where TShape : struct, IAsofChangeShape<TLeft, TRight, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly KeyEntries _entries = new();
    private readonly Dictionary<int, AsofKey<TLeft, TRight, TOut>> _keys = [];
    private readonly PriorityQueue<int, (long FinalAt, long Arrival)> _finals = new();
    private long _arrived;

    /// <inheritdoc/>
    public override long StateBytes => _keys.Values.Sum(k => (k.Lefts.Capacity * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<AsofKey<TLeft, TRight, TOut>.Waiting>()) + (k.Rights.Capacity * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<(TRight, long)>()));

    /// <inheritdoc/>
    protected sealed override bool Take(in JoinRow<TLeft, TRight> row) => row.IsRight ? TakeRight(in row.Right) : TakeLeft(in row.Left);

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        while (_finals.TryPeek(out int entry, out (long FinalAt, long Arrival) final) && (final.FinalAt < watermark || watermark == long.MaxValue))
        {
            _finals.Dequeue();
            if (_keys.TryGetValue(entry, out AsofKey<TLeft, TRight, TOut>? key) && key.Lefts.FindIndex(l => l.Arrival == final.Arrival) is var at and >= 0 && FinalAt(key.Lefts[at]) <= final.FinalAt)
            {
                AsofKey<TLeft, TRight, TOut>.Waiting row = key.Lefts[at];
                key.Lefts.RemoveAt(at);
                if (isToldOnce)
                {
                    Tell(in row, RowKind.Insert);
                }

                Tidy(entry, key);
            }
        }

        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        StateRows.Write<TRight>(state, _keys.Values.SelectMany(k => k.Rights).Select(r => r.Row).ToArray(), buffer);
        StateRows.Write<TLeft>(state, _keys.Values.SelectMany(k => k.Lefts).OrderBy(l => l.Arrival).Select(l => l.Row).ToArray(), buffer);
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        TRight[] rights = StateRows.Read<TRight>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            Of(TShape.HasKey(in rights[i], out uint hash) ? hash : throw state.Damaged(), out _).AddRight(in rights[i], TShape.Time(in rights[i]));
        }

        TLeft[] lefts = StateRows.Read<TLeft>(state, out count);
        for (int i = 0; i < count; i++)
        {
            AsofKey<TLeft, TRight, TOut> key = Of(TShape.HasKey(in lefts[i], out uint hash) ? hash : throw state.Damaged(), out int entry);
            Wait(key, entry, Answered(key, in lefts[i], TShape.Time(in lefts[i])));
        }
    }

    private AsofKey<TLeft, TRight, TOut> Of(uint hash, out int entry)
    {
        entry = _entries.FindOrAdd(hash);
        if (!_keys.TryGetValue(entry, out AsofKey<TLeft, TRight, TOut>? key))
        {
            _keys.Add(entry, key = new AsofKey<TLeft, TRight, TOut>());
        }

        return key;
    }

    private bool TakeLeft(in TLeft row)
    {
        long time = TShape.Time(in row);
        if (PaneMath.AddSaturated(time, layout.LeftLag) < Watermark)
        {
            return false;
        }

        if (!TShape.HasKey(in row, out uint hash))
        {
            Tell(new() { Row = row, Result = TShape.Make(in row, default, JoinSide.Left) }, RowKind.Insert);
            return true;
        }

        AsofKey<TLeft, TRight, TOut> key = Of(hash, out int entry);
        AsofKey<TLeft, TRight, TOut>.Waiting answered = Answered(key, in row, time);
        bool isFinal = FinalAt(in answered) < Watermark;
        if (isFinal || !isToldOnce)
        {
            Tell(in answered, RowKind.Insert);
        }

        if (!isFinal)
        {
            Wait(key, entry, answered);
        }

        Tidy(entry, key);
        return true;
    }

    private bool TakeRight(in TRight row)
    {
        long time = TShape.Time(in row);
        if (PaneMath.AddSaturated(time, layout.RightLag) < Watermark)
        {
            return false;
        }

        if (!TShape.HasKey(in row, out uint hash))
        {
            return true;
        }

        AsofKey<TLeft, TRight, TOut> key = Of(hash, out int entry);
        key.AddRight(in row, time);
        Span<AsofKey<TLeft, TRight, TOut>.Waiting> lefts = CollectionsMarshal.AsSpan(key.Lefts);
        for (int i = 0; i < lefts.Length; i++)
        {
            ref AsofKey<TLeft, TRight, TOut>.Waiting left = ref lefts[i];
            if (Beats(in left, time) && TShape.IsSameKey(in left.Row, in row))
            {
                Replace(ref left, entry, in row, time);
            }
        }

        if (key.Rights.Count >= key.PruneAt)
        {
            Prune(key);
        }

        return true;
    }

    /// <summary>The row with what counts for it so far.</summary>
    private AsofKey<TLeft, TRight, TOut>.Waiting Answered(AsofKey<TLeft, TRight, TOut> key, in TLeft row, long time)
    {
        var left = new AsofKey<TLeft, TRight, TOut>.Waiting { Row = row, Time = time };
        ReadOnlySpan<(TRight Row, long Time)> rights = CollectionsMarshal.AsSpan(key.Rights);
        int best = -1;
        for (int i = 0; i < rights.Length; i++)
        {
            if (Beats(in left, rights[i].Time) && TShape.IsSameKey(in row, in rights[i].Row))
            {
                best = i;
                left.BestTime = rights[i].Time;
                left.HasBest = true;
            }
        }

        left.Result = best < 0 ? TShape.Make(in row, default, JoinSide.Left) : TShape.Make(in row, in rights[best].Row, JoinSide.Both);
        return left;
    }

    private void Wait(AsofKey<TLeft, TRight, TOut> key, int entry, AsofKey<TLeft, TRight, TOut>.Waiting left)
    {
        left.Arrival = _arrived++;
        key.Lefts.Add(left);
        _finals.Enqueue(entry, (FinalAt(in left), left.Arrival));
    }

    private void Replace(ref AsofKey<TLeft, TRight, TOut>.Waiting left, int entry, in TRight row, long time)
    {
        bool was = left.HasBest;
        long final = FinalAt(in left);
        TOut old = left.Result;
        left.Result = TShape.Make(in left.Row, in row, JoinSide.Both);
        left.BestTime = time;
        left.HasBest = true;
        if (FinalAt(in left) < final)
        {
            _finals.Enqueue(entry, (FinalAt(in left), left.Arrival));
        }

        if (isToldOnce)
        {
            return;
        }

        if (was)
        {
            if (!TShape.IsSame(in old, in left.Result))
            {
                Emit(TShape.As(in old, RowKind.UpdateBefore));
                Emit(TShape.As(in left.Result, RowKind.UpdateAfter));
            }
        }
        else
        {
            if (layout.KeepsLeft)
            {
                Emit(TShape.As(in old, RowKind.Delete));
            }

            Emit(TShape.As(in left.Result, RowKind.Insert));
        }
    }

    /// <summary>Whether a row of the right side counts more than what a row of the left has: of one time the last to arrive.</summary>
    private bool Beats(in AsofKey<TLeft, TRight, TOut>.Waiting left, long time)
    {
        if (time < layout.Earliest(left.Time) || time > layout.Latest(left.Time))
        {
            return false;
        }

        if (!left.HasBest || time == left.BestTime)
        {
            return true;
        }

        long near = Math.Abs(time - left.Time) - Math.Abs(left.BestTime - left.Time);
        return layout.Pick switch
        {
            JoinChoice.Latest => time > left.BestTime,
            JoinChoice.Earliest => time < left.BestTime,
            _ => near < 0 || (near == 0 && time < left.BestTime),
        };
    }

    /// <summary>Above this watermark no row can come that counts more.</summary>
    private long FinalAt(in AsofKey<TLeft, TRight, TOut>.Waiting left)
    {
        long last = layout.Latest(left.Time);
        if (left.HasBest && layout.Pick != JoinChoice.Latest)
        {
            last = Math.Min(last, left.Time + Math.Abs(left.BestTime - left.Time));
        }

        // A row that comes at once counts for those of its own time, also where only earlier ones match.
        return PaneMath.AddSaturated(Math.Max(last, left.Time), layout.RightLag);
    }

    /// <summary>Forgets rows of the right side that no row can ask for.</summary>
    private void Prune(AsofKey<TLeft, TRight, TOut> key)
    {
        if (Watermark > long.MinValue)
        {
            long floor = Watermark - layout.LeftLag;
            foreach (ref readonly AsofKey<TLeft, TRight, TOut>.Waiting left in CollectionsMarshal.AsSpan(key.Lefts))
            {
                floor = Math.Min(floor, left.Time);
            }

            if (layout.Low > long.MinValue)
            {
                long earliest = layout.Earliest(floor);
                key.Rights.RemoveAll(r => r.Time < earliest);
            }
            else
            {
                // Of those that are before all rows to come the last of each key.
                long cutoff = Math.Min(floor, layout.Latest(floor));
                var lasts = new List<TRight>();
                for (int i = key.Rights.Count - 1; i >= 0; i--)
                {
                    TRight row = key.Rights[i].Row;
                    if (key.Rights[i].Time > cutoff)
                    {
                        continue;
                    }

                    if (lasts.Exists(l => TShape.IsSameKey(in l, in row)))
                    {
                        key.Rights.RemoveAt(i);
                    }
                    else
                    {
                        lasts.Add(row);
                    }
                }
            }
        }

        key.PruneAt = Math.Max(16, 2 * key.Rights.Count);
    }

    private void Tidy(int entry, AsofKey<TLeft, TRight, TOut> key)
    {
        if (key.Lefts.Count + key.Rights.Count == 0)
        {
            _keys.Remove(entry);
            _entries.Remove(entry);
        }
    }

    private void Tell(in AsofKey<TLeft, TRight, TOut>.Waiting left, RowKind kind)
    {
        if (left.HasBest || layout.KeepsLeft)
        {
            Emit(TShape.As(in left.Result, kind));
        }
    }

    private void Emit(TOut row)
    {
        RowsOut++;
        Output.Emit(in row, Watermark);
    }
}
