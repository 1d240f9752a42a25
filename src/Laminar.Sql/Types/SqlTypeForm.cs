using System;
using System.Globalization;
using System.Linq;

namespace Laminar.Sql.Types;

/// <summary>A type as the text that <c>SqlForm.Of</c> reads at run time: <c>Int32</c>, <c>Array&lt;Text?&gt;</c>.</summary>
public static class SqlTypeForm
{
    /// <summary>The text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type can't be a column's.</exception>
    public static string Of(SqlType type)
    {
        string name = ColumnType(type.Kind);
        return type.Kind switch
        {
            SqlTypeKind.Decimal => $"{name}({type.Precision.ToString(CultureInfo.InvariantCulture)},{type.Scale.ToString(CultureInfo.InvariantCulture)})",
            SqlTypeKind.Row => $"{name}<{string.Join(",", type.Fields.Select(f => "\"" + f.Name.Replace("\"", "\"\"") + "\":" + Of(f)))}>",
            SqlTypeKind.Array or SqlTypeKind.Map => $"{name}<{string.Join(",", type.Fields.Select(Of))}>",
            _ => name,
        };
    }

    /// <summary>The name of the run-time column type: <c>Int64</c>, <c>Text</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type can't be a column's.</exception>
    public static string ColumnType(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Boolean => "Boolean",
        SqlTypeKind.TinyInt => "Int8",
        SqlTypeKind.SmallInt => "Int16",
        SqlTypeKind.Int or SqlTypeKind.IntervalYearMonth => "Int32",
        SqlTypeKind.BigInt => "Int64",
        SqlTypeKind.UTinyInt => "UInt8",
        SqlTypeKind.USmallInt => "UInt16",
        SqlTypeKind.UInt => "UInt32",
        SqlTypeKind.UBigInt => "UInt64",
        SqlTypeKind.Decimal => "Decimal",
        SqlTypeKind.Real => "Float32",
        SqlTypeKind.Double => "Float64",
        SqlTypeKind.Varchar => "Text",
        SqlTypeKind.Bytes => "Bytes",
        SqlTypeKind.Uuid => "Uuid",
        SqlTypeKind.Date => "Date",
        SqlTypeKind.Time => "Time",
        SqlTypeKind.Timestamp => "Timestamp",
        SqlTypeKind.TimestampTz => "TimestampTz",
        SqlTypeKind.IntervalDayTime => "Interval",
        SqlTypeKind.Json => "Json",
        SqlTypeKind.Array => "Array",
        SqlTypeKind.Map => "Map",
        SqlTypeKind.Row => "Row",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No column type."),
    };

    private static string Of(SqlField field) => Of(field.Type) + (field.Nullable ? "?" : string.Empty);
}
