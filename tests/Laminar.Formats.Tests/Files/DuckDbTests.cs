using DuckDB.NET.Data;

namespace Laminar.Formats.Tests;

/// <summary>A reader and a writer that aren't ours agree about the files.</summary>
public sealed class DuckDbTests
{
    private static readonly Reading[] Rows =
    [
        .. Enumerable.Range(0, 500).Select(i => new Reading(
            i * 7919L,
            (i % 5) switch { 0 => "plain", 1 => "quo\"te", 2 => "com,ma", 3 => "line\nend", _ => "Zürich 😀" },
            i / 7.0,
            DateTime.UnixEpoch.AddMicroseconds(i * 1_234_567L),
            i % 3 == 0 ? null : $"note {i}")),
    ];

    [TestCase("out.jsonl", "read_json('{0}', format = 'newline_delimited')")]
    [TestCase("out.csv", "read_csv('{0}', header = true, quote = '\"', escape = '\"', auto_detect = false, columns = {{'sensor_id': 'BIGINT', 'place': 'VARCHAR', 'value': 'DOUBLE', 'ts': 'TIMESTAMPTZ', 'note': 'VARCHAR'}})")]
    public void DuckDB_reads_what_a_sink_wrote(string name, string reader)
    {
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder[name] }), Rows);
        string from = string.Format(System.Globalization.CultureInfo.InvariantCulture, reader, folder[name]);
        List<Reading> back = Query($"SELECT sensor_id::BIGINT, place, value::DOUBLE, epoch_us(ts::TIMESTAMP), note FROM {from}");
        Assert.That(back, Is.EqualTo(Rows));
    }

    [TestCase("in.jsonl", "FORMAT json")]
    [TestCase("in.json", "FORMAT json, ARRAY true")]
    [TestCase("in.csv", "FORMAT csv, HEADER true")]
    [TestCase("in.tsv", "FORMAT csv, HEADER true, DELIMITER '\t'")]
    public void A_source_reads_what_DuckDB_wrote(string name, string format)
    {
        using var folder = new Folder();
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"""
            COPY (SELECT i * 7919 AS sensor_id,
                         CASE i % 5 WHEN 0 THEN 'plain' WHEN 1 THEN 'quo"te' WHEN 2 THEN 'com,ma' WHEN 3 THEN 'line' || chr(10) || 'end' ELSE 'Zürich 😀' END AS place,
                         i / 7.0::DOUBLE AS value,
                         make_timestamp(i * 1234567) AS ts,
                         CASE WHEN i % 3 <> 0 THEN 'note ' || i END AS note
                  FROM range(500) t(i)) TO '{folder[name]}' ({format})
            """;
        command.ExecuteNonQuery();
        Assert.That(new SourceRun().ReadAll<Reading>(new FileSourceOptions { Path = folder[name] }), Is.EqualTo(Rows));
    }

    private static List<Reading> Query(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<Reading>();
        while (reader.Read())
        {
            rows.Add(new Reading(
                reader.GetInt64(0), reader.GetString(1), reader.GetDouble(2), DateTime.UnixEpoch.AddMicroseconds(reader.GetInt64(3)), reader.IsDBNull(4) ? null : reader.GetString(4)));
        }

        return rows;
    }
}
