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

    /// <summary>Tells the output how far time has come.</summary>
    protected abstract void Progress(long watermark);

    /// <summary>The watermark has reached the end of at least one window: those are emitted, in order, and their state is freed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Close(long watermark)
    {
        if (_layout.IsWhole && _layout.IsGlobal && watermark == long.MaxValue && Groups.Count == 0 && OutWatermark != long.MaxValue)
        {
            GroupBlock<TGroup> only = OpenWhole();
            AddOnlyGroup(only);
            EmitNone(only);
        }

        if (_layout.HasSchedule)
        {
            RunSchedule(watermark);
            return;
        }

        LeavePanes();
        _reopened = false;
        if (_layout.SharesPanes)
        {
            CloseShared(watermark);
        }
        else
        {
            HandOn(watermark);
        }

        NextEnd = PaneMath.NextEnd(watermark, _layout.Origin + _layout.Size, _layout.Slide);
        if (NextEnd == long.MaxValue)
        {
            OutWatermark = long.MaxValue;
            _lateBefore = long.MaxValue;
        }
        else
        {
            // Every pane that ended by then has been handed on; or, no row of a window still open can be behind it.
            OutWatermark = NextEnd - (_layout.Phase == AggregationPhase.Local ? _layout.Size : _layout.Gap);
            _lateBefore = NextEnd - (_layout.SharesPanes ? _layout.Slide : _layout.Size);
        }

        Position = -1;
    }

    /// <summary>Emits the groups of a window that shares no panes, and frees what they hold beside their block.</summary>
    /// <param name="block">The groups.</param>
    /// <param name="windowStart">Of the window, or of the pane that is handed on.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitGroups(GroupBlock<TGroup> block, long windowStart, long windowEnd) => FreeGroups(block);

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
            long windowStart = _layout.Origin + (block.Number * _layout.Slide);
            long windowEnd = windowStart + _layout.Size;
            if (windowEnd > watermark)
            {
                return;
            }

            EmitGroups(block, windowStart, windowEnd);
            Groups.RemoveFirst();
        }
    }

    private void CloseShared(long watermark)
    {
        while (Groups.Count > 0)
        {
            // The first window that isn't closed yet and can hold anything.
            long firstStart = _layout.Origin + ((Groups[0].Number << _layout.BlockShift) * _layout.PaneSize);
            long windowEnd = Math.Max(NextEnd, PaneMath.NextEnd(firstStart, _layout.Origin + _layout.Size, _layout.Slide));
            if (windowEnd > watermark)
            {
                return;
            }

            CloseWindow(windowEnd - _layout.Size, windowEnd);
            NextEnd = windowEnd + _layout.Slide;
            RemoveFinishedBlocks();
        }
    }

    /// <summary>A window spans at most two blocks.</summary>
    private void CloseWindow(long windowStart, long windowEnd)
    {
        long firstPane = PaneMath.FloorDivide(windowStart - _layout.Origin, _layout.PaneSize);
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
    private void RemoveFinishedBlocks()
    {
        while (Groups.Count > 0)
        {
            GroupBlock<TGroup> block = Groups[0];
            long lastPane = ((block.Number + 1) << _layout.BlockShift) - 1;
            long lastEnd = _layout.Origin + (PaneMath.FloorDivide(lastPane * _layout.PaneSize, _layout.Slide) * _layout.Slide) + _layout.Size;
            if (lastEnd >= NextEnd)
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
