using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Where the chains of a <see cref="JoinRing{TRow}"/> begin, by hash: open addressing, the entry in its place. Nothing is taken out: a place whose rows are gone is left out when the table fills
/// up, which is an even share of work for each new hash and no work at all for rows that go.
/// </summary>
internal sealed class JoinIndex
{
    private Place[] _places = new Place[64];
    private Place[] _spare = [];
    private int _used;
    private Place _none;

    public long Bytes => (long)(_places.Length + _spare.Length) * Unsafe.SizeOf<Place>();

    /// <summary>The place of a hash; one without rows where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Place Find(uint hash)
    {
        ref Place places = ref MemoryMarshal.GetArrayDataReference(_places);
        uint mask = (uint)_places.Length - 1;
        for (uint at = hash & mask; ; at = KeyHash.Next(at, hash) & mask)
        {
            ref Place place = ref Unsafe.Add(ref places, at);
            if (place.Hash == hash)
            {
                return ref place;
            }

            if (place.Head == 0)
            {
                return ref _none;
            }
        }
    }

    /// <summary>The place of a hash, a new one where there is none.</summary>
    /// <param name="hash">Of a key.</param>
    /// <param name="front">The first row that is there.</param>
    public ref Place FindOrAdd(uint hash, int front)
    {
        ref Place place = ref Search(_places, hash);
        if (place.Head == 0)
        {
            if (_used >= _places.Length / 2)
            {
                Clean(front);
                place = ref Search(_places, hash);
            }

            _used++;
            place = new Place { Hash = hash, Head = Place.Gone };
        }

        return ref place;
    }

    /// <summary>No rows are left.</summary>
    public void ForgetRows() => Clean(int.MaxValue);

    /// <summary>Rows have other numbers: less by so much.</summary>
    public void Renumber(int less)
    {
        foreach (ref Place place in _places.AsSpan())
        {
            if (place.Head != 0)
            {
                place.Head = Math.Max(Place.Gone, place.Head - less);
                place.Head = place.Head == 0 ? Place.Gone : place.Head;
                place.Found = Math.Max(0, place.Found - less);
            }
        }
    }

    private static ref Place Search(Place[] places, uint hash)
    {
        uint mask = (uint)places.Length - 1;
        uint at = hash & mask;
        while (places[at].Head != 0 && places[at].Hash != hash)
        {
            at = KeyHash.Next(at, hash) & mask;
        }

        return ref places[at];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Clean(int front)
    {
        int live = 0;
        foreach (ref readonly Place place in _places.AsSpan())
        {
            live += place.Head >= front || place.Settled != 0 ? 1 : 0;
        }

        // A quarter at most is in use behind this, so that the next time is a quarter's new hashes away.
        int length = _places.Length;
        while (live > length / 4)
        {
            length *= 2;
        }

        Place[] old = _places;
        Place[] fresh = _spare.Length == length ? _spare : new Place[length];
        foreach (ref readonly Place place in old.AsSpan())
        {
            if (place.Head >= front || place.Settled != 0)
            {
                ref Place to = ref Search(fresh, place.Hash);
                to = place;
                (to.Head, to.Found) = place.Head >= front ? (place.Head, place.Found) : (Place.Gone, 0);
            }
        }

        Array.Clear(old);
        _spare = old.Length == length ? old : [];
        _places = fresh;
        _used = live;
    }

    /// <summary>What there is of a hash.</summary>
    public struct Place
    {
        /// <summary>Rows have been there, and are gone.</summary>
        public const int Gone = -1;

        public uint Hash;

        /// <summary>The latest row; 0: no hash is here.</summary>
        public int Head;

        /// <summary>The row that was found last, where it wasn't the latest.</summary>
        public int Found;

        /// <summary>Where the rows are that are kept for ever, one for each key of this hash; 0: none.</summary>
        public int Settled;
    }
}
