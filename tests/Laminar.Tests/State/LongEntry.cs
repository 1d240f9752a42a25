using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Tests.State;

/// <summary>An entry such as generated code lays out for COUNT by an integer, and the probe that it writes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LongEntry : IGroupEntry<LongEntry>
{
    public long Key;
    public long Count;

    public static uint HashOf(in LongEntry entry) => KeyHash.Local(entry.Key);

    public static int Find(GroupBlock<LongEntry> block, long key)
    {
        uint position = KeyHash.Local(key) & block.Mask;
        while (true)
        {
            uint reference = Unsafe.Add(ref block.Index, position);
            if (reference == 0 || block[(int)reference - 1].Key == key)
            {
                return (int)reference - 1;
            }

            position = KeyHash.Next(position, KeyHash.Local(key)) & block.Mask;
        }
    }

    public static void Add(GroupTable<LongEntry> table, long number, long key)
    {
        GroupBlock<LongEntry> block = table.Open(number);
        int slot = Find(block, key);
        if (slot < 0)
        {
            slot = block.Add(KeyHash.Local(key));
            block[slot].Key = key;
        }

        block[slot].Count++;
    }
}
