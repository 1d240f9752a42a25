namespace Laminar.Storage.Tests.Rows;

/// <summary>One column of every type, and each once more as nullable: what generated code would write, by hand.</summary>
internal sealed record WideRow(object?[] Values) : IStreamRow<WideRow>
{
    private static readonly ColumnType[] s_types = Enum.GetValues<ColumnType>();

    public static RowSchema Schema { get; } = new(
        "wide",
        s_types.Select(t => Column(t.ToString(), t, false)).Concat(s_types.Select(t => Column(t + "_n", t, true))).ToArray());

    /// <summary>The order in which <see cref="Read"/> asks for the columns.</summary>
    public static IReadOnlyList<int> ReadOrder { get; set; } = Enumerable.Range(0, Schema.Columns.Count).ToArray();

    public static WideRow Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct
    {
        object?[] values = new object?[Schema.Columns.Count];
        foreach (int i in ReadOrder)
        {
            values[i] = reader.IsNull(i) ? null : Get(ref reader, i);
        }

        return new WideRow(values);
    }

    public static void Write<TWriter>(in WideRow row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        for (int i = 0; i < row.Values.Length; i++)
        {
            switch (row.Values[i])
            {
                case null: writer.WriteNull(i); break;
                case bool v: writer.WriteBoolean(i, v); break;
                case sbyte v: writer.WriteInt8(i, v); break;
                case short v: writer.WriteInt16(i, v); break;
                case int v: writer.WriteInt32(i, v); break;
                case long v: writer.WriteInt64(i, v); break;
                case byte v: writer.WriteUInt8(i, v); break;
                case ushort v: writer.WriteUInt16(i, v); break;
                case uint v: writer.WriteUInt32(i, v); break;
                case ulong v: writer.WriteUInt64(i, v); break;
                case float v: writer.WriteFloat32(i, v); break;
                case double v: writer.WriteFloat64(i, v); break;
                case decimal v: writer.WriteDecimal(i, v); break;
                case string v when Schema.Columns[i].Type == ColumnType.Json: writer.WriteJson(i, v); break;
                case string v: writer.WriteText(i, v); break;
                case byte[] v: writer.WriteBytes(i, v); break;
                case Guid v: writer.WriteUuid(i, v); break;
                case DateOnly v: writer.WriteDate(i, v); break;
                case TimeOnly v: writer.WriteTime(i, v); break;
                case DateTime v: writer.WriteTimestamp(i, v); break;
                case DateTimeOffset v: writer.WriteTimestampTz(i, v); break;
                case TimeSpan v: writer.WriteInterval(i, v); break;
                default: writer.WriteNested(i, row.Values[i]!); break;
            }
        }
    }

    private static object Get<TReader>(ref TReader reader, int i)
        where TReader : IRowReader, allows ref struct => Schema.Columns[i].Type switch
        {
            ColumnType.Boolean => reader.GetBoolean(i),
            ColumnType.Int8 => reader.GetInt8(i),
            ColumnType.Int16 => reader.GetInt16(i),
            ColumnType.Int32 => reader.GetInt32(i),
            ColumnType.Int64 => reader.GetInt64(i),
            ColumnType.UInt8 => reader.GetUInt8(i),
            ColumnType.UInt16 => reader.GetUInt16(i),
            ColumnType.UInt32 => reader.GetUInt32(i),
            ColumnType.UInt64 => reader.GetUInt64(i),
            ColumnType.Float32 => reader.GetFloat32(i),
            ColumnType.Float64 => reader.GetFloat64(i),
            ColumnType.Decimal => reader.GetDecimal(i),
            ColumnType.Text => reader.GetText(i),
            ColumnType.Bytes => reader.GetBytes(i),
            ColumnType.Uuid => reader.GetUuid(i),
            ColumnType.Date => reader.GetDate(i),
            ColumnType.Time => reader.GetTime(i),
            ColumnType.Timestamp => reader.GetTimestamp(i),
            ColumnType.TimestampTz => reader.GetTimestampTz(i),
            ColumnType.Json => reader.GetJson(i),
            ColumnType.Interval => reader.GetInterval(i),
            _ => reader.GetNested(i),
        };

    private static RowColumn Column(string name, ColumnType type, bool nullable) => new(name, type, nullable)
    {
        Elements = type switch
        {
            ColumnType.Array => [new("element", ColumnType.Int64, true)],
            ColumnType.Map => [new("key", ColumnType.Text, false), Column("value", ColumnType.Row, true)],
            ColumnType.Row => [new("day", ColumnType.Date, false), new("at", ColumnType.Timestamp, true), new("of", ColumnType.Array, true) { Elements = [new("element", ColumnType.Text, false)] }],
            _ => [],
        },
    };
}
