using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>The rows of groups, each found by what it holds and, in its group, in the order of arrival.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class KeptRows<TRow>
{
    private readonly KeyEntries _keys = new();
    private Slot[] _slots = new Slot[64];
    private int[] _heads = new int[64];
    private int _free = -1;
    private int _used;

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    public ref Slot this[int slot] => ref _slots[slot];

    /// <summary>The first of the rows of a hash; -1 for none.</summary>
    public int Head(uint hash) => _keys.Find(hash) is var entry and >= 0 ? _heads[entry] - 1 : -1;

    /// <summary>Adds a row behind the others of its group.</summary>
    /// <param name="hash">Of the whole row.</param>
    /// <param name="row">The row.</param>
    /// <param name="place">The number of its arrival.</param>
    /// <param name="first">The first of the group; -1 for none.</param>
    /// <param name="last">The last of the group.</param>
    public void Add(uint hash, in TRow row, long place, ref int first, ref int last)
    {
        int entry = _keys.FindOrAdd(hash);
        if (entry >= _heads.Length)
        {
            System.Array.Resize(ref _heads, Math.Max(entry + 1, _heads.Length * 2));
        }

        int slot = _free;
        if (slot >= 0)
        {
            _free = _slots[slot].Next;
        }
        else
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                System.Array.Resize(ref _slots, slot * 2);
            }
        }

        int next = _heads[entry] - 1;
        _slots[slot] = new Slot { Row = row, Place = place, Entry = entry, Next = next, Last = -1, Before = last, Behind = -1 };
        if (next >= 0)
        {
            _slots[next].Last = slot;
        }

        _heads[entry] = slot + 1;
        if (last >= 0)
        {
            _slots[last].Behind = slot;
        }
        else
        {
            first = slot;
        }

        last = slot;
    }

    /// <summary>Forgets a row.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="first">The first of its group.</param>
    /// <param name="last">The last of its group.</param>
    public void Remove(int slot, ref int first, ref int last)
    {
        Slot gone = _slots[slot];
        if (gone.Next >= 0)
        {
            _slots[gone.Next].Last = gone.Last;
        }

        if (gone.Last >= 0)
        {
            _slots[gone.Last].Next = gone.Next;
        }
        else
        {
            _heads[gone.Entry] = gone.Next + 1;
            if (gone.Next < 0)
            {
                _keys.Remove(gone.Entry);
            }
        }

        if (gone.Behind >= 0)
        {
            _slots[gone.Behind].Before = gone.Before;
        }
        else
        {
            last = gone.Before;
        }

        if (gone.Before >= 0)
        {
            _slots[gone.Before].Behind = gone.Behind;
        }
        else
        {
            first = gone.Behind;
        }

        _slots[slot] = new Slot { Next = _free };
        _free = slot;
    }

    /// <summary>A row that is kept.</summary>
    public struct Slot
    {
        public TRow Row;

        /// <summary>The number of its arrival.</summary>
        public long Place;

        public int Entry;

        /// <summary>The next of its hash.</summary>
        public int Next;

        /// <summary>The one before it of its hash.</summary>
        public int Last;

        /// <summary>The one before it in its group.</summary>
        public int Before;

        /// <summary>The one behind it in its group.</summary>
        public int Behind;
    }
}
