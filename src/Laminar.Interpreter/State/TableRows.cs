using Apache.Arrow;
using Laminar.Functions;
using Laminar.Interpreter.Columns;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.State;

/// <summary>The rows of a reference table by their keys.</summary>
internal sealed class TableRows(Relation relation)
{
    private readonly BoxedValues[] _values = [.. relation.Columns.Select(c => BoxedValues.Of(c.Type))];
    private readonly Dictionary<object, object?[]> _rows = [];

    /// <summary>The row with a key, whose parts are in the key's order; null: there is none.</summary>
    public object?[]? Find(object[] key) => _rows.GetValueOrDefault(KeyOf(key));

    /// <summary>These rows in place of those with their keys.</summary>
    public void Upsert(RecordBatch batch)
    {
        foreach (object?[] row in Rows(batch))
        {
            _rows[KeyOf([.. relation.Key!.Columns.Select(k => row[k]!)])] = row;
        }
    }

    /// <summary>These rows in place of all.</summary>
    public void Replace(RecordBatch batch)
    {
        _rows.Clear();
        Upsert(batch);
    }

    /// <summary>Takes out the rows with the keys of these.</summary>
    public void Delete(RecordBatch batch)
    {
        foreach (object?[] row in Rows(batch))
        {
            _rows.Remove(KeyOf([.. relation.Key!.Columns.Select(k => row[k]!)]));
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_rows.Count);
        foreach (object?[] row in _rows.Values)
        {
            for (int i = 0; i < row.Length; i++)
            {
                _values[i].Save(writer, row[i]);
            }
        }
    }

    public void Load(BinaryReader reader)
    {
        _rows.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            object?[] row = [.. _values.Select(v => v.Load(reader))];
            _rows[KeyOf([.. relation.Key!.Columns.Select(k => row[k]!)])] = row;
        }
    }

    private object KeyOf(object[] key)
    {
        object[] parts = [.. key.Select((part, i) => _values[relation.Key!.Columns[i]].Key(part))];
        return parts.Length == 1 ? parts[0] : NestedText.Key(parts);
    }

    private IEnumerable<object?[]> Rows(RecordBatch batch)
    {
        var schema = new RowSchema(relation.Name, [.. relation.Columns.Select(c => RowColumns.Of(c.Name, c.Type, c.Nullable))]);
        ColumnFiller[] fillers = [.. relation.Columns.Select((c, i) => ColumnFiller.Create(c.Type, i))];
        var reader = new ArrowRowReader(schema, batch, TextCache.PerColumn(schema));
        try
        {
            for (int from = 0; from < batch.Length; from += Chunk.Size)
            {
                int count = Math.Min(Chunk.Size, batch.Length - from);
                foreach (ColumnFiller filler in fillers)
                {
                    filler.Fill(reader, from, count);
                }

                for (int row = 0; row < count; row++)
                {
                    yield return [.. _values.Select((v, i) => v.Read(fillers[i].Target, row))];
                }
            }
        }
        finally
        {
            reader.Dispose();
        }
    }
}

/// <summary>The reference tables of a running query, each once.</summary>
internal sealed class TableSet
{
    private readonly Dictionary<string, TableRows> _tables = [];

    /// <summary>The table that a plan names.</summary>
    public TableRows Of(Relation relation)
    {
        string key = SqlName.Fold(relation.Name);
        if (!_tables.TryGetValue(key, out TableRows? table))
        {
            _tables.Add(key, table = new TableRows(relation));
        }

        return table;
    }

    /// <summary>A table by name; null when the query joins none that is called so.</summary>
    public TableRows? Find(string name) => _tables.GetValueOrDefault(SqlName.Fold(name));

    public void Save(BinaryWriter writer)
    {
        foreach (string name in _tables.Keys.Order(StringComparer.Ordinal))
        {
            _tables[name].Save(writer);
        }
    }

    public void Load(BinaryReader reader)
    {
        foreach (string name in _tables.Keys.Order(StringComparer.Ordinal))
        {
            _tables[name].Load(reader);
        }
    }
}
