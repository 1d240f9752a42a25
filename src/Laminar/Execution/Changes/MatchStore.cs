using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>The rows of one side of a join whose result changes, by the entry of their key, the latest first, each with the number of its matches.</summary>
/// <typeparam name="TRow">The side's row.</typeparam>
internal sealed class MatchStore<TRow>
{
    private Slot[] _slots = new Slot[64];
    private int[] _heads = new int[64];
    private int _free = -1;
    private int _used;

    public int Count { get; private set; }

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    /// <summary>The latest row of an entry; -1 for none.</summary>
    public int Head(int entry) => entry >= 0 && entry < _heads.Length ? _heads[entry] - 1 : -1;

    public ref Slot this[int slot] => ref _slots[slot];

    /// <summary>Adds a row, the latest of its entry.</summary>
    public void Add(int entry, in TRow row, int matches)
    {
        if (entry >= _heads.Length)
        {
            System.Array.Resize(ref _heads, Math.Max(entry + 1, _heads.Length * 2));
        }

        int slot = _free;
        if (slot >= 0)
        {
            _free = _slots[slot].Older;
        }
        else
        {
            slot = _used++;
            if (slot == _slots.Length)
            {
                System.Array.Resize(ref _slots, slot * 2);
            }
        }

        int older = _heads[entry] - 1;
        _slots[slot] = new Slot { Row = row, Entry = entry, Older = older, Newer = -1, Matches = matches };
        if (older >= 0)
        {
            _slots[older].Newer = slot;
        }

        _heads[entry] = slot + 1;
        Count++;
    }

    public void Remove(int slot)
    {
        Slot gone = _slots[slot];
        if (gone.Older >= 0)
        {
            _slots[gone.Older].Newer = gone.Newer;
        }

        if (gone.Newer >= 0)
        {
            _slots[gone.Newer].Older = gone.Older;
        }
        else
        {
            _heads[gone.Entry] = gone.Older + 1;
        }

        _slots[slot] = new Slot { Older = _free };
        _free = slot;
        Count--;
    }

    /// <summary>All rows, those of one entry from the oldest to the latest.</summary>
    public IEnumerable<int> InOrder()
    {
        foreach (int head in _heads)
        {
            var slots = new Stack<int>();
            for (int slot = head - 1; slot >= 0; slot = _slots[slot].Older)
            {
                slots.Push(slot);
            }

            foreach (int slot in slots)
            {
                yield return slot;
            }
        }
    }

    /// <summary>A row that is there.</summary>
    public struct Slot
    {
        public TRow Row;

        public int Entry;

        public int Older;

        public int Newer;

        public int Matches;
    }
}
