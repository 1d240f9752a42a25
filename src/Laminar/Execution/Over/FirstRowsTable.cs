using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>The few first rows of each partition, side by side in one array: open addressing to a partition's number, and its rows at that number times how many are wanted.</summary>
/// <typeparam name="TIn">The row.</typeparam>
/// <typeparam name="TShape">Its partition.</typeparam>
/// <param name="most">How many rows of a partition are wanted.</param>
internal sealed class FirstRowsTable<TIn, TShape>(int most)
    where TShape : struct, IPartitionShape<TIn>
{
    /// <summary>Of so many at most a row that comes in moves little.</summary>
    public const int Few = 16;

    private Place[] _places = new Place[64];
    private int[] _counts = new int[16];
    private TIn[] _rows = new TIn[16 * most];
    private int[] _sources = new int[16 * most];

    /// <summary>Partitions held.</summary>
    public int Count { get; private set; }

    public long Bytes => ((long)_rows.Length * (Unsafe.SizeOf<TIn>() + sizeof(int))) + ((long)_counts.Length * sizeof(int)) + ((long)_places.Length * Unsafe.SizeOf<Place>());

    /// <summary>How many rows a partition has.</summary>
    public ref int CountOf(int number) => ref _counts[number];

    /// <summary>Room for the rows of a partition, those that are there first.</summary>
    public Span<TIn> RowsOf(int number) => _rows.AsSpan(number * most, most);

    /// <summary>The source partition of each row.</summary>
    public Span<int> SourcesOf(int number) => _sources.AsSpan(number * most, most);

    /// <summary>One row of each partition is wanted.</summary>
    public bool IsSingle => most == 1;

    /// <summary>What a loop reads by that adds no partition.</summary>
    public Reader Read() => new(this, most);

    /// <summary>The number of a row's partition; a new one, without rows, where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NumberOf(in TIn row)
    {
        uint hash = TShape.Hash(in row);
        uint mask = (uint)_places.Length - 1;
        ref Place places = ref MemoryMarshal.GetArrayDataReference(_places);
        for (uint at = hash & mask; ; at = State.KeyHash.Next(at, hash) & mask)
        {
            Place place = Unsafe.Add(ref places, at);
            if (place.Number == 0)
            {
                return Add(at, hash);
            }

            if (place.Hash == hash && TShape.IsSamePartition(in row, in _rows[(place.Number - 1) * most]))
            {
                return place.Number - 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(uint at, uint hash)
    {
        int number = Count++;
        if (number == _counts.Length)
        {
            System.Array.Resize(ref _counts, number * 2);
            System.Array.Resize(ref _rows, number * 2 * most);
            System.Array.Resize(ref _sources, number * 2 * most);
        }

        _places[at] = new Place(hash, number + 1);
        if (Count > _places.Length / 2)
        {
            Grow();
        }

        return number;
    }

    private void Grow()
    {
        Place[] old = _places;
        _places = new Place[old.Length * 2];
        uint mask = (uint)_places.Length - 1;
        foreach (Place place in old)
        {
            if (place.Number != 0)
            {
                uint at = place.Hash & mask;
                while (_places[at].Number != 0)
                {
                    at = State.KeyHash.Next(at, place.Hash) & mask;
                }

                _places[at] = place;
            }
        }
    }

    /// <summary>The table as it is, for a loop that keeps where it lies in registers.</summary>
    /// <param name="table">The table.</param>
    /// <param name="most">How many rows of a partition are wanted.</param>
    public readonly ref struct Reader(FirstRowsTable<TIn, TShape> table, int most)
    {
        private readonly ref Place _places = ref MemoryMarshal.GetArrayDataReference(table._places);
        private readonly uint _mask = (uint)table._places.Length - 1;
        private readonly ref TIn _rows = ref MemoryMarshal.GetArrayDataReference(table._rows);
        private readonly ref int _sources = ref MemoryMarshal.GetArrayDataReference(table._sources);
        private readonly ref int _counts = ref MemoryMarshal.GetArrayDataReference(table._counts);
        private readonly int _most = most;

        /// <summary>A row, by its place among those of all partitions.</summary>
        public ref TIn this[int place]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.Add(ref _rows, place);
        }

        /// <summary>Whether a row comes behind all that are wanted of its partition.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBehind(in TIn row, int number, int source)
        {
            int last = (number * _most) + _most - 1;
            if (Unsafe.Add(ref _counts, number) < _most)
            {
                return false;
            }

            int order = TShape.CompareOrder(in this[last], in row);
            return order < 0 || (order == 0 && SourceOf(last) <= source);
        }

        /// <summary>The source partition of a row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref int SourceOf(int place) => ref Unsafe.Add(ref _sources, place);

        /// <summary>The number of a row's partition; below 0 where there is none.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Find(in TIn row) => Find(in row, _most);

        /// <summary><see cref="Find(in TIn)"/> where one row of each partition is wanted, which lies at its number.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int FindSingle(in TIn row) => Find(in row, 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Find(in TIn row, int most)
        {
            uint hash = TShape.Hash(in row);
            for (uint at = hash & _mask; ; at = State.KeyHash.Next(at, hash) & _mask)
            {
                Place place = Unsafe.Add(ref _places, at);
                if (place.Number == 0 || (place.Hash == hash && TShape.IsSamePartition(in row, in Unsafe.Add(ref _rows, (place.Number - 1) * most))))
                {
                    return place.Number - 1;
                }
            }
        }
    }

    /// <summary>One partition; the number is one more, 0 where there is none.</summary>
    private readonly record struct Place(uint Hash, int Number);
}
