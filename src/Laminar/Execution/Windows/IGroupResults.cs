using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>How groups become results when their window closes, as generated code.</summary>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
/// <typeparam name="TPane">What is kept of the rows of a group in one pane.</typeparam>
/// <typeparam name="TRow">The results.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupResults<TGroup, TPane, TRow> : IQueryShape
    where TGroup : unmanaged, IGroupEntry<TGroup>
    where TPane : unmanaged
{
    /// <summary>Groups of no rows have a result.</summary>
    static virtual bool EmitsEmpty => false;

    /// <summary>Panes of an entry.</summary>
    static virtual int PaneCount => 1;

    /// <summary>Something of a pane lies outside its block and must be given back.</summary>
    static virtual bool HasStores => false;

    /// <summary>A pane of an entry.</summary>
    static abstract ref TPane PaneOf(ref TGroup group, int index);

    /// <summary>Rows that a pane is of.</summary>
    static abstract long RowsOf(in TPane pane);

    /// <summary>What a fresh pane needs besides zeros.</summary>
    static virtual void Begin(ref TPane pane)
    {
    }

    /// <summary>Slot + 1 of the same key's entry in the next block, or 0. Only where entries hold several panes.</summary>
    static virtual int NextOf(in TGroup group) => 0;

    /// <summary>The block before has the key too. Only where entries hold several panes.</summary>
    static virtual bool HasPrevious(in TGroup group) => false;

    /// <summary>The keys of a group as text, for messages.</summary>
    static abstract string Describe(GroupBlock<TGroup> block, int slot);

    /// <summary>Makes the stores beside the panes.</summary>
    void Open(GroupStores stores)
    {
    }

    /// <summary>Adds another pane, which comes later in time or order. Only where panes are merged.</summary>
    void Merge(EvaluationContext op, ref TPane pane, in TPane other)
    {
    }

    /// <summary>Gives back what a pane holds in stores beside it.</summary>
    void Free(ref TPane pane)
    {
    }

    /// <summary>Adds the groups of a pane to what their span has come to. Only where windows are the beginnings of spans.</summary>
    void Fold(EvaluationContext op, GroupTable<TGroup> groups, GroupBlock<TGroup> pane, GroupBlock<TGroup> total)
    {
    }

    /// <summary>The result of a group; false when HAVING hides it.</summary>
    bool TryMake(EvaluationContext op, GroupBlock<TGroup> block, int slot, ref TGroup group, ref TPane pane, long windowStart, long windowEnd, out TRow row);
}
