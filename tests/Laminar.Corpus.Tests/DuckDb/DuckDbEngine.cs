using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>An in-memory DuckDB with one thread, into which a source's rows are loaded.</summary>
internal sealed class DuckDbEngine : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDbEngine()
    {
        _connection.Open();
        Execute("SET threads = 1");
        Execute("SET TimeZone = 'UTC'");
    }

    /// <summary>Replaces the source's table by these rows, each with its arrival number and the watermark before it.</summary>
    public void Load(StreamData data)
    {
        foreach (Relation relation in data.Relations)
        {
            Load(data, relation);
        }
    }

    private void Load(StreamData data, Relation relation)
    {
        Execute(DuckDbTranslator.CreateSource(relation));
        var values = new List<string>();
        bool isTicks = relation.Watermark is { } w && relation.Columns[w.ColumnIndex].Type.IsTimestamp;
        foreach ((object?[] row, long watermark, int number) in Content(data, relation))
        {
            string cells = string.Concat(row.Take(relation.Columns.Count).Select((v, i) => DuckDbTypes.Literal(v, relation.Columns[i].Type) + ", "));
            string mark = watermark == long.MinValue ? DuckDbTranslator.NoWatermark
                : (isTicks ? DuckDbTypes.Micros(watermark) : watermark).ToString(CultureInfo.InvariantCulture);
            values.Add($"({cells}{number}, {mark})");
            if (values.Count == 500)
            {
                Flush(relation, values);
            }
        }

        Flush(relation, values);
    }

    /// <summary>All rows of a source; of changes what they leave behind.</summary>
    private static IEnumerable<(object?[] Row, long Watermark, int Number)> Content(StreamData data, Relation relation)
    {
        if (!relation.IsUpdating)
        {
            return data.RowsWithWatermarks(relation);
        }

        var content = new List<(object?[] Row, long Watermark, int Number)>();
        foreach ((object?[] row, long watermark, int number) in data.RowsWithWatermarks(relation))
        {
            string kind = (string)row[^1]!;
            if (kind is "insert" or "update_after")
            {
                content.Add((row, watermark, number));
                continue;
            }

            string text = Cells.FormatRow(row[..^1], [.. relation.Columns.Select(c => c.Type)]);
            content.RemoveAt(content.FindIndex(c => Cells.FormatRow(c.Row[..^1], [.. relation.Columns.Select(c => c.Type)]) == text));
        }

        return content;
    }

    /// <summary>The rows of a query, in its order, as values of the types given.</summary>
    public List<object?[]> Query(string sql, IReadOnlyList<SqlType> types)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = types.Any(t => t.IsNested)
            ? $"SELECT {string.Join(", ", types.Select((t, i) => t.IsNested ? $"CAST(to_json(c{i}) AS VARCHAR)" : $"c{i}"))} FROM ({sql}) AS q({string.Join(", ", types.Select((_, i) => $"c{i}"))})"
            : sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[types.Count];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : Convert(reader.GetValue(i), types[i]);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>One number.</summary>
    public long Count(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return System.Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    private static object Convert(object value, SqlType type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return type.Kind switch
        {
            SqlTypeKind.TinyInt => System.Convert.ToSByte(value, culture),
            SqlTypeKind.SmallInt => System.Convert.ToInt16(value, culture),
            SqlTypeKind.Int => System.Convert.ToInt32(value, culture),
            SqlTypeKind.BigInt => value is BigInteger big ? (long)big : System.Convert.ToInt64(value, culture),
            SqlTypeKind.UTinyInt => System.Convert.ToByte(value, culture),
            SqlTypeKind.USmallInt => System.Convert.ToUInt16(value, culture),
            SqlTypeKind.UInt => System.Convert.ToUInt32(value, culture),
            SqlTypeKind.UBigInt => System.Convert.ToUInt64(value, culture),
            SqlTypeKind.Real => System.Convert.ToSingle(value, culture),
            SqlTypeKind.Double => System.Convert.ToDouble(value, culture),
            SqlTypeKind.Decimal => System.Convert.ToDecimal(value, culture),
            SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => ((DateTime)value).Ticks,
            SqlTypeKind.Date => value is DateOnly date ? date.DayNumber : DateOnly.FromDateTime((DateTime)value).DayNumber,
            SqlTypeKind.Time => value is TimeOnly time ? time.Ticks : ((TimeSpan)value).Ticks,
            SqlTypeKind.IntervalDayTime => ((TimeSpan)value).Ticks,
            SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row when ((string)value).Contains("NaN", StringComparison.Ordinal) => throw new NotInDuckDbException("JSON with NaN"),
            SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row => NestedColumns.Parse((string)value, type),
            SqlTypeKind.Bytes => value is Stream stream ? Bytes(stream) : (byte[])value,
            _ => value,
        };
    }

    private static byte[] Bytes(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private void Flush(Relation relation, List<string> values)
    {
        if (values.Count > 0)
        {
            Execute($"INSERT INTO {DuckDbTranslator.SourceOf(relation)} VALUES {string.Join(",\n", values)}");
            values.Clear();
        }
    }
}
