namespace Laminar.Runtime.Views;

/// <summary>How rows of a view are found again.</summary>
internal abstract class ViewIndex<TRow>
{
    /// <summary>False when nothing is ever looked for: rows without a key that only come.</summary>
    public virtual bool IsLinked => true;

    /// <summary>A row that comes takes the place of the one with its key.</summary>
    public virtual bool IsUnique => false;

    public abstract int HashOf(in TRow row);

    /// <summary>Begins to look for a row: the one with its key, where that is unique, or else an equal one. The writer's thread.</summary>
    public abstract void Seek(in TRow row);

    /// <summary>Whether a row, whose hash is the same, is the one that <see cref="Seek"/> was told of.</summary>
    public abstract bool IsIt(in TRow row);

    /// <summary>Spreads the bits of a hash, of which the lowest say the bucket (the finalizer of MurmurHash3).</summary>
    protected static int Mixed(int hash)
    {
        uint bits = (uint)hash;
        bits = (bits ^ (bits >> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >> 13)) * 0xC2B2AE35;
        return (int)(bits ^ (bits >> 16));
    }
}

/// <summary>Rows that only come and have no key.</summary>
internal sealed class NoIndex<TRow> : ViewIndex<TRow>
{
    public override bool IsLinked => false;

    public override int HashOf(in TRow row) => 0;

    public override void Seek(in TRow row) => throw new InvalidOperationException("Rows of a view without an index aren't looked for.");

    public override bool IsIt(in TRow row) => false;
}

/// <summary>Rows without a key that come and go: by all of their columns.</summary>
internal sealed class RowIndex<TRow> : ViewIndex<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly RowBytes<TRow> _bytes = new();

    public override int HashOf(in TRow row) => Mixed(_bytes.HashOf(in row));

    public override void Seek(in TRow row) => _bytes.Seek(in row);

    public override bool IsIt(in TRow row) => _bytes.IsIt(in row);
}

/// <summary>Rows by a key.</summary>
internal sealed class KeyIndex<TRow, TKey>(Func<TRow, TKey> key, bool isUnique) : ViewIndex<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly RowBytes<TRow> _bytes = new();
    private TKey _sought = default!;

    public override bool IsUnique => isUnique;

    public override int HashOf(in TRow row) => HashOf(key(row));

    public override void Seek(in TRow row)
    {
        _sought = key(row);
        if (!isUnique)
        {
            _bytes.Seek(in row);
        }
    }

    public override bool IsIt(in TRow row) => EqualityComparer<TKey>.Default.Equals(key(row), _sought) && (isUnique || _bytes.IsIt(in row));

    /// <summary>The rows of a key, the first to come first. Any thread.</summary>
    public IEnumerable<TRow> Find(ViewVersion<TRow> version, TKey sought)
    {
        var found = new List<TRow>();
        int hash = HashOf(sought);
        for (int slot = version.First(hash); slot >= 0;)
        {
            ref readonly ViewSlot<TRow> at = ref version.At(slot);
            if (at.Hash == hash && EqualityComparer<TKey>.Default.Equals(key(at.Row), sought))
            {
                found.Add(at.Row);
            }

            slot = at.Next;
        }

        found.Reverse();
        return found;
    }

    private static int HashOf(TKey value) => Mixed(value is null ? 0 : EqualityComparer<TKey>.Default.GetHashCode(value));
}
