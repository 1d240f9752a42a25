namespace Laminar;

/// <summary>
/// A reference table of a runtime. Serves several threads, before the start and while it runs: what a call has written meets every row that any core joins from then on, each row of the table
/// whole, as it was or as it is. What was written is in the state that checkpoints save, so behind a crash it comes back as of the last committed one (<see cref="ILaminarRuntime.CheckpointAsync"/>
/// makes sure); calls before the start come behind that. A table that a connector reads isn't saved: it is read anew at each start.
/// </summary>
/// <typeparam name="TRow">A row of it.</typeparam>
public abstract class TableHandle<TRow>
    where TRow : IReferenceRow<TRow>
{
    /// <summary>Rows in it now.</summary>
    public abstract int Count { get; }

    /// <summary>These rows in place of all before, at once; of rows with one key the last counts.</summary>
    /// <exception cref="RowFormatException">A text in a key is null.</exception>
    public abstract void Load(ReadOnlySpan<TRow> rows);

    /// <summary>A row in place of the one with its key, if there is one.</summary>
    /// <exception cref="RowFormatException">A text in its key is null.</exception>
    public abstract void Upsert(in TRow row);

    /// <summary>Takes out the row with the key of this one, whose other columns don't matter.</summary>
    /// <exception cref="RowFormatException">A text in its key is null.</exception>
    public abstract void Delete(in TRow row);
}
