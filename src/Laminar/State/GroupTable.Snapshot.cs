namespace Laminar.State;

/// <summary>Saving and loading: entries as memory, blocks with their lists; the index is built anew.</summary>
public sealed unsafe partial class GroupTable<TEntry>
{
    /// <summary>Writes slots, free list and blocks. Slot numbers stay what they are.</summary>
    public void Save(StateWriter state)
    {
        state.Write(sizeof(TEntry));
        state.Write(_used);
        state.Write(_free);
        state.Write(Count);
        state.Raw(_entries, (long)_used * sizeof(TEntry));
        state.Write(_blocks.Count);
        for (int i = 0; i < _blocks.Count; i++)
        {
            int id = _blocks.IdAt(i);
            state.Write(id);
            state.Write(_blocks[id]);
        }
    }

    /// <summary>Into a fresh table.</summary>
    /// <exception cref="SnapshotException">What was read doesn't fit together.</exception>
    public void Load(StateReader state)
    {
        if (state.Read<int>() != sizeof(TEntry))
        {
            throw state.Damaged();
        }

        int used = state.ReadCount();
        int free = state.Read<int>();
        int count = state.Read<int>();
        if (count < 0 || count > used || free >= used)
        {
            throw state.Damaged();
        }

        if (used > _capacity)
        {
            GrowEntries(used);
        }

        state.Raw(_entries, (long)used * sizeof(TEntry));
        _used = used;
        _free = free;
        Count = count;
        int blocks = state.ReadCount(sizeof(BlockInfo));
        int listed = 0;
        for (int i = 0; i < blocks; i++)
        {
            int id = state.Read<int>();
            BlockInfo info = state.Read<BlockInfo>();
            listed += Check(state, id, in info);
            _blocks.Restore(id, in info);
        }

        if (listed != count)
        {
            throw state.Damaged();
        }

        uint size = Mask + 1;
        while ((uint)count * 2 > size)
        {
            size *= 2;
        }

        if (size != Mask + 1)
        {
            System.Runtime.InteropServices.NativeMemory.AlignedFree(_index);
            AllocateIndex(size);
        }

        FillIndex();
    }

    private int Check(StateReader state, int id, in BlockInfo info)
    {
        if (id < 0 || id > MaximumSlots || info.Tail >= _used)
        {
            throw state.Damaged();
        }

        int length = 0;
        for (int slot = info.Head; slot >= 0; slot = TEntry.HeadOf(ref _entries[slot]).Next)
        {
            if (slot >= _used || TEntry.HeadOf(ref _entries[slot]).Block != id || ++length > info.Count)
            {
                throw state.Damaged();
            }
        }

        return length == info.Count ? length : throw state.Damaged();
    }
}
