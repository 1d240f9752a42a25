using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.Contenders;

/// <summary>
/// What a careful engineer would write for each of these queries alone, over rows: no abstraction, entries in slots, the table cleared
/// per window. The yardstick that generated code is held against.
/// </summary>
public static class HandWritten
{
    private static readonly long WindowTicks = TimeSpan.FromSeconds(10).Ticks;
    private static readonly long SlideTicks = TimeSpan.FromSeconds(2).Ticks;

    public static Outcome PassThrough(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            rows++;
            sum += bid.Auction + bid.Bidder + bid.Price + bid.Channel + bid.Ts.Ticks;
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Projection(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            rows++;
            sum += bid.Auction + bid.Bidder + (checked(bid.Price * 89) / 100) + bid.Ts.Ticks;
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Filter(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            if (bid.Auction % 123 == 0)
            {
                rows++;
                sum += bid.Auction + bid.Price;
            }
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Tumble(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var table = new TumbleTable();
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                table.Flush(end - WindowTicks, ref rows, ref sum);
                end = ts - (ts % WindowTicks) + WindowTicks;
            }

            table.Add(bid.Auction, bid.Price);
        }

        table.Flush(end - WindowTicks, ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    /// <summary>Two tables by the parity of the window: rows are at most two seconds behind, so at most two windows are open.</summary>
    public static Outcome TumbleOutOfOrder(ReadOnlySpan<LateBid> bids)
    {
        long rows = 0, sum = 0;
        long delay = TimeSpan.FromSeconds(2).Ticks;
        TumbleTable even = new(), odd = new();
        long oldest = long.MinValue;
        long newest = long.MinValue;
        foreach (ref readonly LateBid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            long window = ts / WindowTicks;
            if (oldest == long.MinValue)
            {
                oldest = window;
            }

            if (window >= oldest)
            {
                ((window & 1) == 0 ? even : odd).Add(bid.Auction, bid.Price);
            }

            newest = Math.Max(newest, ts);
            while (newest - delay >= (oldest + 1) * WindowTicks)
            {
                ((oldest & 1) == 0 ? even : odd).Flush(oldest * WindowTicks, ref rows, ref sum);
                oldest++;
            }
        }

        ((oldest & 1) == 0 ? even : odd).Flush(oldest * WindowTicks, ref rows, ref sum);
        ((oldest & 1) != 0 ? even : odd).Flush((oldest + 1) * WindowTicks, ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    /// <summary>A ring of panes inside each entry; entries without a live pane are dropped when the table is rebuilt.</summary>
    public static Outcome Hop(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var table = new HopTable();
        long pane = long.MinValue;
        long paneEnd = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= paneEnd)
            {
                long next = ts / SlideTicks;
                for (long closing = pane; pane != long.MinValue && closing < Math.Min(next, pane + 5); closing++)
                {
                    table.Flush(closing, ref rows, ref sum);
                }

                pane = next;
                paneEnd = (next + 1) * SlideTicks;
            }

            table.Add(bid.Auction, pane);
        }

        for (long closing = pane; closing < pane + 5; closing++)
        {
            table.Flush(closing, ref rows, ref sum);
        }

        return new Outcome(rows, sum);
    }

    public static Outcome GlobalMax(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        long end = long.MinValue;
        long highest = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                if (end != long.MinValue)
                {
                    rows++;
                    sum += highest + end - WindowTicks;
                }

                end = ts - (ts % WindowTicks) + WindowTicks;
                highest = long.MinValue;
            }

            highest = Math.Max(highest, bid.Price);
        }

        return new Outcome(rows + 1, sum + highest + end - WindowTicks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(long key) => (uint)(((ulong)key * 0x9E3779B97F4A7C15UL) >> 32);

    private struct TumbleEntry
    {
        public long Key;
        public long Count;
        public long Sum;
        public long Max;
    }

    /// <summary>Open addressing, entry in slot; a count of 0 marks a free slot.</summary>
    private sealed class TumbleTable
    {
        private TumbleEntry[] _slots = new TumbleEntry[1 << 14];
        private int _used;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(long key, long price)
        {
            TumbleEntry[] slots = _slots;
            uint mask = (uint)slots.Length - 1;
            ref TumbleEntry first = ref MemoryMarshal.GetArrayDataReference(slots);
            for (uint i = Hash(key) & mask; ; i = (i + 1) & mask)
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
                    uint i = Hash(entry.Key) & mask;
                    while (_slots[i].Count != 0)
                    {
                        i = (i + 1) & mask;
                    }

                    _slots[i] = entry;
                }
            }
        }
    }

    [InlineArray(8)]
    private struct PaneRing
    {
        private int _first;
    }

    private struct HopEntry
    {
        public long Key;
        public long LastPane;
        public PaneRing Counts;
    }

    /// <summary>Eight counts per entry by pane number modulo 8, five of them live; LastPane 0 marks a free slot.</summary>
    private sealed class HopTable
    {
        private HopEntry[] _slots = new HopEntry[1 << 15];
        private int _used;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(long key, long pane)
        {
            HopEntry[] slots = _slots;
            uint mask = (uint)slots.Length - 1;
            ref HopEntry first = ref MemoryMarshal.GetArrayDataReference(slots);
            for (uint i = Hash(key) & mask; ; i = (i + 1) & mask)
            {
                ref HopEntry entry = ref Unsafe.Add(ref first, i);
                if (entry.LastPane == 0)
                {
                    entry.Key = key;
                    entry.LastPane = pane;
                    entry.Counts[(int)(pane & 7)] = 1;
                    if (++_used > slots.Length / 2)
                    {
                        Rebuild(pane);
                    }

                    return;
                }

                if (entry.Key == key)
                {
                    entry.LastPane = pane;
                    entry.Counts[(int)(pane & 7)]++;
                    return;
                }
            }
        }

        /// <summary>Emits the window whose last pane is <paramref name="pane"/> and forgets its first pane.</summary>
        public void Flush(long pane, ref long rows, ref long sum)
        {
            long start = (pane - 4) * SlideTicks;
            int dropped = (int)((pane - 4) & 7);
            foreach (ref HopEntry entry in _slots.AsSpan())
            {
                if (entry.LastPane == 0)
                {
                    continue;
                }

                long count = entry.Counts[(int)(pane & 7)] + entry.Counts[(int)((pane - 1) & 7)] + entry.Counts[(int)((pane - 2) & 7)]
                    + entry.Counts[(int)((pane - 3) & 7)] + entry.Counts[dropped];
                if (count != 0)
                {
                    rows++;
                    sum += entry.Key + start + count;
                }

                entry.Counts[dropped] = 0;
            }
        }

        private void Rebuild(long pane)
        {
            HopEntry[] old = _slots;
            int live = old.Count(e => e.LastPane > pane - 5);
            _slots = new HopEntry[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(live * 4, 1 << 15))];
            _used = live;
            uint mask = (uint)_slots.Length - 1;
            foreach (HopEntry entry in old)
            {
                if (entry.LastPane > pane - 5)
                {
                    uint i = Hash(entry.Key) & mask;
                    while (_slots[i].LastPane != 0)
                    {
                        i = (i + 1) & mask;
                    }

                    _slots[i] = entry;
                }
            }
        }
    }
}
