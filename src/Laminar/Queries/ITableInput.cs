namespace Laminar;

/// <summary>Something that rows of a reference table can be written to: every generated query by itself that joins the table.</summary>
/// <typeparam name="TRow">A row of the table.</typeparam>
public interface ITableInput<TRow>
    where TRow : IReferenceRow<TRow>
{
    /// <summary>These rows in place of all before; of rows with one key the last counts. Rows that are pushed from now on meet them.</summary>
    void Load(ReadOnlySpan<TRow> rows);

    /// <summary>A row in place of the one with its key, if there is one.</summary>
    void Upsert(in TRow row);

    /// <summary>Takes out the row with the key of this one, whose other columns don't matter.</summary>
    /// <returns>Whether there was one.</returns>
    bool Delete(in TRow row);
}
