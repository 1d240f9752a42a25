using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>A pane of one group and one partition, on its way from the first phase of an aggregation to the second, which merges it.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="TGroup">An entry of the second phase's state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPartialRow<TSelf, TGroup>
    where TSelf : struct, IPartialRow<TSelf, TGroup>
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    /// <summary>False for an aggregation of everything into one group.</summary>
    static abstract bool HasKeys { get; }

    /// <summary>Where its pane starts.</summary>
    static abstract long PaneStartOf(in TSelf row);

    /// <summary>Of how many rows it is.</summary>
    static abstract long RowsOf(in TSelf row);

    /// <summary>The hash of its keys: what a block's index goes by, and, routed on, the exchange.</summary>
    static abstract uint HashOf(in TSelf row);

    /// <summary>Whether it belongs to a group.</summary>
    /// <param name="group">The entry.</param>
    /// <param name="texts">The text keys of the entry's block.</param>
    /// <param name="slot">The entry's place in the block.</param>
    /// <param name="hash">Of the row.</param>
    /// <param name="row">The row.</param>
    static abstract bool IsOf(in TGroup group, ref string? texts, nuint slot, uint hash, in TSelf row);

    /// <summary>Adds its group to a block that doesn't have it.</summary>
    /// <param name="groups">The table that the block is of.</param>
    /// <param name="block">The block.</param>
    /// <param name="hash">Of the row.</param>
    /// <param name="position">The empty place in the block's index that the probe ended at.</param>
    /// <param name="row">The row.</param>
    static abstract void Add(GroupTable<TGroup> groups, GroupBlock<TGroup> block, uint hash, uint position, in TSelf row);

    /// <summary>Adds what it counted to its group's.</summary>
    /// <param name="group">The entry.</param>
    /// <param name="pane">The pane's place in the entry.</param>
    /// <param name="row">The row.</param>
    static abstract void Merge(ref TGroup group, int pane, in TSelf row);
}

/// <summary>A partial result as the first phase makes it.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <typeparam name="TGroup">An entry of the first phase's state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPartialOf<TSelf, TGroup>
    where TSelf : struct, IPartialOf<TSelf, TGroup>
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    /// <summary>What a group has come to in a pane; false where that is nothing to tell.</summary>
    static abstract bool TryMake(GroupBlock<TGroup> block, int slot, long paneStart, out TSelf partial);
}
