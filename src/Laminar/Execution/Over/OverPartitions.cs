namespace Laminar.Execution;

/// <summary>The partitions that there are, by the hash of what they are of.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What aggregates keep.</typeparam>
/// <typeparam name="TShape">Tells partitions apart.</typeparam>
internal sealed class OverPartitions<TIn, TOut, TPane, TShape>
    where TPane : unmanaged
    where TShape : struct, IOverShape<TIn, TOut, TPane>
{
    private readonly JoinKeys _keys = new();
    private readonly List<OverPartition<TIn, TPane>> _partitions = [];
    private readonly Stack<OverPartition<TIn, TPane>> _free = [];
    private OverPartition<TIn, TPane>?[] _heads = new OverPartition<TIn, TPane>?[16];

    /// <summary>In no order that says anything.</summary>
    public IEnumerable<OverPartition<TIn, TPane>> All => _partitions.Where(p => p.Entry >= 0);

    public OverPartition<TIn, TPane> this[int number] => _partitions[number];

    /// <summary>The partition of a row; null for none.</summary>
    public OverPartition<TIn, TPane>? Find(in TIn row)
    {
        if (_keys.Find(TShape.Hash(in row)) is var entry && entry < 0)
        {
            return null;
        }

        OverPartition<TIn, TPane>? found = _heads[entry];
        while (found is not null && !TShape.IsSamePartition(in row, in found.Last))
        {
            found = found.Next;
        }

        return found;
    }

    /// <summary>Adds one, which has no row yet: the next call must give it one.</summary>
    public OverPartition<TIn, TPane> Add(uint hash)
    {
        if (!_free.TryPop(out OverPartition<TIn, TPane>? partition))
        {
            partition = new OverPartition<TIn, TPane>(_partitions.Count);
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

    public void Remove(OverPartition<TIn, TPane> partition)
    {
        int entry = partition.Entry;
        OverPartition<TIn, TPane>? before = null;
        for (OverPartition<TIn, TPane>? at = _heads[entry]; at != partition; at = at!.Next)
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
