using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Tests.State;

/// <summary>An entry as generated code would lay it out for a BIGINT key and one count per pane.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LongEntry : IGroupEntry<LongEntry>
{
    public GroupHead Head;
    public long Key;
    public long Count;

    public static ref GroupHead HeadOf(ref LongEntry entry) => ref entry.Head;

    public static uint HashOf(in LongEntry entry) => KeyHash.Local(entry.Key);

    /// <summary>What generated loops write out in place.</summary>
    public static int Find(GroupTable<LongEntry> table, int block, long key)
    {
        ref uint index = ref table.Index;
        for (uint position = (KeyHash.Local(key) + table.Blocks[block].Salt) & table.Mask; ; position = (position + 1) & table.Mask)
        {
            uint reference = System.Runtime.CompilerServices.Unsafe.Add(ref index, (nuint)position);
            if (reference == 0)
            {
                return -1;
            }

            ref LongEntry entry = ref table[(int)reference - 1];
            if (entry.Key == key && entry.Head.Block == block)
            {
                return (int)reference - 1;
            }
        }
    }

    /// <summary>Adds one to a key's count in a block.</summary>
    public static void Add(GroupTable<LongEntry> table, long blockNumber, long key)
    {
        int block = table.Blocks.Open(blockNumber);
        int slot = Find(table, block, key);
        if (slot < 0)
        {
            slot = table.Add(KeyHash.Local(key), block);
            table[slot].Key = key;
        }

        table[slot].Count++;
    }
}
