using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

[InlineArray(8)]
internal struct PaneRing
{
    private int _first;
}

/// <summary>A key that was seen in the last five panes: counts by pane number modulo 8, and their sum.</summary>
internal struct HopEntry
{
    public long Key;
    public int Total;
    public PaneRing Counts;
}

/// <summary>
/// Entries side by side, so that closing a window walks live keys only, and an index of their places beside them. The running total
/// makes a window cost one look per key; the index is built anew after each, when dead keys have been squeezed out.
/// </summary>
public sealed class HopTable
{
    private const long SlideTicks = 2 * TimeSpan.TicksPerSecond;

    private HopEntry[] _entries = new HopEntry[1 << 13];
    private int[] _index = new int[1 << 14];
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long key, long pane)
    {
        int[] index = _index;
        uint mask = (uint)index.Length - 1;
        ref int first = ref MemoryMarshal.GetArrayDataReference(index);
        ref HopEntry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        for (uint i = KeyHashing.Of(key) & mask; ; i = (i + 1) & mask)
        {
            int place = Unsafe.Add(ref first, i);
            if (place == 0)
            {
                Insert(i, key, pane);
                return;
            }

            ref HopEntry entry = ref Unsafe.Add(ref entries, place - 1);
            if (entry.Key == key)
            {
                entry.Total++;
                Unsafe.Add(ref Unsafe.As<PaneRing, int>(ref entry.Counts), (nint)(pane & 7))++;
                return;
            }
        }
    }

    /// <summary>Emits the window whose last pane is <paramref name="pane"/> and forgets its first pane.</summary>
    public void Flush(long pane, ref long rows, ref long sum)
    {
        long start = (pane - 4) * SlideTicks;
        int dropped = (int)((pane - 4) & 7);
        HopEntry[] entries = _entries;
        int kept = 0;
        for (int i = 0; i < _used; i++)
        {
            ref HopEntry entry = ref entries[i];
            rows++;
            sum += entry.Key + start + entry.Total;
            entry.Total -= entry.Counts[dropped];
            entry.Counts[dropped] = 0;
            if (entry.Total > 0)
            {
                if (kept != i)
                {
                    entries[kept] = entry;
                }

                kept++;
            }
        }

        _used = kept;
        FillIndex();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Insert(uint position, long key, long pane)
    {
        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, _used * 2);
        }

        ref HopEntry entry = ref _entries[_used++];
        entry = new HopEntry { Key = key, Total = 1 };
        entry.Counts[(int)(pane & 7)] = 1;
        _index[position] = _used;
        if (_used > _index.Length / 2)
        {
            _index = new int[_index.Length * 2];
            FillIndex();
        }
    }

    private void FillIndex()
    {
        int[] index = _index;
        Array.Clear(index);
        uint mask = (uint)index.Length - 1;
        for (int place = 1; place <= _used; place++)
        {
            uint i = KeyHashing.Of(_entries[place - 1].Key) & mask;
            while (index[i] != 0)
            {
                i = (i + 1) & mask;
            }

            index[i] = place;
        }
    }
}
