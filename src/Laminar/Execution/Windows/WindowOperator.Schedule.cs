using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Windows that do more than close: that are kept behind their end for late rows (ALLOW LATENESS), or emitted before it (EMIT ON UPDATE, EMIT
/// EVERY). What happens is a schedule by watermark (changed groups are due, a window ends, a window is forgotten), which is run through in order
/// of time, however far the watermark moves at once.
/// </summary>
public abstract partial class WindowOperator<TIn, TGroup>
{
    /// <summary>Groups that have changed since they were emitted, in the order in which they did.</summary>
    private readonly List<(GroupBlock<TGroup> Block, int Slot)> _changed = [];

    /// <inheritdoc/>
    public sealed override bool FollowsClock => _clock is not null;

    /// <inheritdoc/>
    public sealed override long NextTick => _clock is null || _changed.Count == 0 ? long.MaxValue : _clock.Next;

    /// <summary>Windows that end by this have ended, and were handed on.</summary>
    public long EndedTo { get; private set; } = long.MinValue;

    /// <summary>Windows that end by this take no rows any more.</summary>
    public long ForgottenTo { get; private set; } = long.MinValue;

    /// <summary>A group has changed, and is to be emitted when it is due.</summary>
    /// <param name="block">Its window.</param>
    /// <param name="slot">The group.</param>
    /// <param name="watermark">Before the row that changes it.</param>
    public void Note(GroupBlock<TGroup> block, int slot, long watermark)
    {
        _changed.Add((block, slot));
        if (_layout.Emission == EmissionMode.Every)
        {
            Reach(watermark);
            NextEnd = Math.Min(NextEnd, NextDue());
        }
    }

    /// <inheritdoc/>
    protected sealed override void Tick(long now)
    {
        if (_clock!.Passes(now))
        {
            EmitChanged();
        }
    }

    /// <summary>Takes over a watermark that makes nothing due.</summary>
    private void Reach(long watermark) => EndedTo = Math.Max(EndedTo, watermark);

    /// <summary>Everything that a watermark makes due.</summary>
    private void RunSchedule(long watermark)
    {
        while (true)
        {
            long due = _changed.Count > 0 && _layout.Emission == EmissionMode.Every ? NextDue() : long.MaxValue;
            GroupBlock<TGroup>? ending = FirstOpen();
            long end = ending is null ? long.MaxValue : EndOf(ending);
            long forgotten = Groups.Count == 0 ? long.MaxValue : ForgottenAt(Groups[0]);
            if (due < long.MaxValue && due <= Math.Min(watermark, Math.Min(end, forgotten)))
            {
                EmitChanged();
            }
            else if (ending is not null && end <= Math.Min(watermark, forgotten))
            {
                // By the calendar several may end at once.
                for (int i = 0; i < Groups.Count; i++)
                {
                    if (EndOf(Groups[i]) == end)
                    {
                        HandOn(Groups[i], end);
                    }
                }

                EndedTo = end;
            }
            else if (Groups.Count > 0 && forgotten <= watermark)
            {
                EmitChangedOf(Groups[0]);
                FreeGroups(Groups[0]);
                Groups.RemoveFirst();
            }
            else
            {
                break;
            }
        }

        Reach(watermark);
        ForgottenTo = Math.Max(ForgottenTo, Before(watermark));
        Plan();
        Position = -1;
    }

    /// <summary>What comes next, and how far time has come for whoever reads the results.</summary>
    private void Plan()
    {
        if (EndedTo == long.MaxValue || _layout.IsWhole)
        {
            NextEnd = long.MaxValue;
            Follow(EndedTo);
        }
        else
        {
            long firstKept = Line.NextEnd(ForgottenTo);
            NextEnd = Math.Min(Line.NextEnd(EndedTo), firstKept + _layout.Lateness);
            Follow(firstKept - _layout.Gap);
        }

        if (_layout.Emission == EmissionMode.Every && _changed.Count > 0)
        {
            NextEnd = Math.Min(NextEnd, NextDue());
        }
    }

    private void HandOn(GroupBlock<TGroup> block, long end)
    {
        if (_layout.Emission == EmissionMode.OnWindowClose)
        {
            EmitGroups(block, StartOf(block), end);
        }
        else
        {
            EmitChangedOf(block);
        }
    }

    private void EmitChanged()
    {
        foreach ((GroupBlock<TGroup> block, int slot) in _changed)
        {
            EmitChanged(block, slot, StartOf(block), EndOf(block));
        }

        _changed.Clear();
    }

    /// <summary>Emits what has changed in one window.</summary>
    private void EmitChangedOf(GroupBlock<TGroup> window)
    {
        int kept = 0;
        for (int i = 0; i < _changed.Count; i++)
        {
            (GroupBlock<TGroup> Block, int Slot) changed = _changed[i];
            if (ReferenceEquals(changed.Block, window))
            {
                EmitChanged(changed.Block, changed.Slot, StartOf(window), EndOf(window));
            }
            else
            {
                _changed[kept++] = changed;
            }
        }

        _changed.RemoveRange(kept, _changed.Count - kept);
    }

    /// <summary>The first window with rows that hasn't ended.</summary>
    private GroupBlock<TGroup>? FirstOpen()
    {
        for (int i = 0; i < Groups.Count; i++)
        {
            if (EndOf(Groups[i]) > EndedTo)
            {
                return Groups[i];
            }
        }

        return null;
    }

    private long StartOf(GroupBlock<TGroup> block) => _layout.IsWhole ? 0 : Line.Start(block.Number);

    private long EndOf(GroupBlock<TGroup> block) => _layout.IsWhole ? long.MaxValue : Line.End(block.Number);

    private long ForgottenAt(GroupBlock<TGroup> block) => _layout.IsWhole ? long.MaxValue : EndOf(block) + _layout.Lateness;

    /// <summary>A watermark, as many earlier as late rows may be.</summary>
    private long Before(long watermark) =>
        watermark == long.MaxValue || watermark < long.MinValue + _layout.Lateness ? watermark : watermark - _layout.Lateness;

    /// <summary>The first watermark behind the one reached at which changes are due. The first of all watermarks passes none: nothing was before it.</summary>
    private long NextDue() => EndedTo == long.MinValue ? long.MaxValue : PaneMath.NextEnd(EndedTo, _layout.EmitOrigin, _layout.EmitInterval);

    private void SaveSchedule(StateWriter state)
    {
        state.Write(EndedTo);
        state.Write(ForgottenTo);
        state.Write(_changed.Count);
        foreach ((GroupBlock<TGroup> block, int slot) in _changed)
        {
            state.Write(block.Number);
            state.Write(slot);
        }

        _clock?.Save(state);
    }

    private void LoadSchedule(StateReader state)
    {
        EndedTo = state.Read<long>();
        ForgottenTo = state.Read<long>();
        int count = state.ReadCount(sizeof(long) + sizeof(int));
        for (int i = 0; i < count; i++)
        {
            long number = state.Read<long>();
            int slot = state.Read<int>();
            if (Groups.Find(number) is not { } block || (uint)slot >= (uint)block.Count)
            {
                throw state.Damaged();
            }

            _changed.Add((block, slot));
        }

        _clock?.Load(state);
    }
}
