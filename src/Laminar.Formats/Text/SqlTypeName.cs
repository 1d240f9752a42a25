namespace Laminar.Formats;

/// <summary>Column types as SQL names them, for messages.</summary>
internal static class SqlTypeName
{
    public static string Of(ColumnType type) => type switch
    {
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Int8 => "TINYINT",
        ColumnType.Int16 => "SMALLINT",
        ColumnType.Int32 => "INT",
        ColumnType.Int64 => "BIGINT",
        ColumnType.UInt8 => "TINYINT UNSIGNED",
        ColumnType.UInt16 => "SMALLINT UNSIGNED",
        ColumnType.UInt32 => "INT UNSIGNED",
        ColumnType.UInt64 => "BIGINT UNSIGNED",
        ColumnType.Float32 => "REAL",
        ColumnType.Float64 => "DOUBLE",
        ColumnType.Decimal => "DECIMAL",
        ColumnType.Text => "VARCHAR",
        ColumnType.Bytes => "BYTES (base64)",
        ColumnType.Uuid => "UUID",
        ColumnType.Date => "DATE",
        ColumnType.Time => "TIME",
        ColumnType.Timestamp => "TIMESTAMP",
        ColumnType.TimestampTz => "TIMESTAMPTZ",
        ColumnType.Interval => "INTERVAL",
        ColumnType.Json => "JSON",
        ColumnType.Array => "ARRAY",
        ColumnType.Map => "MAP",
        ColumnType.Row => "ROW",
        _ => type.ToString(),
    };
}
