using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>Closing sessions, and handing on what has changed.</summary>
public abstract partial class SessionOperator<TIn, TGroup>
{
    /// <summary>Slots that have changed since their result was emitted, in the order in which they did.</summary>
    private readonly List<int> _changed = [];

    private readonly List<(long At, int Slot)> _fired = [];
    private readonly List<(long Due, long Order, int Slot)> _due = [];
    private readonly List<int> _ended = [];

    /// <inheritdoc/>
    public sealed override bool FollowsClock => _clock is not null;

    /// <inheritdoc/>
    public sealed override long NextTick => _clock is null || _changed.Count == 0 ? long.MaxValue : _clock.Next;

    /// <inheritdoc/>
    protected sealed override void Tick(long now)
    {
        if (_clock!.Passes(now))
        {
            EmitChanged();
            Gather();
        }
    }

    /// <inheritdoc/>
    protected override void Advance(long watermark)
    {
        Reach(watermark);
        FollowClosed();
        Progress(OutWatermark);
    }

    /// <summary>Everything that a watermark makes due, in order of time; at one time in the order in which sessions began.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Close(long watermark)
    {
        while (true)
        {
            // Changes that are due at the time at which a session ends come before its end.
            long tick = NextDue();
            while (Collect(tick <= watermark ? tick - 1 : watermark))
            {
                CloseDue();
            }

            if (tick > watermark || tick == long.MaxValue)
            {
                break;
            }

            EmitChanged();
        }

        Watermark = Math.Max(Watermark, watermark);
        NextEnd = Planned();
        FollowClosed();
        Gather();
        Position = -1;
    }

    /// <summary>A session has changed, and is to be emitted when it is due.</summary>
    protected void Note(int slot)
    {
        ref SessionSpan span = ref Span(slot);
        if (!span.IsChanged)
        {
            span.IsChanged = true;
            _changed.Add(slot);
            NextEnd = Math.Min(NextEnd, NextDue());
        }
    }

    /// <summary>Emits the results of sessions that have ended.</summary>
    protected virtual void EmitSessions(ReadOnlySpan<int> slots)
    {
    }

    /// <summary>Emits a session that has changed since it was emitted last, or takes it back where it has become part of another.</summary>
    protected virtual void EmitChanged(GroupBlock<TGroup> block, int slot, long windowStart, long windowEnd)
    {
    }

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        state.Write(Watermark);
        state.Write(OutWatermark);
        state.Write(_begun);
        Groups.Save(state);
        state.Write(_changed.Count);
        foreach (int slot in _changed)
        {
            state.Write(slot);
        }

        _clock?.Save(state);
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        Watermark = state.Read<long>();
        OutWatermark = state.Read<long>();
        _begun = state.Read<long>();
        LoadGroups(state);
        int count = state.ReadCount(sizeof(int));
        for (int i = 0; i < count; i++)
        {
            int slot = state.Read<int>();
            _changed.Add((uint)slot < (uint)Block.Count ? slot : throw state.Damaged());
        }

        _clock?.Load(state);
        ArmAll();
    }

    private void LoadGroups(StateReader state)
    {
        Groups.RemoveFirst();
        Groups.Load(state);
        if (Groups.Count != 1)
        {
            throw state.Damaged();
        }

        Block = Groups[0];
        for (int slot = 0; slot < Block.Count; slot++)
        {
            ref SessionSpan span = ref Span(slot);
            if ((uint)span.Next > (uint)Block.Count)
            {
                throw state.Damaged();
            }

            _live += span.IsLive ? 1 : 0;
        }
    }

    /// <summary>When a session is to be looked at: at its end, and where it is kept for late rows, when it takes no more.</summary>
    private long DueOf(in SessionSpan span) => span.IsOut ? span.End + _layout.Lateness : span.End;

    long ITimerOwner.Postpone(long at, int slot)
    {
        ref SessionSpan span = ref Span(slot);
        if (!span.IsArmed || span.Armed != at || !span.IsLive)
        {
            return at;
        }

        return span.Armed = Math.Max(at, DueOf(in span));
    }

    /// <summary>What is due by a watermark, in order. Timers of sessions that have gone on since are set anew.</summary>
    private bool Collect(long watermark)
    {
        _due.Clear();
        _fired.Clear();
        _timers.Take(watermark, _fired, this);
        bool isOrdered = true;
        foreach ((long at, int slot) in _fired)
        {
            ref SessionSpan span = ref Span(slot);
            if (!span.IsArmed || span.Armed != at)
            {
                continue; // armed anew for an earlier time, or emptied since
            }

            span.IsArmed = false;
            if (!span.IsLive)
            {
                continue;
            }

            long due = DueOf(in span);
            if (due <= watermark)
            {
                // Timers fire in order: only sessions that have gone on, or end at one time, may be out of it.
                isOrdered &= _due.Count == 0 || (_due[^1].Due, _due[^1].Order).CompareTo((due, span.Order)) < 0;
                _due.Add((due, span.Order, slot));
            }
            else
            {
                Arm(slot, due);
            }
        }

        if (!isOrdered)
        {
            CollectionsMarshal.AsSpan(_due).Sort(static (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Order.CompareTo(b.Order));
        }

        return _due.Count > 0;
    }

    private void CloseDue()
    {
        _ended.Clear();
        foreach ((_, _, int slot) in _due)
        {
            ref SessionSpan span = ref Span(slot);
            if (Gathers)
            {
                EmitIfChanged(slot);
            }
            else if (!span.IsOut && _layout.Emission == EmissionMode.OnWindowClose)
            {
                _ended.Add(slot);
            }
        }

        if (_ended.Count > 0)
        {
            EmitSessions(CollectionsMarshal.AsSpan(_ended));
        }

        foreach ((_, _, int slot) in _due)
        {
            ref SessionSpan span = ref Span(slot);
            if (!span.IsOut && _layout.Lateness > 0)
            {
                span.IsOut = true;
                Arm(slot, DueOf(in span));
                continue;
            }

            FreeGroup(ref Block[slot]);
            Empty(ref span);
            _live--;
        }
    }

    private void EmitIfChanged(int slot)
    {
        if (Span(slot).IsChanged)
        {
            _changed.Remove(slot);
            EmitChanged(slot);
        }
    }

    private void EmitChanged()
    {
        foreach (int slot in _changed)
        {
            EmitChanged(slot);
        }

        _changed.Clear();
    }

    private void EmitChanged(int slot)
    {
        ref SessionSpan span = ref Span(slot);
        span.IsChanged = false;
        EmitChanged(Block, slot, span.Start, span.End);
        if (span.IsGone)
        {
            FreeGroup(ref Block[slot]);
            Empty(ref span);
        }
    }

    /// <summary>It needn't be told that a session has changed which isn't there any more.</summary>
    private void Unnote(int slot)
    {
        if (Span(slot).IsChanged)
        {
            Span(slot).IsChanged = false;
            _changed.Remove(slot);
        }
    }

    /// <summary>No session that still takes rows ends before the watermark.</summary>
    private void FollowClosed()
    {
        if (Watermark == long.MaxValue)
        {
            Follow(Watermark);
        }
        else if (Watermark >= long.MinValue + _layout.Lateness + _layout.Gap)
        {
            Follow(Watermark - _layout.Lateness + 1 - _layout.Gap);
        }
    }

    /// <summary>The next watermark at which anything may be due; the first one of all sets the time of changes.</summary>
    private long Planned() => _layout.Emission == EmissionMode.Every && Watermark == long.MinValue ? long.MinValue + 1 : Math.Min(_timers.Next, NextDue());

    /// <summary>The next watermark at which changes are due. The first of all watermarks passes none: nothing was before it.</summary>
    private long NextDue() => _layout.Emission != EmissionMode.Every || _changed.Count == 0 || Watermark == long.MinValue
        ? long.MaxValue
        : PaneMath.NextEnd(Watermark, _layout.EmitOrigin, _layout.EmitInterval);
}
