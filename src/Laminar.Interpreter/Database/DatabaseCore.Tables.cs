using Apache.Arrow;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Database.Flow;
using Laminar.Interpreter.Database.Statements;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database;

/// <content>Tables in memory: INSERT INTO checks its rows whole, then they are pushed as those of a source are.</content>
internal sealed partial class DatabaseCore
{
    /// <summary>The keys that tables have, by the source of their rows; read off a table's rows when the first are inserted.</summary>
    private readonly Dictionary<SourceFlow, HashSet<RowKey>> _keys = [];

    private void Insert(InsertStep step)
    {
        TableDefinition table = step.Table.Table!;
        SourceFlow source = _graph.Source(table.Source)!;
        IReadOnlyList<object?[]> rows = step.Insert.Rows(r => step.Catalog.Object(r.Name) is SourceObject file ? FileRows.Of(file) : [_graph.RowsOf(r.Name)], _options.TimeProvider);
        foreach (object?[] row in rows)
        {
            int missing = System.Array.FindIndex(row, v => v is null) is var at and >= 0 ? Enumerable.Range(at, row.Length - at).FirstOrDefault(c => row[c] is null && !table.Columns[c].Nullable, -1) : -1;
            if (missing >= 0)
            {
                throw new LaminarException($"INSERT INTO {step.Table.Name}: {table.Columns[missing].Name} is NOT NULL, and a row has NULL there. No row has been inserted.");
            }
        }

        if (table.Key.Count > 0)
        {
            TakeKeys(step.Table.Name, source, table, rows);
        }

        RecordBatch batch = source.Shape.ToBatch(rows);
        _store?.Log(source, batch);
        source.Push(batch);
        _graph.Settle();
    }

    private void TakeKeys(string name, SourceFlow source, TableDefinition table, IReadOnlyList<object?[]> rows)
    {
        if (!_keys.TryGetValue(source, out HashSet<RowKey>? keys))
        {
            foreach (SourceFlow gone in _keys.Keys.Where(k => _graph.Source(k.Name) != k).ToArray())
            {
                _keys.Remove(gone);
            }

            _keys.Add(source, keys = [.. _graph.RowsOf(name).Select(r => source.Shape.KeyOf(r, table.Key))]);
        }

        var taken = new List<RowKey>();
        foreach (object?[] row in rows)
        {
            RowKey key = source.Shape.KeyOf(row, table.Key);
            if (!keys.Add(key))
            {
                taken.ForEach(k => keys.Remove(k));
                throw new LaminarException($"INSERT INTO {name}: there is a row with the key ({string.Join(", ", table.Key.Select(k => $"{table.Columns[k].Name} = {row[k]}"))}) already. No row has been inserted.");
            }

            taken.Add(key);
        }
    }
}
