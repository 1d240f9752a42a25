using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A join as of a time: of the right side's rows with equal keys the nearest in time to each row of the left side, which waits until the watermark says that none can come that is
/// nearer. Of rows at one time the last to arrive counts. Rows of the right side are kept as long as a row of the left side can ask for them: without a tolerance the
/// last of each key, with one those within it.
/// </summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">The bounds, and what is kept.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AsofOperator<TLeft, TRight, TOut, TShape, TOutput>(JoinLayout layout, TOutput output)
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
                Answer(in _lefts[slot].Row, _lefts[slot].Time, due);
                _lefts.Remove(slot);
            }
            else
            {
                Settle(_rights.Due.Take());
            }
        }

        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        StateRows.Write<TLeft>(state, _lefts.Due.InOrder().Select(slot => _lefts[slot].Row).ToArray(), buffer);
        StateRows.Write<TRight>(state, _rights.ByEntry().Select(slot => _rights[slot].Row).ToArray(), buffer);
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        TLeft[] lefts = StateRows.Read<TLeft>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            Wait(in lefts[i], TShape.Time(in lefts[i]));
        }

        TRight[] rights = StateRows.Read<TRight>(state, out count);
        for (int i = 0; i < count; i++)
        {
            Keep(in rights[i], TShape.Time(in rights[i]));
        }
    }

    private long LeftDue(long time) => PaneMath.AddSaturated(time, Math.Max(0, layout.High) + layout.RightLag);

    /// <summary>When a row of the right side makes the one before it superfluous, or with a tolerance is out of the reach of rows that wait and of those to come.</summary>
    private long RightDue(long time)
    {
        long from = layout.Low == long.MinValue ? -layout.High : -layout.Low;
        return PaneMath.AddSaturated(time, Math.Max(0, from + Math.Max(layout.LeftLag, Math.Max(0, layout.High) + layout.RightLag)));
    }

    /// <inheritdoc/>
    protected sealed override bool Take(in JoinRow<TLeft, TRight> row)
    {
        long time = row.IsRight ? TShape.Time(in row.Right) : TShape.Time(in row.Left);
        if (PaneMath.AddSaturated(time, row.IsRight ? layout.RightLag : layout.LeftLag) < Watermark)
        {
            return false;
        }

        if (row.IsRight)
        {
            Keep(in row.Right, time);
        }
        else if (LeftDue(time) < Watermark)
        {
            Answer(in row.Left, time, Watermark);
        }
        else
        {
            Wait(in row.Left, time);
        }

        return true;
    }

    private void Wait(in TLeft row, long time) => _lefts.Due.Add(LeftDue(time), _lefts.AddAlone(in row, time));

    private void Keep(in TRight row, long time)
    {
        if (TShape.HasKey(in row, out uint hash))
        {
            _rights.Due.Add(RightDue(time), _rights.Add(_keys.FindOrAdd(hash), in row, time));
        }
    }

    private void Settle(int slot)
    {
        int gone = slot;
        if (layout.Low == long.MinValue)
        {
            gone = _rights[slot].Older;
            while (gone >= 0 && !TShape.IsSameKey(in _rights[slot].Row, in _rights[gone].Row))
            {
                gone = _rights[gone].Older;
            }
        }

        if (gone >= 0)
        {
            int entry = _rights[gone].Entry;
            _rights.Remove(gone);
            if (_rights.Head(entry) < 0)
            {
                _keys.Remove(entry);
            }
        }
    }

    private void Answer(in TLeft row, long time, long watermark)
    {
        int best = TShape.HasKey(in row, out uint hash) && _keys.Find(hash) is var entry and >= 0 ? Best(in row, time, entry) : -1;
        if (best < 0 && !layout.KeepsLeft)
        {
            return;
        }

        TOut result = best < 0 ? TShape.Make(in row, default, JoinSide.Left) : TShape.Make(in row, in _rights[best].Row, JoinSide.Both);
        RowsOut++;
        Output.Emit(in result, watermark);
    }

    private int Best(in TLeft row, long time, int entry)
    {
        int best = -1;
        long least = long.MaxValue;
        long earliest = layout.Earliest(time);
        for (int slot = _rights.LatestUntil(entry, layout.Latest(time)); slot >= 0; slot = _rights[slot].Older)
        {
            ref JoinStore<TRight>.Slot other = ref _rights[slot];
            if (other.Time < earliest)
            {
                break;
            }

            long distance = other.Time - time;

            if (!TShape.IsSameKey(in row, in other.Row))
            {
                continue;
            }

            // From the latest to the oldest, of one time the last to arrive first.
            long far = layout.Pick switch
            {
                JoinChoice.Latest => -distance,
                JoinChoice.Earliest => distance,
                _ => Math.Abs(distance),
            };
            if (best < 0 || far < least || (layout.Pick == JoinChoice.Nearest && far == least && other.Time < _rights[best].Time))
            {
                (best, least) = (slot, far);
            }

            if (layout.Pick == JoinChoice.Latest)
            {
                break;
            }
        }

        return best;
    }
}
