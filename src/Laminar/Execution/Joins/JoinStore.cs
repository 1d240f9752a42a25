using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>The rows of one side of a join, by the entry of their key, the latest first, and by when they can match no more.</summary>
/// <typeparam name="TRow">The side's row.</typeparam>
internal sealed class JoinStore<TRow>
{
    private Slot[] _slots = new Slot[256];
    private int[] _heads = new int[64];
    private int[] _found = new int[64];
    private int _free = -1;
    private int _used;

    /// <summary>When rows can match no more.</summary>
    public DueQueue Due { get; } = new();

    public int Count { get; private set; }

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    /// <summary>The latest row of an entry; -1 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Head(int entry) => entry < _heads.Length ? _heads[entry] - 1 : -1;

    public ref Slot this[int slot] => ref _slots[slot];

    /// <summary>
    /// The latest row of an entry that isn't behind a time, the last to arrive of those at one time; -1 for none. It is looked for from where the one before was found: whoever asks goes
    /// forward in time, as a rule, and rows of the other input may have come far ahead.
    /// </summary>
    public int LatestUntil(int entry, long time)
    {
        if (time == long.MaxValue || entry >= _heads.Length)
        {
            return Head(entry);
        }

        Slot[] slots = _slots;
        int slot = _found[entry] - 1;
        if (slot < 0)
        {
            slot = _heads[entry] - 1;
        }

        int near = slot;
        while (slot >= 0 && slots[slot].Time > time)
        {
            near = slot;
            slot = slots[slot].Older;
        }

        if (slot >= 0)
        {
            for (int newer = slots[slot].Newer; newer >= 0 && slots[newer].Time <= time; newer = slots[newer].Newer)
            {
                slot = newer;
            }

            near = slot;
        }

        _found[entry] = near + 1;
        return slot;
    }

    /// <summary>Adds a row; those of an entry stay in the order of their times.</summary>
    /// <returns>Its slot.</returns>
    public int Add(int entry, in TRow row, long time)
    {
        if (entry >= _heads.Length)
        {
            System.Array.Resize(ref _heads, Math.Max(entry + 1, _heads.Length * 2));
            System.Array.Resize(ref _found, _heads.Length);
        }

        int slot = Take();
        int newer = -1;
        int older = _heads[entry] - 1;
        while (older >= 0 && _slots[older].Time > time)
        {
            newer = older;
            older = _slots[older].Older;
        }

        _slots[slot] = new Slot { Row = row, Time = time, Entry = entry, Older = older, Newer = newer };
        if (older >= 0)
        {
            _slots[older].Newer = slot;
        }

        if (newer >= 0)
        {
            _slots[newer].Older = slot;
        }
        else
        {
            _heads[entry] = slot + 1;
        }

        Count++;
        return slot;
    }

    /// <summary>Keeps a row that matches nothing until it falls due.</summary>
    public int AddAlone(in TRow row, long time)
    {
        int slot = Take();
        _slots[slot] = new Slot { Row = row, Time = time, Entry = -1, Older = -1, Newer = -1 };
        Count++;
        return slot;
    }

    public void Remove(int slot)
    {
        ref Slot gone = ref _slots[slot];
        if (gone.Older >= 0)
        {
            _slots[gone.Older].Newer = gone.Newer;
        }

        if (gone.Newer >= 0)
        {
            _slots[gone.Newer].Older = gone.Older;
        }
        else if (gone.Entry >= 0)
        {
            _heads[gone.Entry] = gone.Older + 1;
        }

        if (gone.Entry >= 0 && _found[gone.Entry] == slot + 1)
        {
            _found[gone.Entry] = (gone.Newer >= 0 ? gone.Newer : gone.Older) + 1;
        }

        gone = new Slot { Older = _free };
        _free = slot;
        Count--;
    }

    /// <summary>All rows that have a key, those of one key from the oldest to the latest.</summary>
    public IEnumerable<int> ByEntry()
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

    private int Take()
    {
        int slot = _free;
        if (slot >= 0)
        {
            _free = _slots[slot].Older;
            return slot;
        }

        if (_used == _slots.Length)
        {
            System.Array.Resize(ref _slots, _slots.Length * 2);
        }

        return _used++;
    }

    /// <summary>A row that is kept.</summary>
    public struct Slot
    {
        public TRow Row;

        public long Time;

        /// <summary>Of its key; -1: the key is NULL.</summary>
        public int Entry;

        public int Older;

        public int Newer;

        public bool IsMatched;
    }
}
