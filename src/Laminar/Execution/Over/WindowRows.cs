using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// The rows of a window, told apart by partition as they come. Of a few first ones each partition keeps just those, in order; otherwise rows lie as they came, and are brought together by their partitions'
/// numbers before each partition is put in order by itself. Partitions are in the order of their first rows.
/// </summary>
/// <typeparam name="TIn">The row.</typeparam>
/// <typeparam name="TShape">Its partition.</typeparam>
/// <typeparam name="TOrder">The order inside a partition.</typeparam>
/// <param name="most">How many rows of a partition are wanted; <see cref="int.MaxValue"/>: all.</param>
internal sealed class WindowRows<TIn, TShape, TOrder>(int most)
    where TShape : struct, IPartitionShape<TIn>
    where TOrder : struct, IRowOrder<TIn>
{
    // So many rows are moved for one that comes in among them at most.
    private const int Few = 16;

    private const int LeastRows = 1024;

    private Place[] _places = new Place[64];
    private Partition[] _partitions = new Partition[16];
    private int _partitionCount;
    private TIn[] _rows = [];
    private TIn[] _grouped = [];
    private int[] _numbers = [];
    private int _count;
    private int _fullAt = LeastRows;

    /// <summary>When the watermark has passed it.</summary>
    public long Due { get; set; }

    public int Partitions => _partitionCount;

    public long Bytes => (long)(_rows.Length + _grouped.Length) * Unsafe.SizeOf<TIn>();

    private bool IsFew => most <= Few;

    /// <summary>Adds a row, unless as many as are wanted are before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TIn row)
    {
        int number = NumberOf(in row);
        if (!IsFew)
        {
            Append(in row, number);
            return;
        }

        ref Partition partition = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_partitions), number);
        ref TIn first = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), number * most);
        int at = partition.Count;
        if (at == most)
        {
            at--;
            if (TOrder.Compare(in row, in Unsafe.Add(ref first, at)) >= 0)
            {
                return;
            }
        }
        else
        {
            partition.Count++;
        }

        for (; at > 0 && TOrder.Compare(in row, in Unsafe.Add(ref first, at - 1)) < 0; at--)
        {
            Unsafe.Add(ref first, at) = Unsafe.Add(ref first, at - 1);
        }

        Unsafe.Add(ref first, at) = row;
    }

    /// <summary>Brings the rows together that are of one partition; nothing may be added any more.</summary>
    public void Close()
    {
        if (!IsFew)
        {
            Group();
        }
    }

    /// <summary>The rows of a partition in order, of those that are wanted all.</summary>
    public ReadOnlySpan<TIn> Sorted(int number)
    {
        ref readonly Partition partition = ref _partitions[number];
        if (IsFew)
        {
            return _rows.AsSpan(number * most, partition.Count);
        }

        Span<TIn> rows = _rows.AsSpan(partition.Start, partition.Count);
        RowSorting.Sort<TIn, TOrder>(rows);
        return rows;
    }

    /// <summary>All rows; added again in this order they make the same partitions.</summary>
    public TIn[] All()
    {
        if (!IsFew)
        {
            return _rows.AsSpan(0, _count).ToArray();
        }

        var all = new List<TIn>();
        for (int number = 0; number < _partitionCount; number++)
        {
            all.AddRange(_rows.AsSpan(number * most, _partitions[number].Count));
        }

        return [.. all];
    }

    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TIn>())
        {
            System.Array.Clear(_rows, 0, IsFew ? _partitionCount * most : _count);
        }

        System.Array.Clear(_places);
        System.Array.Clear(_partitions, 0, _partitionCount);
        _partitionCount = 0;
        _count = 0;
        _fullAt = LeastRows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int NumberOf(in TIn row)
    {
        uint hash = TShape.Hash(in row);
        uint mask = (uint)_places.Length - 1;
        ref Place places = ref MemoryMarshal.GetArrayDataReference(_places);
        for (uint at = hash & mask; ; at = (at + 1) & mask)
        {
            Place place = Unsafe.Add(ref places, at);
            if (place.Number == 0)
            {
                return AddPartition(at, hash);
            }

            int some = IsFew ? (place.Number - 1) * most : Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_partitions), place.Number - 1).First;
            if (place.Hash == hash && TShape.IsSamePartition(in row, in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rows), some)))
            {
                return place.Number - 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddPartition(uint at, uint hash)
    {
        int number = _partitionCount++;
        if (number == _partitions.Length)
        {
            System.Array.Resize(ref _partitions, number * 2);
        }

        if (IsFew && _rows.Length < _partitionCount * most)
        {
            System.Array.Resize(ref _rows, Math.Max(_rows.Length * 2, _partitions.Length * most));
        }

        _partitions[number] = new Partition { First = _count };
        _places[at] = new Place(hash, number + 1);
        if (_partitionCount > _places.Length / 2)
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
                    at = (at + 1) & mask;
                }

                _places[at] = place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(in TIn row, int number)
    {
        ref Partition partition = ref _partitions[number];
        if (partition.Count >= most && partition.HasWorst && TOrder.Compare(in row, in _rows[partition.Worst]) >= 0)
        {
            return;
        }

        if (_count >= _fullAt || _count == _rows.Length)
        {
            MakeRoom();
        }

        _rows[_count] = row;
        _numbers[_count++] = number;
        partition.Count++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        if (most < int.MaxValue && _count >= _fullAt)
        {
            Prune();
        }

        if (_count == _rows.Length)
        {
            System.Array.Resize(ref _rows, Math.Max(LeastRows, _count * 2));
            System.Array.Resize(ref _numbers, _rows.Length);
        }
        else if (most == int.MaxValue)
        {
            _fullAt = int.MaxValue;
        }
    }

    /// <summary>Leaves the first rows of each partition.</summary>
    private void Prune()
    {
        Group();
        int kept = 0;
        for (int number = 0; number < _partitionCount; number++)
        {
            ref Partition partition = ref _partitions[number];
            ReadOnlySpan<TIn> rows = Sorted(number);
            rows = rows[..Math.Min(rows.Length, most)];
            rows.CopyTo(_rows.AsSpan(kept));
            _numbers.AsSpan(kept, rows.Length).Fill(number);
            partition.First = kept;
            partition.Count = rows.Length;
            kept += rows.Length;
            partition.HasWorst = rows.Length == most;
            partition.Worst = kept - 1;
        }

        System.Array.Clear(_rows, kept, _count - kept);
        _count = kept;
        _fullAt = Math.Max(LeastRows, 2 * kept);
    }

    /// <summary>A counting sort by the partitions' numbers.</summary>
    private void Group()
    {
        int start = 0;
        for (int number = 0; number < _partitionCount; number++)
        {
            _partitions[number].Start = start;
            start += _partitions[number].Count;
        }

        if (_partitionCount <= 1)
        {
            return;
        }

        if (_grouped.Length < _count)
        {
            _grouped = new TIn[_rows.Length];
        }

        for (int i = 0; i < _count; i++)
        {
            _grouped[_partitions[_numbers[i]].Start++] = _rows[i];
        }

        for (int number = 0; number < _partitionCount; number++)
        {
            _partitions[number].Start -= _partitions[number].Count;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<TIn>())
        {
            System.Array.Clear(_rows, 0, _count);
        }

        (_rows, _grouped) = (_grouped, _rows);
        if (_numbers.Length < _rows.Length)
        {
            System.Array.Resize(ref _numbers, _rows.Length);
        }
    }

    /// <summary>One partition; the number is one more, 0 where there is none.</summary>
    private readonly record struct Place(uint Hash, int Number);

    private struct Partition
    {
        /// <summary>Where one of its rows is.</summary>
        public int First;

        public int Count;

        /// <summary>Where they begin once they are together.</summary>
        public int Start;

        /// <summary>The last of as many as are wanted, when they were looked at.</summary>
        public int Worst;

        public bool HasWorst;
    }
}
