using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar;

/// <summary>The Arrow form of a row schema: one column type has exactly one Arrow type.</summary>
public static class ArrowSchema
{
    /// <summary>TIMESTAMP is microseconds UTC, TIME microseconds, INTERVAL a duration in microseconds, UUID 16 fixed bytes.</summary>
    public static Schema Of(RowSchema schema)
    {
        var builder = new Schema.Builder();
        foreach (RowColumn column in schema.Columns)
        {
            builder.Field(FieldOf(column));
        }

        return builder.Build();
    }

    /// <summary>One column as a field.</summary>
    public static Field FieldOf(RowColumn column) => new(column.Name, TypeOf(column), column.Nullable);

    /// <summary>The Arrow type of one column; JSON is text, ARRAY a list, MAP a map, ROW a struct.</summary>
    public static IArrowType TypeOf(RowColumn column) => column.Type switch
    {
        ColumnType.Boolean => BooleanType.Default,
        ColumnType.Int8 => Int8Type.Default,
        ColumnType.Int16 => Int16Type.Default,
        ColumnType.Int32 => Int32Type.Default,
        ColumnType.Int64 => Int64Type.Default,
        ColumnType.UInt8 => UInt8Type.Default,
        ColumnType.UInt16 => UInt16Type.Default,
        ColumnType.UInt32 => UInt32Type.Default,
        ColumnType.UInt64 => UInt64Type.Default,
        ColumnType.Float32 => FloatType.Default,
        ColumnType.Float64 => DoubleType.Default,
        ColumnType.Decimal => new Decimal128Type(column.Precision == 0 ? 28 : column.Precision, column.Scale),
        ColumnType.Text or ColumnType.Json => StringType.Default,
        ColumnType.Array => new ListType(FieldOf(column.Elements[0])),
        ColumnType.Map => new MapType(FieldOf(column.Elements[0]), FieldOf(column.Elements[1])),
        ColumnType.Row => new StructType([.. column.Elements.Select(FieldOf)]),
        ColumnType.Bytes => BinaryType.Default,
        ColumnType.Uuid => new FixedSizeBinaryType(16),
        ColumnType.Date => Date32Type.Default,
        ColumnType.Time => new Time64Type(TimeUnit.Microsecond),
        ColumnType.Timestamp or ColumnType.TimestampTz => new TimestampType(TimeUnit.Microsecond, "UTC"),
        ColumnType.Interval => DurationType.Microsecond,
        _ => throw new LaminarException($"Column {column.Name} has no Arrow type: {column.Type}."),
    };
}
