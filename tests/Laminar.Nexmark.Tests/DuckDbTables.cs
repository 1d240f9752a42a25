using DuckDB.NET.Data;

namespace Laminar.Nexmark.Tests;

/// <summary>An in-memory DuckDB with one thread.</summary>
internal class DuckDbTables : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    protected DuckDbTables()
    {
        _connection.Open();
        Execute("SET threads = 1");
    }

    /// <summary>The rows of a query as texts, sorted.</summary>
    public string[] Rows(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
            rows.Add(RowText.Of(values));
        }

        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Appends rows to a table whose first column is their place among them.</summary>
    protected void Fill<TRow>(string table, TRow[] rows, Action<IDuckDBAppenderRow, TRow> append)
    {
        using DuckDBAppender appender = _connection.CreateAppender(table);
        for (int i = 0; i < rows.Length; i++)
        {
            IDuckDBAppenderRow row = appender.CreateRow().AppendValue((long)i);
            append(row, rows[i]);
            row.EndRow();
        }
    }

    protected void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
