using System.Globalization;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>SQL types and constants as DuckDB writes them.</summary>
internal static class DuckDbTypes
{
    public static string Of(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "BOOLEAN",
        SqlTypeKind.TinyInt => "TINYINT",
        SqlTypeKind.SmallInt => "SMALLINT",
        SqlTypeKind.Int => "INTEGER",
        SqlTypeKind.BigInt => "BIGINT",
        SqlTypeKind.UTinyInt => "UTINYINT",
        SqlTypeKind.USmallInt => "USMALLINT",
        SqlTypeKind.UInt => "UINTEGER",
        SqlTypeKind.UBigInt => "UBIGINT",
        SqlTypeKind.Real => "FLOAT",
        SqlTypeKind.Double => "DOUBLE",
        SqlTypeKind.Decimal => $"DECIMAL({(type.Precision == 0 ? 28 : type.Precision)},{type.Scale})",
        SqlTypeKind.Varchar or SqlTypeKind.Null => "VARCHAR",
        SqlTypeKind.Json => "JSON",
        SqlTypeKind.Bytes => "BLOB",
        SqlTypeKind.Uuid => "UUID",
        SqlTypeKind.Date => "DATE",
        SqlTypeKind.Time => "TIME",
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => "TIMESTAMP",
        SqlTypeKind.IntervalDayTime or SqlTypeKind.IntervalYearMonth => "INTERVAL",
        SqlTypeKind.Array => Of(type.Fields[0].Type) + "[]",
        SqlTypeKind.Map => $"MAP({Of(type.Fields[0].Type)}, {Of(type.Fields[1].Type)})",
        SqlTypeKind.Row => $"STRUCT({string.Join(", ", type.Fields.Select(f => "\"" + f.Name + "\" " + Of(f.Type)))})",
        _ => throw new NotInDuckDbException($"type {type}"),
    };

    /// <summary>A value (in its CLR form) as a typed constant.</summary>
    public static string Literal(object? value, SqlType type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string text = value switch
        {
            null => "NULL",
            object?[] fields when type.Kind == SqlTypeKind.Row => $"{{{string.Join(", ", fields.Select((f, i) => $"'{type.Fields[i].Name}': {Literal(f, type.Fields[i].Type)}"))}}}",
            object?[] items => $"[{string.Join(", ", items.Select(i => Literal(i, type.Fields[0].Type)))}]",
            Laminar.Functions.SqlMap map => $"map([{string.Join(", ", map.Keys.Select(k => Literal(k, type.Fields[0].Type)))}], [{string.Join(", ", map.Values.Select(v => Literal(v, type.Fields[1].Type)))}])",
            bool b => b ? "TRUE" : "FALSE",
            double d => "'" + (double.IsInfinity(d) ? (d > 0 ? "inf" : "-inf") : d.ToString("R", culture)) + "'",
            float f => "'" + (float.IsInfinity(f) ? (f > 0 ? "inf" : "-inf") : f.ToString("R", culture)) + "'",
            string s => "'" + s.Replace("'", "''", StringComparison.Ordinal) + "'",
            byte[] b => "'" + string.Concat(b.Select(x => "\\x" + x.ToString("X2", culture))) + "'",
            Guid g => "'" + g + "'",
            long ticks when type.IsTimestamp => $"make_timestamp({Micros(ticks)})",
            long ticks when type.Kind == SqlTypeKind.Time => "'" + new TimeOnly(ticks).ToString("HH:mm:ss.ffffff", culture) + "'",
            long ticks when type.Kind == SqlTypeKind.IntervalDayTime => $"to_microseconds({ticks / 10})",
            int months when type.Kind == SqlTypeKind.IntervalYearMonth => $"to_months({months})",
            int day when type.Kind == SqlTypeKind.Date => "'" + DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", culture) + "'",
            _ => "'" + Convert.ToString(value, culture) + "'",
        };
        return $"CAST({text} AS {Of(type)})";
    }

    /// <summary>Ticks of a timestamp as microseconds since 1970.</summary>
    public static long Micros(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / 10;
}

/// <summary>Something that has no exact counterpart in DuckDB; the case brings its own SQL or says why there is none.</summary>
internal sealed class NotInDuckDbException(string what) : Exception($"No exact counterpart in DuckDB: {what}.");
