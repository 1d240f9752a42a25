using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Hands on the results of a window's groups, in order of first sight, whatever way the groups are kept. A group whose result can't be computed is skipped, by the
/// policy for failures, and what is behind it handed on: loops are apart from the <c>try</c>, which would keep their variables out of registers.
/// </summary>
internal static class WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>
    where TGroup : unmanaged, IGroupEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    /// <summary>Groups of a window that shares nothing.</summary>
    public static void EmitOwn(WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, in ResultTime time)
    {
        for (int slot = 0; slot < block.Count; slot++)
        {
            try
            {
                EmitOwnFrom(op, ref shape, ref output, block, slot, in time);
                return;
            }
            catch (Exception error) when (op.Position >= 0 && op.IsRowError(error))
            {
                slot = Skip(op, block, in time, error);
                if (TShape.HasStores && !time.KeepsGroups)
                {
                    Free(ref shape, ref block[slot]);
                }
            }
        }
    }

    /// <summary>Groups of a block, the panes of each merged in the order of time.</summary>
    public static void EmitMerged(WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, GroupBlock<TGroup>? next, in MergedPanes panes, in ResultTime time)
    {
        TPane merged = default;
        for (int slot = 0; slot < block.Count; slot++)
        {
            try
            {
                EmitMergedFrom(op, ref shape, ref output, block, next, in panes, ref merged, slot, in time);
                return;
            }
            catch (Exception error) when (op.Position >= 0 && op.IsRowError(error))
            {
                slot = Skip(op, block, in time, error);
                if (TShape.HasStores)
                {
                    shape.Free(ref merged);
                }
            }
        }
    }

    /// <summary>The result of one group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Emit(
        WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, ref TOut copy, ref long rowsOut, GroupBlock<TGroup> block, int slot, ref TGroup group, ref TPane pane, in ResultTime time)
    {
        op.Position = slot;
        if (!shape.TryMake(op, block, slot, ref group, ref pane, time.WindowStart, time.WindowEnd, out TRow row))
        {
            op.Position = -1;
            return;
        }

        op.Position = -1;
        op.RowsOut = ++rowsOut;
        if (RowOutput.IsSmallValue<TOut>())
        {
            // A failing group must find the output as it was: a small one is stored after each row, and not read again.
            copy.Emit(in row, time.Watermark);
            output = copy;
        }
        else
        {
            output.Emit(in row, time.Watermark);
        }
    }

    /// <summary>Counts a result that can't be computed, or throws.</summary>
    /// <returns>The slot of its group.</returns>
    public static int Skip(WindowOperator<TIn, TGroup> op, GroupBlock<TGroup> block, in ResultTime time, Exception error)
    {
        int slot = op.Position;
        op.Position = -1;
        op.Skip($"group{TShape.Describe(block, slot)}{op.Bounds(time.WindowStart, time.WindowEnd)}", error);
        return slot;
    }

    /// <summary>Gives back what a group holds in stores beside its block.</summary>
    public static void Free(ref TShape shape, ref TGroup group)
    {
        for (int i = 0; i < TShape.PaneCount; i++)
        {
            shape.Free(ref TShape.PaneOf(ref group, i));
        }
    }

    private static void EmitOwnFrom(WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, int slot, in ResultTime time)
    {
        TOut copy = output;
        long rowsOut = op.RowsOut;
        for (; slot < block.Count; slot++)
        {
            ref TGroup group = ref block[slot];
            ref TPane pane = ref TShape.PaneOf(ref group, 0);
            if (TShape.EmitsEmpty || TShape.RowsOf(in pane) != 0)
            {
                Emit(op, ref shape, ref output, ref copy, ref rowsOut, block, slot, ref group, ref pane, in time);
            }

            if (TShape.HasStores && !time.KeepsGroups)
            {
                Free(ref shape, ref group);
            }
        }
    }

    private static void EmitMergedFrom(
        WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, GroupBlock<TGroup>? next, in MergedPanes panes, ref TPane merged, int slot, in ResultTime time)
    {
        TOut copy = output;
        long rowsOut = op.RowsOut;
        for (; slot < block.Count; slot++)
        {
            ref TGroup group = ref block[slot];
            if (panes.IsSecond && TShape.HasPrevious(in group))
            {
                continue; // merged with its entry in the block before
            }

            TPane sum = default;
            TShape.Begin(ref sum);
            MergePanes(op, ref shape, ref sum, ref group, panes.First, panes.Last);
            if (next is not null && TShape.NextOf(in group) is var other and not 0)
            {
                MergePanes(op, ref shape, ref sum, ref next[other - 1], 0, panes.LastOfNext);
            }

            if (TShape.RowsOf(in sum) != 0)
            {
                merged = sum;
                Emit(op, ref shape, ref output, ref copy, ref rowsOut, block, slot, ref group, ref merged, in time);
                if (TShape.HasStores)
                {
                    shape.Free(ref merged);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MergePanes(EvaluationContext op, ref TShape shape, ref TPane merged, ref TGroup group, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            // Merging an empty pane changes nothing, and which panes are empty no processor can foresee.
            if (!TShape.HasStores || TShape.RowsOf(in TShape.PaneOf(ref group, i)) != 0)
            {
                shape.Merge(op, ref merged, in TShape.PaneOf(ref group, i));
            }
        }
    }
}

/// <summary>When a window's results are.</summary>
/// <param name="WindowStart">Of the window.</param>
/// <param name="WindowEnd">Exclusive.</param>
/// <param name="Watermark">What goes with the rows.</param>
/// <param name="KeepsGroups">The groups live on behind this window.</param>
internal readonly record struct ResultTime(long WindowStart, long WindowEnd, long Watermark, bool KeepsGroups);

/// <summary>Which panes of a block, and of the one behind it, a window has.</summary>
/// <param name="First">The first one in the block.</param>
/// <param name="Last">The last.</param>
/// <param name="LastOfNext">The last one in the next block.</param>
/// <param name="IsSecond">Groups that the block before has too were emitted with it.</param>
internal readonly record struct MergedPanes(int First, int Last, int LastOfNext, bool IsSecond);
