using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>Links the entries that one key has in neighbouring blocks: a window spans at most two.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BlockLink
{
    /// <summary>Slot + 1 of the same key's entry in the next block, or 0.</summary>
    public int Next;

    /// <summary>The block before has the key too.</summary>
    public bool HasPrevious;

    /// <summary>Makes a new entry and those of its key in the blocks beside its own known to each other.</summary>
    /// <typeparam name="TEntry">Key and panes.</typeparam>
    /// <param name="groups">The table that the block is of.</param>
    /// <param name="block">The block.</param>
    /// <param name="slot">Where the entry is in it.</param>
    public static void Connect<TEntry>(GroupTable<TEntry> groups, GroupBlock<TEntry> block, int slot)
        where TEntry : unmanaged, IBlockEntry<TEntry>
    {
        ref BlockLink link = ref TEntry.LinkOf(ref block[slot]);
        if (groups.Find(block.Number - 1) is { } previous && Find(previous, block, slot) is var before and >= 0)
        {
            TEntry.LinkOf(ref previous[before]).Next = slot + 1;
            link.HasPrevious = true;
        }

        if (groups.Find(block.Number + 1) is { } next && Find(next, block, slot) is var after and >= 0)
        {
            link.Next = after + 1;
            TEntry.LinkOf(ref next[after]).HasPrevious = true;
        }
    }

    /// <summary>The slot of an entry's key in another block, or -1.</summary>
    private static int Find<TEntry>(GroupBlock<TEntry> block, GroupBlock<TEntry> from, int slot)
        where TEntry : unmanaged, IBlockEntry<TEntry>
    {
        ref TEntry entry = ref from[slot];
        uint hash = TEntry.HashOf(in entry);
        ref uint index = ref block.Index;
        uint mask = block.Mask;
        for (uint position = hash & mask; ; position = KeyHash.Next(position, hash) & mask)
        {
            int found = (int)Unsafe.Add(ref index, (nuint)position) - 1;
            if (found < 0 || (TEntry.IsSame(in block[found], in entry) && block.HasTexts(found, from, slot)))
            {
                return found;
            }
        }
    }
}
