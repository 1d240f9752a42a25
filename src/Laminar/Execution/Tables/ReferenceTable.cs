using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The rows of a reference table. Written by any thread, read by many without a lock: who joins sees each row whole, as it was before a change or as it is behind it.</summary>
/// <typeparam name="TRow">A row of it.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ReferenceTable<TRow> : SavedTable
    where TRow : IReferenceRow<TRow>
{
    /// <summary>These rows in place of all before, at once; of rows with one key the last counts.</summary>
    public abstract void Load(ReadOnlySpan<TRow> rows);

    /// <summary>A row in place of the one with its key, if there is one.</summary>
    public abstract void Upsert(in TRow row);

    /// <summary>Takes out the row with the key of this one, whose other columns don't matter.</summary>
    /// <returns>Whether there was one.</returns>
    public abstract bool Delete(in TRow row);
}

/// <summary>What is saved of a table, whatever its rows are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SavedTable
{
    /// <summary>Rows in it.</summary>
    public abstract int Count { get; }

    /// <summary>Writes all rows, as they are at this moment.</summary>
    /// <exception cref="LaminarException">A row is too large, or holds a null that its type doesn't allow.</exception>
    public abstract void Save(StateWriter state);

    /// <summary>Reads them back, in place of all before.</summary>
    /// <exception cref="SnapshotException">They are of other columns.</exception>
    public abstract void Restore(StateReader state);
}
