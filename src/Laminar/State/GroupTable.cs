using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// Grouped, windowed state: fixed-size entries in one unmanaged arena, found by (key, block of panes) through an open-addressing index of
/// slot numbers beside it (linear probing, at most half full). Entries of a block are linked in order of first sight, so closing a window
/// walks its own groups and nothing else. Slots are stable while an entry lives and reused afterwards; the arena grows by reallocation.
/// </summary>
/// <remarks>
/// Lookups are written out by generated code with <see cref="Entries"/>, <see cref="Index"/> and <see cref="Mask"/> in locals, which must
/// be reloaded after <see cref="Add"/> beyond what was <see cref="Reserve"/>d. Not thread-safe.
/// </remarks>
/// <typeparam name="TEntry">Head, key and panes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe partial class GroupTable<TEntry> : IDisposable
    where TEntry : unmanaged, IGroupEntry<TEntry>
{
    private const int MinimumSlots = 64;

    /// <summary>Slots are ints, and half of the index stays empty.</summary>
    private const int MaximumSlots = 1 << 30;

    private readonly BlockDirectory _blocks = new();
    private TEntry* _entries;
    private uint* _index;
    private int _capacity;
    private int _used;
    private int _free = -1;

    public GroupTable()
    {
        _capacity = MinimumSlots;
        _entries = (TEntry*)NativeMemory.AlignedAlloc((nuint)_capacity * (nuint)sizeof(TEntry), 64);
        AllocateIndex(MinimumSlots * 2);
    }

    ~GroupTable() => Free();

    /// <summary>Entries alive.</summary>
    public int Count { get; private set; }

    /// <summary>Slots handed out so far: every live slot is below.</summary>
    public int Used => _used;

    /// <summary>Blocks alive, and their lists of entries.</summary>
    public BlockDirectory Blocks => _blocks;

    /// <summary>Index positions minus one; a power of two minus one.</summary>
    public uint Mask { get; private set; }

    /// <summary>Bytes of unmanaged memory held.</summary>
    public long Bytes => ((long)_capacity * sizeof(TEntry)) + ((Mask + 1L) * sizeof(uint));

    /// <summary>Slot 0. Not null; moves when the arena grows.</summary>
    public ref TEntry Entries => ref *_entries;

    /// <summary>Slot -1: what the index holds are numbers from 1 on.</summary>
    public ref TEntry BeforeEntries => ref *(_entries - 1);

    /// <summary>Position 0 of the index: slot + 1, or 0 where empty.</summary>
    public ref uint Index => ref *_index;

    /// <summary>The entry in a slot.</summary>
    public ref TEntry this[int slot] => ref _entries[slot];

    /// <summary>Makes room for so many more entries: until then adding moves neither <see cref="Entries"/> nor <see cref="Index"/>.</summary>
    public void Reserve(int more)
    {
        while (((uint)Count + (uint)more) * 2 > Mask + 1)
        {
            GrowIndex();
        }

        if (_used + more > _capacity)
        {
            GrowEntries(_used + more);
        }
    }

    /// <summary>
    /// A new zeroed entry for a key that isn't in the block yet, linked behind the block's last. The caller writes its key before the next
    /// <see cref="Add"/>.
    /// </summary>
    /// <param name="keyHash">The key's hash without the block's salt.</param>
    /// <param name="block">Id from <see cref="BlockDirectory.Open"/>.</param>
    /// <returns>The slot.</returns>
    public int Add(uint keyHash, int block)
    {
        if (((uint)Count + 1) * 2 > Mask + 1)
        {
            GrowIndex();
        }

        int slot = TakeSlot();
        Link(slot, block);
        Insert(keyHash + _blocks[block].Salt, slot);
        return slot;
    }

    /// <summary><see cref="Add"/> where the probe for the key has ended already, with room <see cref="Reserve"/>d.</summary>
    /// <param name="position">The empty position of the index that the probe ended at.</param>
    /// <param name="block">As for <see cref="Add"/>.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int AddAt(uint position, int block)
    {
        int slot = TakeSlot();
        Link(slot, block);
        _index[position] = (uint)slot + 1;
        return slot;
    }

    /// <summary>Frees every entry of a block and the block itself. Whatever the entries refer to has been freed by the caller.</summary>
    public void RemoveBlock(int block)
    {
        ref BlockInfo info = ref _blocks[block];
        int removed = info.Count;
        if (removed == Count)
        {
            // Nothing else lives: start over with dense slots.
            if ((uint)removed > (Mask >> 5))
            {
                ClearIndex();
            }
            else
            {
                Unindex(info.Head, info.Salt);
            }

            _used = 0;
            _free = -1;
            Count = 0;
            _blocks.Remove(block);
            return;
        }

        int remaining = Count - removed;
        bool rebuild = removed > (remaining / 2) + (int)(Mask >> 5);
        if (!rebuild)
        {
            Unindex(info.Head, info.Salt);
        }

        FreeSlots(ref info);
        Count = remaining;
        _blocks.Remove(block);
        if (rebuild)
        {
            RebuildIndex();
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>A zeroed entry behind the last of its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Link(int slot, int block)
    {
        TEntry* entry = _entries + slot;
        *entry = default;
        ref BlockInfo info = ref _blocks[block];
        ref GroupHead head = ref TEntry.HeadOf(ref *entry);
        head.Block = block;
        head.Next = -1;
        if (info.Tail < 0)
        {
            info.Head = slot;
        }
        else
        {
            TEntry.HeadOf(ref _entries[info.Tail]).Next = slot;
        }

        info.Tail = slot;
        info.Count++;
        Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TakeSlot()
    {
        if (_free >= 0)
        {
            int slot = _free;
            _free = TEntry.HeadOf(ref _entries[slot]).Next;
            return slot;
        }

        if (_used == _capacity)
        {
            GrowEntries(_capacity + 1);
        }

        return _used++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GrowEntries(int atLeast)
    {
        if (atLeast > MaximumSlots)
        {
            throw new LaminarException($"A query holds more than {MaximumSlots:N0} groups on one core. Use shorter windows or fewer keys.");
        }

        int capacity = _capacity;
        while (capacity < atLeast)
        {
            capacity *= 2;
        }

        _entries = (TEntry*)NativeMemory.AlignedRealloc(_entries, (nuint)capacity * (nuint)sizeof(TEntry), 64);
        _capacity = capacity;
    }

    /// <summary>Chains a block's slots in front of the free list, in their order, so that they are reused densely.</summary>
    private void FreeSlots(ref BlockInfo info)
    {
        for (int slot = info.Head; slot >= 0;)
        {
            ref GroupHead head = ref TEntry.HeadOf(ref _entries[slot]);
            int next = head.Next;
            head.Block = -1;
            if (next < 0)
            {
                head.Next = _free;
            }

            slot = next;
        }

        if (info.Head >= 0)
        {
            _free = info.Head;
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_entries);
        NativeMemory.AlignedFree(_index);
        _entries = null;
        _index = null;
    }
}
