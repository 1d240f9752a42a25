using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>The index of the table: linear probing with backward-shift deletion, so that there are no tombstones.</summary>
public sealed unsafe partial class GroupTable<TEntry>
{
    private void AllocateIndex(uint size)
    {
        _index = (uint*)NativeMemory.AlignedAlloc(size * sizeof(uint), 64);
        Mask = size - 1;
        ClearIndex();
    }

    private void ClearIndex() => NativeMemory.Clear(_index, ((nuint)Mask + 1) * sizeof(uint));

    private void Insert(uint hash, int slot)
    {
        uint position = hash & Mask;
        while (_index[position] != 0)
        {
            position = (position + 1) & Mask;
        }

        _index[position] = (uint)slot + 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowIndex()
    {
        uint size = (Mask + 1) * 2;
        NativeMemory.AlignedFree(_index);
        AllocateIndex(size);
        FillIndex();
    }

    private void RebuildIndex()
    {
        ClearIndex();
        FillIndex();
    }

    private void FillIndex()
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            ref BlockInfo info = ref _blocks[_blocks.IdAt(i)];
            for (int slot = info.Head; slot >= 0; slot = TEntry.HeadOf(ref _entries[slot]).Next)
            {
                Insert(TEntry.HashOf(in _entries[slot]) + info.Salt, slot);
            }
        }
    }

    /// <summary>Takes a list of slots out of the index one by one.</summary>
    private void Unindex(int slot, uint salt)
    {
        for (; slot >= 0; slot = TEntry.HeadOf(ref _entries[slot]).Next)
        {
            uint position = (TEntry.HashOf(in _entries[slot]) + salt) & Mask;
            while (_index[position] != (uint)slot + 1)
            {
                position = (position + 1) & Mask;
            }

            CloseGap(position);
        }
    }

    /// <summary>Moves back what was pushed past the emptied position (Knuth, TAOCP 6.4, algorithm R).</summary>
    private void CloseGap(uint gap)
    {
        uint mask = Mask;
        uint position = gap;
        while (true)
        {
            position = (position + 1) & mask;
            uint reference = _index[position];
            if (reference == 0)
            {
                break;
            }

            ref TEntry entry = ref _entries[reference - 1];
            uint home = (TEntry.HashOf(in entry) + _blocks[TEntry.HeadOf(ref entry).Block].Salt) & mask;

            // Stays when its home lies cyclically behind the gap.
            if (((position - home) & mask) < ((position - gap) & mask))
            {
                continue;
            }

            _index[gap] = reference;
            gap = position;
        }

        _index[gap] = 0;
    }
}
