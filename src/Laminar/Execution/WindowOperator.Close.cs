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
    }

    /// <summary>Tells the output how far time has come.</summary>
    protected abstract void Progress(long watermark);

    /// <summary>The watermark has reached the end of at least one window: those are emitted, in order, and their state is freed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected void Close(long watermark)
    {
        Width = 0;
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

    /// <summary>Emits the groups of a window that shares no panes, and frees what they hold beside their entries.</summary>
    /// <param name="head">The first group's slot, or -1.</param>
    /// <param name="windowStart">Of the window, or of the pane that is handed on.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitGroups(int head, long windowStart, long windowEnd) => FreeGroups(head);

    /// <summary>Emits the groups of a block, each with its panes in a window that shares them merged.</summary>
    /// <param name="head">The first group's slot, or -1.</param>
    /// <param name="first">The first pane of the window in this block.</param>
    /// <param name="last">The last.</param>
    /// <param name="lastOfNext">The last pane in the next block, or -1 when the window ends in this one.</param>
    /// <param name="isSecond">Groups that the block before has too were emitted with it.</param>
    /// <param name="windowStart">Of the window.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitMerged(int head, int first, int last, int lastOfNext, bool isSecond, long windowStart, long windowEnd)
    {
    }

    /// <summary>Gives back what a group holds in stores of its own beside the panes.</summary>
    protected virtual void FreePanes(ref TGroup group)
    {
    }

    /// <summary>Gives back what a group holds beside its entry.</summary>
    protected void FreeGroup(ref TGroup group, int slot)
    {
        for (int text = 0; text < _layout.Texts; text++)
        {
            Slab.Remove(TGroup.TextOf(in group, text));
            KeyTexts[(slot * _layout.Texts) + text] = null;
        }

        FreePanes(ref group);
    }

    /// <summary>Hands on the windows (in the first phase of two, the panes) that end by a watermark and share nothing.</summary>
    private void HandOn(long watermark)
    {
        BlockDirectory blocks = Groups.Blocks;
        while (blocks.Count > 0)
        {
            int id = blocks.IdAt(0);
            long windowStart = _layout.Origin + (blocks[id].Number * _layout.Slide);
            long windowEnd = windowStart + _layout.Size;
            if (windowEnd > watermark)
            {
                return;
            }

            EmitGroups(blocks[id].Head, windowStart, windowEnd);
            Groups.RemoveBlock(id);
        }
    }

    private void CloseShared(long watermark)
    {
        BlockDirectory blocks = Groups.Blocks;
        while (blocks.Count > 0)
        {
            // The first window that isn't closed yet and can hold anything.
            long firstStart = _layout.Origin + ((blocks[blocks.IdAt(0)].Number << _layout.BlockShift) * _layout.PaneSize);
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
        BlockDirectory blocks = Groups.Blocks;
        long firstPane = PaneMath.FloorDivide(windowStart - _layout.Origin, _layout.PaneSize);
        long lastPane = firstPane + _layout.Panes - 1;
        int ofBlock = (1 << _layout.BlockShift) - 1;
        int first = (int)(firstPane & ofBlock);
        int last = (int)(lastPane & ofBlock);
        bool spansTwo = firstPane >> _layout.BlockShift != lastPane >> _layout.BlockShift;
        int id = blocks.Find(firstPane >> _layout.BlockShift);
        if (id >= 0)
        {
            EmitMerged(blocks[id].Head, first, spansTwo ? ofBlock : last, spansTwo ? last : -1, isSecond: false, windowStart, windowEnd);
        }

        if (spansTwo && blocks.Find(lastPane >> _layout.BlockShift) is var second and >= 0)
        {
            EmitMerged(blocks[second].Head, 0, last, -1, isSecond: true, windowStart, windowEnd);
        }
    }

    /// <summary>Frees the blocks whose last window has closed.</summary>
    private void RemoveFinishedBlocks()
    {
        BlockDirectory blocks = Groups.Blocks;
        while (blocks.Count > 0)
        {
            int id = blocks.IdAt(0);
            long lastPane = ((blocks[id].Number + 1) << _layout.BlockShift) - 1;
            long lastEnd = _layout.Origin + (PaneMath.FloorDivide(lastPane * _layout.PaneSize, _layout.Slide) * _layout.Slide) + _layout.Size;
            if (lastEnd >= NextEnd)
            {
                return;
            }

            FreeGroups(blocks[id].Head);
            Groups.RemoveBlock(id);
        }
    }

    private void FreeGroups(int head)
    {
        for (int slot = head; slot >= 0;)
        {
            ref TGroup group = ref Groups[slot];
            FreeGroup(ref group, slot);
            slot = TGroup.HeadOf(ref group).Next;
        }
    }
}
