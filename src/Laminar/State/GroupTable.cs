using System.ComponentModel;

namespace Laminar.State;

/// <summary>
/// Grouped, windowed state: the live blocks, in order of their number. Usually one or two; thousands when nothing moves the watermark, so
/// looking one up is a binary search. Blocks that have been forgotten are used again, at most as many as are live and two more.
/// </summary>
/// <typeparam name="TEntry">Key and panes.</typeparam>
/// <param name="texts">Text keys of an entry.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GroupTable<TEntry>(int texts = 0) : IDisposable
    where TEntry : unmanaged, IGroupEntry<TEntry>
{
    private const int MostSpare = 2;

    /// <summary>Held while the lists change, and by whoever asks from another thread how much memory there is.</summary>
    private readonly Lock _gate = new();

    private readonly List<GroupBlock<TEntry>> _blocks = [];
    private readonly Stack<GroupBlock<TEntry>> _spare = new();

    ~GroupTable() => Free();

    /// <summary>A block without groups, in the place of one: its memory is there, and none of it is looked at.</summary>
    public GroupBlock<TEntry> None { get; } = new(texts);

    /// <summary>Live blocks.</summary>
    public int Count => _blocks.Count;

    /// <summary>Bytes of unmanaged memory held. Any thread: metrics are read while the query runs.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _blocks.Sum(b => b.Bytes) + _spare.Sum(b => b.Bytes);
            }
        }
    }

    /// <summary>The live block at a position in order of number.</summary>
    public GroupBlock<TEntry> this[int position] => _blocks[position];

    /// <summary>The position of the first live block from a number on; <see cref="Count"/> where there is none.</summary>
    internal int PositionOf(long number)
    {
        int position = Search(number);
        return position >= 0 ? position : ~position;
    }

    /// <summary>A live block, or null.</summary>
    public GroupBlock<TEntry>? Find(long number)
    {
        int position = Search(number);
        return position >= 0 ? _blocks[position] : null;
    }

    /// <summary>A block, made live if it isn't.</summary>
    public GroupBlock<TEntry> Open(long number)
    {
        int position = Search(number);
        if (position >= 0)
        {
            return _blocks[position];
        }

        lock (_gate)
        {
            GroupBlock<TEntry> block = Take();
            block.Number = number;
            _blocks.Insert(~position, block);
            return block;
        }
    }

    /// <summary>Forgets the first live block. Whatever its entries refer to outside the block has been freed by the caller.</summary>
    public void RemoveFirst()
    {
        lock (_gate)
        {
            GroupBlock<TEntry> block = _blocks[0];
            _blocks.RemoveAt(0);
            if (_spare.Count < _blocks.Count + MostSpare)
            {
                block.Clear();
                _spare.Push(block);
            }
            else
            {
                block.Free();
            }
        }
    }

    /// <summary>Puts a block in the place of the first that has copies of some of its entries.</summary>
    /// <param name="slots">Which, ascending: they lie in this order in the new one.</param>
    internal GroupBlock<TEntry> Gather(ReadOnlySpan<int> slots)
    {
        lock (_gate)
        {
            GroupBlock<TEntry> from = _blocks[0];
            GroupBlock<TEntry> to = Take();
            to.Number = from.Number;
            foreach (int slot in slots)
            {
                to.Copy(from, slot);
            }

            _blocks[0] = to;
            from.Clear();
            _spare.Push(from);
            return to;
        }
    }

    public void Save(StateWriter state)
    {
        state.Write(_blocks.Count);
        foreach (GroupBlock<TEntry> block in _blocks)
        {
            block.Save(state);
        }
    }

    /// <summary>Into a fresh table.</summary>
    /// <exception cref="SnapshotException">What was read doesn't fit together.</exception>
    public void Load(StateReader state)
    {
        int count = state.ReadCount(sizeof(long) + sizeof(int));
        for (int i = 0; i < count; i++)
        {
            GroupBlock<TEntry> block = Take();
            _blocks.Add(block);
            block.Load(state);
            if (i > 0 && block.Number <= _blocks[i - 1].Number)
            {
                throw state.Damaged();
            }
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private GroupBlock<TEntry> Take() => _spare.TryPop(out GroupBlock<TEntry>? spare) ? spare : new GroupBlock<TEntry>(texts);

    private int Search(long number)
    {
        int low = 0;
        int high = _blocks.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            long found = _blocks[middle].Number;
            if (found == number)
            {
                return middle;
            }

            if (found < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    private void Free()
    {
        foreach (GroupBlock<TEntry> block in _blocks.Concat(_spare).Append(None))
        {
            block.Free();
        }

        lock (_gate)
        {
            _blocks.Clear();
            _spare.Clear();
        }
    }
}
