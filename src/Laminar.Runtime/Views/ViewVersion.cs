namespace Laminar.Runtime.Views;

/// <summary>One row of a view and its place in the chain of its bucket.</summary>
internal struct ViewSlot<TRow>
{
    /// <summary>What <see cref="Previous"/> says of a slot without a row.</summary>
    public const int Free = -2;

    public TRow Row;
    public int Hash;

    /// <summary>The next slot of the bucket, older; -1: none. Of a free slot the next free one.</summary>
    public int Next;

    /// <summary>The slot before it; -1: the bucket itself.</summary>
    public int Previous;
}

/// <summary>
/// The pages of a table at one moment: of rows, and of the buckets' first slots. As long as nobody writes into its pages it may be read by any thread.
/// </summary>
/// <param name="Pages">Slots, <see cref="ViewTable{TRow}.PageSlots"/> each.</param>
/// <param name="Slots">Slots in use or free behind the first.</param>
/// <param name="Heads">First slots of buckets, <see cref="ViewTable{TRow}.PageHeads"/> each.</param>
/// <param name="Buckets">Buckets: linear hashing (Litwin, VLDB 1980), so that a table grows one bucket at a time and never stops to do so.</param>
/// <param name="Count">Rows.</param>
internal readonly record struct ViewVersion<TRow>(ViewSlot<TRow>[][] Pages, int Slots, int[][] Heads, int Buckets, int Count)
{
    /// <summary>The newest slot of the bucket that a hash belongs to; -1: none.</summary>
    public int First(int hash)
    {
        if (Buckets == 0)
        {
            return -1;
        }

        int bucket = ViewTable<TRow>.BucketOf(hash, Buckets);
        return Heads[bucket >> ViewTable<TRow>.HeadBits][bucket & (ViewTable<TRow>.PageHeads - 1)];
    }

    public ref readonly ViewSlot<TRow> At(int slot) => ref Pages[slot >> ViewTable<TRow>.SlotBits][slot & (ViewTable<TRow>.PageSlots - 1)];
}
