using System.ComponentModel;

namespace Laminar.State;

/// <summary>One live block: consecutive panes that are kept together in each entry.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BlockInfo
{
    /// <summary>The block's number: floor(pane / panes per block).</summary>
    public long Number;

    /// <summary>First entry's slot, or -1.</summary>
    public int Head;

    /// <summary>Last entry's slot, or -1.</summary>
    public int Tail;

    /// <summary>Entries.</summary>
    public int Count;

    /// <summary>What the block adds to the hash of its keys.</summary>
    public uint Salt;
}

/// <summary>
/// The live blocks of a table, by small stable id and in order of their number. Usually one or two; thousands when nothing moves the
/// watermark, so looking one up is a binary search and opening one shifts an array of ids.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockDirectory
{
    private BlockInfo[] _blocks = new BlockInfo[4];
    private int[] _order = new int[4];
    private int[] _freeIds = [3, 2, 1, 0];
    private int _free = 4;

    /// <summary>Live blocks.</summary>
    public int Count { get; private set; }

    /// <summary>A live block by id.</summary>
    public ref BlockInfo this[int id] => ref _blocks[id];

    /// <summary>The id of the <paramref name="position"/>-th live block in order of number.</summary>
    public int IdAt(int position) => _order[position];

    /// <summary>The id of a block, or -1 when it isn't live.</summary>
    public int Find(long number)
    {
        int position = Search(number);
        return position >= 0 ? _order[position] : -1;
    }

    /// <summary>The id of a block, made live if it isn't.</summary>
    public int Open(long number)
    {
        int position = Search(number);
        if (position >= 0)
        {
            return _order[position];
        }

        if (_free == 0)
        {
            Grow();
        }

        int id = _freeIds[--_free];
        _blocks[id] = new BlockInfo { Number = number, Head = -1, Tail = -1, Salt = KeyHash.Salt(number) };
        int at = ~position;
        Array.Copy(_order, at, _order, at + 1, Count - at);
        _order[at] = id;
        Count++;
        return id;
    }

    /// <summary>Forgets a live block.</summary>
    public void Remove(int id)
    {
        int position = Search(_blocks[id].Number);
        Count--;
        Array.Copy(_order, position + 1, _order, position, Count - position);
        _freeIds[_free++] = id;
    }

    /// <summary>Puts back a block under the id it had. Ids of blocks that aren't restored stay free.</summary>
    internal void Restore(int id, in BlockInfo info)
    {
        while (id >= _blocks.Length)
        {
            Grow();
        }

        int place = Array.IndexOf(_freeIds, id, 0, _free);
        int position = Search(info.Number);
        if (place < 0 || position >= 0)
        {
            throw new SnapshotException($"A snapshot holds block {info.Number} twice.");
        }

        _free--;
        Array.Copy(_freeIds, place + 1, _freeIds, place, _free - place);
        _blocks[id] = info;
        int at = ~position;
        Array.Copy(_order, at, _order, at + 1, Count - at);
        _order[at] = id;
        Count++;
    }

    private int Search(long number)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            long found = _blocks[_order[middle]].Number;
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

    private void Grow()
    {
        int length = _blocks.Length;
        Array.Resize(ref _blocks, length * 2);
        Array.Resize(ref _order, length * 2);
        Array.Resize(ref _freeIds, length * 2);
        for (int id = (length * 2) - 1; id >= length; id--)
        {
            _freeIds[_free++] = id;
        }
    }
}
