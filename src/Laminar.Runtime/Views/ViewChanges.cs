namespace Laminar.Runtime.Views;

/// <summary>
/// What rows do to a view: they come; those of an updating query replace and go as their kind says. A row as it was before a change isn't taken out until the one behind it is there, which
/// may be in the next batch: nobody sees the view without both. Where the key tells rows apart, the one that a row replaces is found by that, whatever else changes say.
/// </summary>
internal sealed class ViewChanges<TRow>(ViewIndex<TRow> index, ViewExpiry<TRow>? expiry)
    where TRow : IStreamRow<TRow>
{
    private static readonly bool Changes = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow));

    private TRow _before = default!;
    private bool _hasBefore;
    private long _watermark = long.MinValue;

    public ViewTable<TRow> Table { get; } = new();

    public void Apply(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly TRow row in rows)
        {
            if (!Changes)
            {
                Put(in row);
                continue;
            }

            switch (((IChangelogRow)row).Kind)
            {
                case RowKind.UpdateBefore:
                    _before = row;
                    _hasBefore = true;
                    break;
                case RowKind.Delete:
                    Remove(in row);
                    break;
                default:
                    PutChange(in row);
                    break;
            }
        }
    }

    /// <summary>Whether a watermark, which is noted, makes rows too old.</summary>
    public bool IsDue(long watermark)
    {
        _watermark = watermark;
        return expiry?.IsDue(watermark) ?? false;
    }

    public void Expire(long watermark)
    {
        foreach (int slot in expiry!.Due(Table, watermark))
        {
            Table.Remove(slot, index.IsLinked);
        }
    }

    private void PutChange(in TRow row)
    {
        if (!_hasBefore)
        {
            Put(in row);
            return;
        }

        // A row that isn't the same any more by what it is found by goes under the old and comes under the new.
        int hash = index.HashOf(in row);
        int slot = Find(in _before, index.HashOf(in _before));
        if (slot < 0 || Table.Current.At(slot).Hash != hash || !Keeps(in row))
        {
            Drop(slot);
            Put(in row);
        }
        else
        {
            Replace(slot, in row);
        }

        _before = default!;
        _hasBefore = false;
    }

    private void Put(in TRow row)
    {
        int hash = index.HashOf(in row);
        int slot = index.IsUnique ? Find(in row, hash) : -1;
        if (!Keeps(in row))
        {
            Drop(slot);
        }
        else if (slot >= 0)
        {
            Replace(slot, in row);
        }
        else
        {
            slot = Table.Add(in row, hash, index.IsLinked);
            expiry?.Note(Table, slot, in row);
        }
    }

    private void Replace(int slot, in TRow row)
    {
        bool moves = expiry?.Moves(in Table.Current.At(slot).Row, in row) ?? false;
        Table.Replace(slot, in row);
        if (moves)
        {
            expiry!.Note(Table, slot, in row);
        }
    }

    private void Remove(in TRow row) => Drop(Find(in row, index.HashOf(in row)));

    private void Drop(int slot)
    {
        if (slot >= 0)
        {
            Table.Remove(slot, index.IsLinked);
        }
    }

    private bool Keeps(in TRow row) => expiry?.Keeps(in row, _watermark) ?? true;

    /// <summary>The slot of a row that is to be replaced or removed; -1: it isn't there (any more).</summary>
    private int Find(in TRow row, int hash)
    {
        ViewVersion<TRow> table = Table.Current;
        int slot = table.First(hash);
        if (slot >= 0)
        {
            index.Seek(in row);
        }

        while (slot >= 0)
        {
            ref readonly ViewSlot<TRow> at = ref table.At(slot);
            if (at.Hash == hash && index.IsIt(in at.Row))
            {
                return slot;
            }

            slot = at.Next;
        }

        return -1;
    }
}
