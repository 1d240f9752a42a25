using Laminar.Sql.Types;

namespace Laminar.Interpreter.Columns;

/// <summary>SQL columns as columns of a row schema.</summary>
internal static class RowColumns
{
    public static RowColumn Of(string name, SqlType type, bool nullable) => new(name, TypeOf(type), nullable, type.Precision, type.Scale)
    {
        Elements = [.. type.Fields.Select(f => Of(f.Name, f.Type, f.Nullable))],
    };

    private static ColumnType TypeOf(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => ColumnType.Boolean,
        SqlTypeKind.TinyInt => ColumnType.Int8,
        SqlTypeKind.SmallInt => ColumnType.Int16,
        SqlTypeKind.Int => ColumnType.Int32,
        SqlTypeKind.BigInt => ColumnType.Int64,
        SqlTypeKind.UTinyInt => ColumnType.UInt8,
        SqlTypeKind.USmallInt => ColumnType.UInt16,
        SqlTypeKind.UInt => ColumnType.UInt32,
        SqlTypeKind.UBigInt => ColumnType.UInt64,
        SqlTypeKind.Decimal => ColumnType.Decimal,
        SqlTypeKind.Real => ColumnType.Float32,
        SqlTypeKind.Double => ColumnType.Float64,
        SqlTypeKind.Varchar => ColumnType.Text,
        SqlTypeKind.Bytes => ColumnType.Bytes,
        SqlTypeKind.Uuid => ColumnType.Uuid,
        SqlTypeKind.Date => ColumnType.Date,
        SqlTypeKind.Time => ColumnType.Time,
        SqlTypeKind.Timestamp => ColumnType.Timestamp,
        SqlTypeKind.TimestampTz => ColumnType.TimestampTz,
        SqlTypeKind.IntervalDayTime => ColumnType.Interval,
        SqlTypeKind.Json => ColumnType.Json,
        SqlTypeKind.Array => ColumnType.Array,
        SqlTypeKind.Map => ColumnType.Map,
        SqlTypeKind.Row => ColumnType.Row,
        _ => throw new LaminarException($"A column can't have the type {type}."),
    };
}
