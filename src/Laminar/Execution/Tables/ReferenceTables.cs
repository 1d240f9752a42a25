using System.Buffers;
using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The reference tables of a query by itself, or of a runtime: one for each row type.</summary>
/// <param name="createsMissing">A table that is asked for and isn't there is made, empty; otherwise whoever runs the queries has to add it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReferenceTables(bool createsMissing)
{
    private readonly List<(Type Row, string Name, SavedTable Table)> _tables = [];

    /// <summary>The tables, by their SQL names, in the order in which they were first asked for.</summary>
    public IEnumerable<(string Name, SavedTable Table)> All => _tables.Select(t => (t.Name, t.Table));

    /// <summary>The table of a row type; null when there is none and none is made.</summary>
    public ReferenceTable<TRow>? Find<TRow>()
        where TRow : IReferenceRow<TRow>
    {
        foreach ((Type row, string _, SavedTable table) in _tables)
        {
            if (row == typeof(TRow))
            {
                return (ReferenceTable<TRow>)table;
            }
        }

        return createsMissing ? Add<TRow>() : null;
    }

    /// <summary>Makes the table of a row type that has none yet.</summary>
    public ReferenceTable<TRow> Add<TRow>()
        where TRow : IReferenceRow<TRow>
    {
        ReferenceTable<TRow> table = TRow.NewTable();
        _tables.Add((typeof(TRow), TRow.Schema.Name, table));
        return table;
    }

    /// <summary>The same by its key, as an operator looks rows up.</summary>
    /// <exception cref="LaminarException">There is none.</exception>
    public KeyedTable<TRow, TKey> Of<TRow, TKey>()
        where TRow : IReferenceRow<TRow, TKey>
        where TKey : notnull => Find<TRow>() as KeyedTable<TRow, TKey>
            ?? throw new LaminarException($"A query joins reference table '{TRow.Schema.Name}', which isn't there: add it with AddTable<{typeof(TRow).Name}>() before the start.");

    /// <summary>Appends the rows of each table; nothing where there are no tables.</summary>
    public void Save(IBufferWriter<byte> writer)
    {
        foreach ((_, string name, SavedTable table) in _tables)
        {
            SnapshotParts.Write(writer, part => Save(part, name, table));
        }
    }

    /// <summary>Takes them off the front.</summary>
    /// <exception cref="SnapshotException">Damaged, or of other tables.</exception>
    public void Load(ref ReadOnlySequence<byte> snapshot)
    {
        foreach ((_, string name, SavedTable table) in _tables)
        {
            Load(SnapshotParts.Take(ref snapshot), name, table);
        }
    }

    /// <summary>Writes one table.</summary>
    public static void Save(IBufferWriter<byte> writer, string name, SavedTable table)
    {
        var state = new StateWriter(writer, name, Fingerprint(name));
        table.Save(state);
        state.Finish();
    }

    /// <summary>Reads one table back.</summary>
    /// <exception cref="SnapshotException">Damaged, or of another table.</exception>
    public static void Load(ReadOnlySequence<byte> snapshot, string name, SavedTable table)
    {
        var state = new StateReader(snapshot, name, Fingerprint(name));
        table.Restore(state);
        state.Finish();
    }

    private static string Fingerprint(string name) => "table " + name;
}
