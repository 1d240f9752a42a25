using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

internal struct TumbleEntry
{
    public long Key;
    public long Count;
    public long Sum;
    public long Max;
}

/// <summary>Open addressing, entry in slot; a count of 0 marks a free slot.</summary>
public sealed class TumbleTable
{
    private TumbleEntry[] _slots = new TumbleEntry[1 << 14];
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long key, long price)
    {
        TumbleEntry[] slots = _slots;
        uint mask = (uint)slots.Length - 1;
        ref TumbleEntry first = ref MemoryMarshal.GetArrayDataReference(slots);
        for (uint i = KeyHashing.Of(key) & mask; ; i = (i + 1) & mask)
        {
            ref TumbleEntry entry = ref Unsafe.Add(ref first, i);
            if (entry.Count != 0 && entry.Key == key)
            {
                entry.Count++;
                entry.Sum += price;
                if (price > entry.Max)
                {
                    entry.Max = price;
                }

                return;
            }

            if (entry.Count == 0)
            {
                entry = new TumbleEntry { Key = key, Count = 1, Sum = price, Max = price };
                if (++_used > slots.Length / 2)
                {
                    Grow();
                }

                return;
            }
        }
    }

    public void Flush(long start, ref long rows, ref long sum)
    {
        if (_used == 0)
        {
            return;
        }

        foreach (ref TumbleEntry entry in _slots.AsSpan())
        {
            if (entry.Count != 0)
            {
                rows++;
                sum += entry.Key + start + entry.Count + entry.Sum + entry.Max;
            }
        }

        Array.Clear(_slots);
        _used = 0;
    }

    private void Grow()
    {
        TumbleEntry[] old = _slots;
        _slots = new TumbleEntry[old.Length * 2];
        uint mask = (uint)_slots.Length - 1;
        foreach (TumbleEntry entry in old)
        {
            if (entry.Count != 0)
            {
                uint i = KeyHashing.Of(entry.Key) & mask;
                while (_slots[i].Count != 0)
                {
                    i = (i + 1) & mask;
                }

                _slots[i] = entry;
            }
        }
    }
}
