using System.Numerics;

namespace Laminar.Runtime.Views;

/// <summary>
/// Rows of a view on one core, found by a hash: pages of slots, and buckets by linear hashing, in pages too. <see cref="Fork"/> hands out all pages as they are; a page that somebody
/// else may hold is copied before the next write into it, so a version costs the writer the pages that it changes afterwards and nothing else. One writer; a version may be read by any thread.
/// </summary>
internal sealed class ViewTable<TRow>
{
    /// <summary>Small pages, because rows change all over a table: one of 1 % of a million keys touches half of all pages of 64 and nearly all of 512.</summary>
    public const int SlotBits = 6;

    public const int PageSlots = 1 << SlotBits;

    public const int HeadBits = 8;

    public const int PageHeads = 1 << HeadBits;

    private ViewSlot<TRow>[][] _pages = [];
    private long[] _pageStamps = [];
    private int[][] _heads = [];
    private long[] _headStamps = [];
    private int _buckets;
    private int _linked;
    private int _slots;
    private int _free = -1;
    private long _stamp;
    private int _count;

    /// <summary>Rows. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of the pages, about; texts not counted.</summary>
    public long Bytes => ((long)_slots * System.Runtime.CompilerServices.Unsafe.SizeOf<ViewSlot<TRow>>()) + ((long)_buckets * sizeof(int));

    /// <summary>The table as it is, for as long as nobody writes.</summary>
    public ViewVersion<TRow> Current => new(_pages, _slots, _heads, _buckets, _count);

    /// <summary>The table as it is, for ever.</summary>
    public ViewVersion<TRow> Fork()
    {
        _stamp++;
        return new(_pages.AsSpan(0, PagesOf(_slots, SlotBits)).ToArray(), _slots, _heads.AsSpan(0, PagesOf(_buckets, HeadBits)).ToArray(), _buckets, _count);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="hash">Where it is to be found.</param>
    /// <param name="linked">False: it is never looked for.</param>
    public int Add(in TRow row, int hash, bool linked)
    {
        int slot = _free;
        if (slot >= 0)
        {
            _free = Writable(slot).Next;
        }
        else
        {
            slot = _slots++;
            AddPage();
        }

        ref ViewSlot<TRow> added = ref Writable(slot);
        added.Row = row;
        added.Hash = hash;
        added.Next = -1;
        added.Previous = -1;
        if (linked)
        {
            if (_linked++ >= _buckets)
            {
                Split();
            }

            Link(slot, BucketOf(hash, _buckets));
        }

        Volatile.Write(ref _count, _count + 1);
        return slot;
    }

    /// <summary>Puts a row of the same hash in the place of another.</summary>
    public void Replace(int slot, in TRow row) => Writable(slot).Row = row;

    /// <summary>Removes a row.</summary>
    public void Remove(int slot, bool linked)
    {
        if (linked)
        {
            Unlink(slot);
            _linked--;
        }

        ref ViewSlot<TRow> removed = ref Writable(slot);
        removed.Row = default!;
        removed.Previous = ViewSlot<TRow>.Free;
        removed.Next = _free;
        _free = slot;
        Volatile.Write(ref _count, _count - 1);
    }

    /// <summary>The bucket of a hash among so many.</summary>
    public static int BucketOf(int hash, int buckets)
    {
        // The buckets of the last doubling that isn't whole yet are asked for first.
        int mask = (2 << BitOperations.Log2((uint)buckets)) - 1;
        int bucket = hash & mask;
        return bucket < buckets ? bucket : bucket & (mask >> 1);
    }

    private static int PagesOf(int items, int bits) => (int)(((long)items + (1 << bits) - 1) >> bits);

    private ref ViewSlot<TRow> Writable(int slot)
    {
        int page = slot >> SlotBits;
        if (_pageStamps[page] != _stamp)
        {
            _pages[page] = (ViewSlot<TRow>[])_pages[page].Clone();
            _pageStamps[page] = _stamp;
        }

        return ref _pages[page][slot & (PageSlots - 1)];
    }

    private ref int Head(int bucket)
    {
        int page = bucket >> HeadBits;
        if (_headStamps[page] != _stamp)
        {
            _heads[page] = (int[])_heads[page].Clone();
            _headStamps[page] = _stamp;
        }

        return ref _heads[page][bucket & (PageHeads - 1)];
    }

    private void Link(int slot, int bucket)
    {
        ref int head = ref Head(bucket);
        ref ViewSlot<TRow> added = ref Writable(slot);
        added.Next = head;
        added.Previous = -1;
        if (head >= 0)
        {
            Writable(head).Previous = slot;
        }

        head = slot;
    }

    private void Unlink(int slot)
    {
        ViewSlot<TRow> removed = Writable(slot);
        if (removed.Next >= 0)
        {
            Writable(removed.Next).Previous = removed.Previous;
        }

        if (removed.Previous >= 0)
        {
            Writable(removed.Previous).Next = removed.Next;
        }
        else
        {
            Head(BucketOf(removed.Hash, _buckets)) = removed.Next;
        }
    }

    /// <summary>One bucket more: the rows of another that belong there move, and keep their order.</summary>
    private void Split()
    {
        if (PagesOf(_buckets + 1, HeadBits) > PagesOf(_buckets, HeadBits))
        {
            Append(ref _heads, ref _headStamps, PagesOf(_buckets, HeadBits), NewHeads());
        }

        int added = _buckets++;
        if (added == 0)
        {
            return;
        }

        int from = added - (1 << BitOperations.Log2((uint)added));
        int last = -1;
        for (int slot = Head(from), next; slot >= 0; slot = next)
        {
            next = Writable(slot).Next;
            if (BucketOf(Writable(slot).Hash, _buckets) != added)
            {
                continue;
            }

            // Its old bucket is no longer the one that its hash says, so the neighbours are told here.
            ViewSlot<TRow> moved = Writable(slot);
            if (moved.Next >= 0)
            {
                Writable(moved.Next).Previous = moved.Previous;
            }

            if (moved.Previous >= 0)
            {
                Writable(moved.Previous).Next = moved.Next;
            }
            else
            {
                Head(from) = moved.Next;
            }

            Writable(slot).Next = -1;
            Writable(slot).Previous = last;
            if (last >= 0)
            {
                Writable(last).Next = slot;
            }
            else
            {
                Head(added) = slot;
            }

            last = slot;
        }
    }

    private void AddPage()
    {
        if (PagesOf(_slots, SlotBits) > PagesOf(_slots - 1, SlotBits))
        {
            Append(ref _pages, ref _pageStamps, PagesOf(_slots - 1, SlotBits), new ViewSlot<TRow>[PageSlots]);
        }
    }

    private void Append<TPage>(ref TPage[] pages, ref long[] stamps, int count, TPage page)
    {
        if (count == pages.Length)
        {
            Array.Resize(ref pages, Math.Max(4, 2 * count));
            Array.Resize(ref stamps, pages.Length);
        }

        pages[count] = page;
        stamps[count] = _stamp;
    }

    private static int[] NewHeads()
    {
        var heads = new int[PageHeads];
        Array.Fill(heads, -1);
        return heads;
    }
}
