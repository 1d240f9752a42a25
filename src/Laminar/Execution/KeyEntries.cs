using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>
/// Keys that have rows, of a join or of partitions, by their hashes: keys that hash alike share an entry, and are told apart row by row. Open addressing; a place that becomes
/// free is filled from behind (Knuth, TAOCP 3, 6.4, algorithm R), so that keys may come and go with every row and nothing is left of them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyEntries
{
    /// <summary>Eight places are a line of the cache.</summary>
    private const int BlockBits = 3;

    private Place[] _places = new Place[64];
    private uint[] _hashes = new uint[32];
    private int[] _free = new int[32];
    private int _freeCount;
    private int _entries;
    private int _count;
    private int _shift = BlockShift(64);

    /// <summary>The entry of a hash; -1 where no key has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(uint hash)
    {
        ref Place places = ref MemoryMarshal.GetArrayDataReference(_places);
        uint mask = (uint)_places.Length - 1;
        for (uint at = Start(hash); ; at = (at + 1) & mask)
        {
            Place place = Unsafe.Add(ref places, at);
            if (place.Entry == 0 || place.Hash == hash)
            {
                return place.Entry - 1;
            }
        }
    }

    /// <summary>The entry of a hash, which gets one where no key has it: the one that was given up last, or the next number.</summary>
    public int FindOrAdd(uint hash)
    {
        Place[] places = _places;
        uint mask = (uint)places.Length - 1;
        uint at = Start(hash);
        for (; places[at].Entry != 0; at = (at + 1) & mask)
        {
            if (places[at].Hash == hash)
            {
                return places[at].Entry - 1;
            }
        }

        if (_freeCount == 0 && _entries == _hashes.Length)
        {
            System.Array.Resize(ref _hashes, _entries * 2);
            System.Array.Resize(ref _free, _entries * 2);
        }

        int entry = _freeCount > 0 ? _free[--_freeCount] : _entries++;
        _hashes[entry] = hash;
        places[at] = new Place(hash, entry + 1);
        if (++_count > places.Length / 2)
        {
            Grow();
        }

        return entry;
    }

    /// <summary>Forgets an entry that no row is left of.</summary>
    public void Remove(int entry)
    {
        Place[] places = _places;
        uint mask = (uint)places.Length - 1;
        uint gap = Start(_hashes[entry]);
        while (places[gap].Entry != entry + 1)
        {
            gap = (gap + 1) & mask;
        }

        // What stands behind moves up unless it would come to lie before the place that its hash begins at.
        for (uint at = (gap + 1) & mask; places[at].Entry != 0; at = (at + 1) & mask)
        {
            if (((at - Start(places[at].Hash)) & mask) >= ((at - gap) & mask))
            {
                places[gap] = places[at];
                gap = at;
            }
        }

        places[gap] = default;
        _count--;
        _free[_freeCount++] = entry;
    }

    // Keys that are counted up lie side by side, as many as a line of the cache holds; such blocks are spread by Fibonacci hashing, so that two runs of keys don't fall on each other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Start(uint hash) => ((((hash >> BlockBits) * 0x9E3779B1) >> _shift) << BlockBits) | (hash & ((1 << BlockBits) - 1));

    private static int BlockShift(int places) => 32 + BlockBits - BitOperations.Log2((uint)places);

    private void Grow()
    {
        Place[] old = _places;
        _places = new Place[old.Length * 2];
        _shift = BlockShift(_places.Length);
        uint mask = (uint)_places.Length - 1;
        foreach (Place place in old)
        {
            if (place.Entry != 0)
            {
                uint at = Start(place.Hash);
                while (_places[at].Entry != 0)
                {
                    at = (at + 1) & mask;
                }

                _places[at] = place;
            }
        }
    }

    /// <summary>One key; <paramref name="Entry"/> is one more than the entry, 0 where there is none.</summary>
    private readonly record struct Place(uint Hash, int Entry);
}
