using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>Closing windows.</summary>
public abstract partial class WindowOperator<TIn, TGroup>
{
    /// <inheritdoc/>
    protected override void Advance(long watermark)
    {
        if (watermark >= NextEnd)
        {
            Close(watermark);
            Progress(OutWatermark);
        }
        else
        {
            if (_layout.HasSchedule)
            {
                Reach(watermark);
            }

            if (_layout.IsWhole && watermark > OutWatermark)
            {
                OutWatermark = watermark;
                Progress(watermark);
            }
        }
    }

    /// <summary>The watermark has reached the end of at least one window: those are emitted, in order, and their state is freed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Close(long watermark)
    {
        if (((_layout.IsWhole && _layout.IsGlobal) || _layout.HasEmptySets) && watermark == long.MaxValue && Groups.Count == 0 && OutWatermark != long.MaxValue)
        {
            GroupBlock<TGroup> only = OpenWhole();
            TGroup.AddOnly(Groups, only);
            EmitNone(only);
        }

        if (_layout.HasSchedule)
        {
            RunSchedule(watermark);
            return;
        }

        LeavePanes();
        if (_layout.IsSliding)
        {
            HandOnReopened();
        }

        _reopened = false;
        if (_layout.SharesPanes || _layout.IsSliding)
        {
            CloseShared(watermark);
        }
        else if (_layout.HasTotals)
        {
            CloseCumulating(watermark);
        }
        else
        {
            HandOn(watermark);
        }

        NextEnd = Line.NextEnd(watermark);
        if (NextEnd == long.MaxValue)
        {
            OutWatermark = long.MaxValue;
            _lateBefore = long.MaxValue;
        }
        else
        {
            // Every pane that ended by then has been handed on; or, no row of a window still open can be behind it.
            long next = Line.First(watermark);
            OutWatermark = _layout.Phase == AggregationPhase.Local ? Line.Start(next) : NextEnd - _layout.Gap;
            _lateBefore = _layout.SharesPanes || _layout.IsSliding ? Line.End(next - 1) : _layout.HasTotals ? Line.PaneStart(next) : Line.Start(next);
            FoldPane(next);
        }

        Position = -1;
    }

    /// <summary>A window and its results in time.</summary>
    private protected ResultTime TimeOf(long windowStart, long windowEnd) =>
        new(windowStart, windowEnd, _layout.IsWhole ? OutWatermark : windowEnd - _layout.Gap, _layout.HasTotals);

    /// <summary>A window's bounds behind the keys of a group, for messages.</summary>
    internal string Bounds(long windowStart, long windowEnd) =>
        _layout.IsWhole ? "" : _layout.IsMilliseconds ? $" of the window [{windowStart}, {windowEnd})" : $" of the window {RowTime.Window(windowStart, windowEnd)}";

    /// <summary>Emits the groups of a window that shares no panes, and frees what they hold beside their block.</summary>
    /// <param name="block">The groups.</param>
    /// <param name="windowStart">Of the window, or of the pane that is handed on.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitGroups(GroupBlock<TGroup> block, long windowStart, long windowEnd) => FreeGroups(block);

    /// <summary>Adds the groups of a pane to what their span has come to.</summary>
    protected virtual void Fold(GroupBlock<TGroup> pane, GroupBlock<TGroup> total)
    {
    }

    /// <summary>Emits the groups of a block, each with its panes in a window that shares them merged.</summary>
    /// <param name="block">The groups.</param>
    /// <param name="next">The next block, where the window ends in it and rows came for it.</param>
    /// <param name="first">The first pane of the window in the block.</param>
    /// <param name="last">The last.</param>
    /// <param name="lastOfNext">The last pane in the next block.</param>
    /// <param name="isSecond">Groups that the block before has too were emitted with it.</param>
    /// <param name="windowStart">Of the window.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitMerged(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, int first, int last, int lastOfNext, bool isSecond, long windowStart, long windowEnd)
    {
    }

    /// <summary>The result of no rows, where there is one: at the end of input, when results have come before it otherwise.</summary>
    protected virtual void EmitNone(GroupBlock<TGroup> block)
    {
    }

    /// <summary>Emits a group that has changed since it was emitted last, by the modes that gather changes.</summary>
    protected virtual void EmitChanged(GroupBlock<TGroup> block, int slot, long windowStart, long windowEnd)
    {
    }

    /// <summary>Emits a window of panes that are added up beside them.</summary>
    private protected virtual void EmitWindow(long firstPane, long lastPane, long windowStart, long windowEnd)
    {
    }

    /// <summary>Forgets panes that no window that is still open has.</summary>
    private protected virtual void RemovePanesBefore(long pane)
    {
    }

    /// <summary>Groups for rows of a pane that has been added up; null: it hasn't.</summary>
    private protected virtual GroupBlock<TGroup>? OpenLate(long pane) => null;

    /// <summary>Adds those up too.</summary>
    private protected virtual void AddLate()
    {
    }

    /// <summary>Gives back what a group holds in stores of their own beside its block.</summary>
    protected virtual void FreeGroup(ref TGroup group)
    {
    }

    /// <summary>Hands on the windows (in the first phase of two, the panes) that end by a watermark and share nothing.</summary>
    private void HandOn(long watermark)
    {
        while (Groups.Count > 0)
        {
            GroupBlock<TGroup> block = Groups[0];
            long windowEnd = Line.End(block.Number);
            if (windowEnd > watermark)
            {
                return;
            }

            EmitGroups(block, Line.Start(block.Number), windowEnd);
            Groups.RemoveFirst();
        }
    }

    private void CloseShared(long watermark)
    {
        long next = FirstOpenWindow();
        while (Groups.Count > 0)
        {
            // The first window that isn't closed yet and can hold anything.
            long window = Math.Max(next, Line.First(Line.PaneStart(Groups[0].Number << _layout.BlockShift)));
            if (Line.End(window) > watermark)
            {
                return;
            }

            next = window + 1;
            if (_layout.IsSliding)
            {
                long first = window * _layout.PanesPerSlide;
                EmitWindow(first, first + _layout.Panes - 1, Line.Start(window), Line.End(window));
                RemovePanesBefore(first + _layout.PanesPerSlide);
            }
            else
            {
                CloseWindow(window);
                RemoveFinishedBlocks(next);
            }
        }
    }

    /// <summary>The first window that no watermark has closed.</summary>
    private long FirstOpenWindow() => Line.IsBeyond(NextEnd) ? long.MinValue : Line.First(NextEnd - 1);

    /// <summary>Each window of a span is what the span has come to by the window's end.</summary>
    private void CloseCumulating(long watermark)
    {
        long next = FirstOpenWindow();
        while (_totals!.Count + Groups.Count > 0)
        {
            long window = _totals.Count > 0 ? next : Math.Max(next, Groups[0].Number);
            long end = Line.End(window);
            if (end > watermark)
            {
                return;
            }

            FoldPane(window);
            EmitGroups(_totals[0], Line.Start(window), end);
            if (_totals[0].Number == window)
            {
                FreeGroups(_totals[0]);
                _totals.RemoveFirst();
            }

            next = Line.Next(window);
        }
    }

    /// <summary>Adds the pane that ends with a window to what its span has come to.</summary>
    private void FoldPane(long window)
    {
        if (_totals is not null && Groups.Count > 0 && Groups[0].Number == window)
        {
            Fold(Groups[0], _totals.Open(Line.LastOfPane(window)));
            FreeGroups(Groups[0]);
            Groups.RemoveFirst();
        }
    }

    /// <summary>A window spans at most two blocks.</summary>
    private void CloseWindow(long window)
    {
        long windowStart = Line.Start(window);
        long windowEnd = Line.End(window);
        long firstPane = window * _layout.PanesPerSlide;
        long lastPane = firstPane + _layout.Panes - 1;
        long firstBlock = firstPane >> _layout.BlockShift;
        long lastBlock = lastPane >> _layout.BlockShift;
        int ofBlock = (1 << _layout.BlockShift) - 1;
        int first = (int)(firstPane & ofBlock);
        int last = (int)(lastPane & ofBlock);
        bool spansTwo = firstBlock != lastBlock;
        GroupBlock<TGroup>? second = spansTwo ? Groups.Find(lastBlock) : null;
        if (Groups.Find(firstBlock) is { } block)
        {
            EmitMerged(block, second, first, spansTwo ? ofBlock : last, last, isSecond: false, windowStart, windowEnd);
        }

        if (second is not null)
        {
            EmitMerged(second, null, 0, last, 0, isSecond: true, windowStart, windowEnd);
        }
    }

    /// <summary>Frees the blocks whose last window has closed.</summary>
    private void RemoveFinishedBlocks(long next)
    {
        while (Groups.Count > 0)
        {
            GroupBlock<TGroup> block = Groups[0];
            long lastPane = ((block.Number + 1) << _layout.BlockShift) - 1;
            if (Line.LastOfPane(lastPane) >= next)
            {
                return;
            }

            FreeGroups(block);
            Groups.RemoveFirst();
        }
    }

    private void FreeGroups(GroupBlock<TGroup> block)
    {
        for (int slot = 0; slot < block.Count; slot++)
        {
            FreeGroup(ref block[slot]);
        }
    }
}
