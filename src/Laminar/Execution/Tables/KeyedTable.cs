using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A reference table by its typed key. A look-up takes no lock, allocates nothing and boxes nothing: the buckets are read while a writer, one at a time, links new nodes
/// (a <see cref="ConcurrentDictionary{TKey, TValue}"/>, replaced as a whole by <see cref="Load"/>). Limit: the rows fit into memory, and there are at most 2^31.
/// </summary>
/// <typeparam name="TRow">A row of it.</typeparam>
/// <typeparam name="TKey">Its key: times as ticks, dates as day numbers, several columns as a tuple. DOUBLE NaN equals NaN and 0.0 equals -0.0, as SQL has it.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyedTable<TRow, TKey> : ReferenceTable<TRow>
    where TRow : IReferenceRow<TRow, TKey>
    where TKey : notnull
{
    private readonly Lock _writing = new();
    private ConcurrentDictionary<TKey, TRow> _rows = new(1, 31);

    /// <inheritdoc/>
    public override int Count => Volatile.Read(ref _rows).Count;

    /// <summary>The row with a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TRow row) => Volatile.Read(ref _rows).TryGetValue(key, out row);

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<TRow> rows)
    {
        var all = new ConcurrentDictionary<TKey, TRow>(1, Math.Max(31, rows.Length));
        foreach (ref readonly TRow row in rows)
        {
            all[TRow.KeyOf(in row)] = row;
        }

        lock (_writing)
        {
            Volatile.Write(ref _rows, all);
        }
    }

    /// <inheritdoc/>
    public override void Upsert(in TRow row)
    {
        TKey key = TRow.KeyOf(in row);
        lock (_writing)
        {
            _rows[key] = row;
        }
    }

    /// <inheritdoc/>
    public override bool Delete(in TRow row) => Delete(TRow.KeyOf(in row));

    /// <summary>Takes out the row with a key.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Delete(TKey key)
    {
        lock (_writing)
        {
            return _rows.TryRemove(key, out _);
        }
    }

    /// <inheritdoc/>
    public override void Save(StateWriter state) => StateRows.Write<TRow>(state, [.. Volatile.Read(ref _rows).Values], new RowBuffer());

    /// <inheritdoc/>
    public override void Restore(StateReader state)
    {
        TRow[] rows = StateRows.Read<TRow>(state, out int count);
        Load(rows.AsSpan(0, count));
    }
}
