using Laminar.State;

namespace Laminar.Execution;

/// <summary>Hands on the results of windows whose panes are added up beside them; see <see cref="SlidingOperator{TIn, TGroup}"/>.</summary>
internal static class SlidingResults<TIn, TGroup, TPane, TRow, TShape, TOut>
    where TGroup : unmanaged, ISlidingEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    /// <summary>The groups of one part of a window's panes: the earlier one, and with it what the later one has of them, or what only the later one has.</summary>
    public static void Emit(WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, GroupBlock<TGroup>? next, in ResultTime time)
    {
        for (int slot = 0; slot < block.Count; slot++)
        {
            try
            {
                EmitFrom(op, ref shape, ref output, block, next, slot, in time);
                return;
            }
            catch (Exception error) when (op.Position >= 0 && op.IsRowError(error))
            {
                slot = WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>.Skip(op, block, in time, error);
            }
        }
    }

    private static void EmitFrom(WindowOperator<TIn, TGroup> op, ref TShape shape, ref TOut output, GroupBlock<TGroup> block, GroupBlock<TGroup>? next, int slot, in ResultTime time)
    {
        TOut copy = output;
        long rowsOut = op.RowsOut;
        TPane merged = default;
        for (; slot < block.Count; slot++)
        {
            ref TGroup group = ref block[slot];
            scoped ref TPane pane = ref TShape.PaneOf(ref group, 0);
            SlidingLink link = TGroup.LinkOf(ref group);
            if (next is null)
            {
                if (link.Other != 0)
                {
                    continue; // emitted with the earlier part
                }
            }
            else if (link.Other != 0)
            {
                ref TPane later = ref TShape.PaneOf(ref next[link.Other - 1], 0);
                if (link.Pane != 0)
                {
                    merged = pane;
                    shape.Merge(op, ref merged, in later);
                    pane = ref merged;
                }
                else
                {
                    pane = ref later;
                }
            }
            else if (link.Pane == 0)
            {
                continue; // no row of it is left in the window
            }

            WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>.Emit(op, ref shape, ref output, ref copy, ref rowsOut, block, slot, ref group, ref pane, in time);
        }
    }
}
