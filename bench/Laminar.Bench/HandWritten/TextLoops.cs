using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

/// <summary>Tumbling windows by a text key, over rows: the table compares references first, since a source hands out the same string for the same text.</summary>
public static class TextLoops
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    public static Outcome Tumble(ReadOnlySpan<TextBid> bids)
    {
        long rows = 0, sum = 0;
        var table = new TextTable();
        long end = long.MinValue;
        foreach (ref readonly TextBid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                table.Flush(end - WindowTicks, ref rows, ref sum);
                end = ts - (ts % WindowTicks) + WindowTicks;
            }

            table.Add(bid.Channel, bid.Price);
        }

        table.Flush(end - WindowTicks, ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    private struct Entry
    {
        public string? Key;
        public uint Hash;
        public int Count;
        public long Sum;
        public long Max;
    }

    /// <summary>
    /// Open addressing, entry in slot. Keys stay from window to window, since there are few and they come again: a write of a reference
    /// into the heap is what costs most here. A count of 0 means that this window hasn't seen the key.
    /// </summary>
    private sealed class TextTable
    {
        private Entry[] _slots = new Entry[1 << 15];
        private int _used;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(string key, long price)
        {
            uint hash = Hash(key);
            Entry[] slots = _slots;
            uint mask = (uint)slots.Length - 1;
            ref Entry first = ref MemoryMarshal.GetArrayDataReference(slots);
            for (uint i = hash & mask; ; i = (i + 1) & mask)
            {
                ref Entry entry = ref Unsafe.Add(ref first, i);
                if (ReferenceEquals(entry.Key, key) || (entry.Hash == hash && entry.Key is not null && entry.Key == key))
                {
                    entry.Count++;
                    entry.Sum += price;
                    if (price > entry.Max)
                    {
                        entry.Max = price;
                    }

                    return;
                }

                if (entry.Key is null)
                {
                    entry = new Entry { Key = key, Hash = hash, Count = 1, Sum = price, Max = price };
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
            foreach (ref Entry entry in _slots.AsSpan())
            {
                if (entry.Count != 0)
                {
                    rows++;
                    sum += entry.Key!.Length + start + entry.Count + entry.Sum + entry.Max;
                    entry.Count = 0;
                    entry.Sum = 0;
                    entry.Max = long.MinValue;
                }
            }
        }

        private void Grow()
        {
            Entry[] old = _slots;
            _slots = new Entry[old.Length * 2];
            uint mask = (uint)_slots.Length - 1;
            foreach (Entry entry in old)
            {
                if (entry.Key is not null)
                {
                    uint i = entry.Hash & mask;
                    while (_slots[i].Key is not null)
                    {
                        i = (i + 1) & mask;
                    }

                    _slots[i] = entry;
                }
            }
        }

        /// <summary>Four characters at a time; the last four overlap what was read.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static uint Hash(string key)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(key.AsSpan());
            ulong hash = (ulong)bytes.Length;
            if (bytes.Length < sizeof(ulong))
            {
                foreach (char c in key)
                {
                    hash = (hash * 31) + c;
                }
            }
            else
            {
                ref byte start = ref MemoryMarshal.GetReference(bytes);
                for (int i = 0; i <= bytes.Length - sizeof(ulong); i += sizeof(ulong))
                {
                    hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i))) * 0x9E3779B97F4A7C15UL;
                    hash ^= hash >> 32;
                }

                hash ^= Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, bytes.Length - sizeof(ulong)));
            }

            return (uint)((hash * 0x9E3779B97F4A7C15UL) >> 32);
        }
    }
}
