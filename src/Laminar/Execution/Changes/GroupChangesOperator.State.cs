using Laminar.State;

namespace Laminar.Execution;

/// <content>What is saved.</content>
public abstract partial class GroupChangesOperator<TIn, TOut, TPane, TShape, TOutput>
{
    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write((byte)(_hasEnded ? 1 : 0));
        state.Write(_made);
        state.Write(_nextEnd);
        state.Write(_outWatermark);
        state.Write(_arrivals);
        var buffer = new RowBuffer();

        // A group of no rows there is by itself only behind the end of the input.
        Group[] groups = [.. _groups.All.Where(g => g.Count > 0 || isGlobal)];
        state.Write(groups.Length);
        foreach (Group group in groups)
        {
            state.Write((byte)((group.IsFailed ? 1 : 0) | (group.HasEnded ? 2 : 0)));
            state.Write(group.Order);
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
        long made = state.Read<long>();
        _nextEnd = state.Read<long>();
        _outWatermark = state.Read<long>();
        _arrivals = state.Read<long>();
        for (int groups = state.ReadCount(sizeof(int)); groups > 0; groups--)
        {
            byte flags = state.Read<byte>();
            _made = state.Read<long>();
            TIn[] rows = StateRows.Read<TIn>(state, out int count);
            if (count == 0 && !isGlobal)
            {
                throw state.Damaged();
            }

            Group group = Add(count == 0 ? default : rows[0], (flags & 2) != 0);
            group.IsFailed = (flags & 1) != 0;
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

        _made = made;
    }

    private IEnumerable<int> SlotsOf(Group group)
    {
        for (int slot = group.First; slot >= 0; slot = _rows[slot].Behind)
        {
            yield return slot;
        }
    }
}
