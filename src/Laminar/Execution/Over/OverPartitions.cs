namespace Laminar.Execution;

/// <summary>A partition among others.</summary>
/// <typeparam name="TRow">The input's row.</typeparam>
/// <typeparam name="TSelf">The partition itself.</typeparam>
internal abstract class PartitionEntry<TRow, TSelf>
    where TSelf : PartitionEntry<TRow, TSelf>
{
    /// <summary>Its place among the partitions.</summary>
    public int Number { get; set; }

    /// <summary>The entry of its hash; -1: none, it is free.</summary>
    public int Entry { get; set; } = -1;

    /// <summary>Another of the same hash.</summary>
    public TSelf? Next { get; set; }

    /// <summary>A row of it: it knows what the partition is of.</summary>
    public abstract ref readonly TRow Some { get; }

    /// <summary>Back to none.</summary>
    public virtual void Clear()
    {
        Entry = -1;
        Next = null;
    }
}

/// <summary>The partitions that there are, by the hash of what they are of.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TPartition">A partition.</typeparam>
/// <typeparam name="TShape">Tells partitions apart.</typeparam>
internal sealed class OverPartitions<TIn, TPartition, TShape>
    where TPartition : PartitionEntry<TIn, TPartition>, new()
    where TShape : struct, IPartitionShape<TIn>
{
    private readonly KeyEntries _keys = new();
    private readonly List<TPartition> _partitions = [];
    private readonly Stack<TPartition> _free = [];
    private TPartition?[] _heads = new TPartition?[16];

    /// <summary>In no order that says anything.</summary>
    public IEnumerable<TPartition> All => _partitions.Where(p => p.Entry >= 0);

    public TPartition this[int number] => _partitions[number];

    /// <summary>The partition of a row; null for none.</summary>
    public TPartition? Find(in TIn row)
    {
        if (_keys.Find(TShape.Hash(in row)) is var entry && entry < 0)
        {
            return null;
        }

        TPartition? found = _heads[entry];
        while (found is not null && !TShape.IsSamePartition(in row, in found.Some))
        {
            found = found.Next;
        }

        return found;
    }

    /// <summary>Adds one, which has no row yet: the next call must give it one.</summary>
    public TPartition Add(uint hash)
    {
        if (!_free.TryPop(out TPartition? partition))
        {
            partition = new TPartition { Number = _partitions.Count };
            _partitions.Add(partition);
        }

        int entry = _keys.FindOrAdd(hash);
        if (entry >= _heads.Length)
        {
            System.Array.Resize(ref _heads, Math.Max(entry + 1, _heads.Length * 2));
        }

        partition.Entry = entry;
        partition.Next = _heads[entry];
        _heads[entry] = partition;
        return partition;
    }

    public void Remove(TPartition partition)
    {
        int entry = partition.Entry;
        TPartition? before = null;
        for (TPartition? at = _heads[entry]; at != partition; at = at!.Next)
        {
            before = at;
        }

        if (before is null)
        {
            _heads[entry] = partition.Next;
        }
        else
        {
            before.Next = partition.Next;
        }

        if (_heads[entry] is null)
        {
            _keys.Remove(entry);
        }

        partition.Clear();
        _free.Push(partition);
    }
}
