namespace Laminar.Formats.Tests;

/// <summary>Every column type, each of which may be NULL.</summary>
public sealed record Everything : ISourceRow<Everything>, IAppendRow
{
    public static RowSchema Schema { get; } = new(
        "everything",
        new RowColumn("b", ColumnType.Boolean, true),
        new RowColumn("i8", ColumnType.Int8, true),
        new RowColumn("i16", ColumnType.Int16, true),
        new RowColumn("i32", ColumnType.Int32, true),
        new RowColumn("i64", ColumnType.Int64, true),
        new RowColumn("u8", ColumnType.UInt8, true),
        new RowColumn("u16", ColumnType.UInt16, true),
        new RowColumn("u32", ColumnType.UInt32, true),
        new RowColumn("u64", ColumnType.UInt64, true),
        new RowColumn("f32", ColumnType.Float32, true),
        new RowColumn("f64", ColumnType.Float64, true),
        new RowColumn("amount", ColumnType.Decimal, true, 20, 6),
        new RowColumn("txt", ColumnType.Text, true),
        new RowColumn("bin", ColumnType.Bytes, true),
        new RowColumn("uid", ColumnType.Uuid, true),
        new RowColumn("day", ColumnType.Date, true),
        new RowColumn("clock", ColumnType.Time, true),
        new RowColumn("ts", ColumnType.Timestamp, true),
        new RowColumn("tz", ColumnType.TimestampTz, true),
        new RowColumn("span", ColumnType.Interval, true));

    public static bool HasWatermark => false;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

    public bool? B { get; init; }

    public sbyte? I8 { get; init; }

    public short? I16 { get; init; }

    public int? I32 { get; init; }

    public long? I64 { get; init; }

    public byte? U8 { get; init; }

    public ushort? U16 { get; init; }

    public uint? U32 { get; init; }

    public ulong? U64 { get; init; }

    public float? F32 { get; init; }

    public double? F64 { get; init; }

    public decimal? Amount { get; init; }

    public string? Txt { get; init; }

    public byte[]? Bin { get; init; }

    public Guid? Uid { get; init; }

    public DateOnly? Day { get; init; }

    public TimeOnly? Clock { get; init; }

    public DateTime? Ts { get; init; }

    public DateTimeOffset? Tz { get; init; }

    public TimeSpan? Span { get; init; }

    public static long WatermarkOf(in Everything row) => long.MinValue;

    public static Everything Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new()
        {
            B = reader.IsNull(0) ? null : reader.GetBoolean(0),
            I8 = reader.IsNull(1) ? null : reader.GetInt8(1),
            I16 = reader.IsNull(2) ? null : reader.GetInt16(2),
            I32 = reader.IsNull(3) ? null : reader.GetInt32(3),
            I64 = reader.IsNull(4) ? null : reader.GetInt64(4),
            U8 = reader.IsNull(5) ? null : reader.GetUInt8(5),
            U16 = reader.IsNull(6) ? null : reader.GetUInt16(6),
            U32 = reader.IsNull(7) ? null : reader.GetUInt32(7),
            U64 = reader.IsNull(8) ? null : reader.GetUInt64(8),
            F32 = reader.IsNull(9) ? null : reader.GetFloat32(9),
            F64 = reader.IsNull(10) ? null : reader.GetFloat64(10),
            Amount = reader.IsNull(11) ? null : reader.GetDecimal(11),
            Txt = reader.IsNull(12) ? null : reader.GetText(12),
            Bin = reader.IsNull(13) ? null : reader.GetBytes(13),
            Uid = reader.IsNull(14) ? null : reader.GetUuid(14),
            Day = reader.IsNull(15) ? null : reader.GetDate(15),
            Clock = reader.IsNull(16) ? null : reader.GetTime(16),
            Ts = reader.IsNull(17) ? null : reader.GetTimestamp(17),
            Tz = reader.IsNull(18) ? null : reader.GetTimestampTz(18),
            Span = reader.IsNull(19) ? null : reader.GetInterval(19),
        };

    public static void Write<TWriter>(in Everything row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        if (row.B is { } v0)
        {
            writer.WriteBoolean(0, v0);
        }
        else
        {
            writer.WriteNull(0);
        }

        if (row.I8 is { } v1)
        {
            writer.WriteInt8(1, v1);
        }
        else
        {
            writer.WriteNull(1);
        }

        if (row.I16 is { } v2)
        {
            writer.WriteInt16(2, v2);
        }
        else
        {
            writer.WriteNull(2);
        }

        if (row.I32 is { } v3)
        {
            writer.WriteInt32(3, v3);
        }
        else
        {
            writer.WriteNull(3);
        }

        if (row.I64 is { } v4)
        {
            writer.WriteInt64(4, v4);
        }
        else
        {
            writer.WriteNull(4);
        }

        if (row.U8 is { } v5)
        {
            writer.WriteUInt8(5, v5);
        }
        else
        {
            writer.WriteNull(5);
        }

        if (row.U16 is { } v6)
        {
            writer.WriteUInt16(6, v6);
        }
        else
        {
            writer.WriteNull(6);
        }

        if (row.U32 is { } v7)
        {
            writer.WriteUInt32(7, v7);
        }
        else
        {
            writer.WriteNull(7);
        }

        if (row.U64 is { } v8)
        {
            writer.WriteUInt64(8, v8);
        }
        else
        {
            writer.WriteNull(8);
        }

        if (row.F32 is { } v9)
        {
            writer.WriteFloat32(9, v9);
        }
        else
        {
            writer.WriteNull(9);
        }

        if (row.F64 is { } v10)
        {
            writer.WriteFloat64(10, v10);
        }
        else
        {
            writer.WriteNull(10);
        }

        if (row.Amount is { } v11)
        {
            writer.WriteDecimal(11, v11);
        }
        else
        {
            writer.WriteNull(11);
        }

        if (row.Txt is { } v12)
        {
            writer.WriteText(12, v12);
        }
        else
        {
            writer.WriteNull(12);
        }

        if (row.Bin is { } v13)
        {
            writer.WriteBytes(13, v13);
        }
        else
        {
            writer.WriteNull(13);
        }

        if (row.Uid is { } v14)
        {
            writer.WriteUuid(14, v14);
        }
        else
        {
            writer.WriteNull(14);
        }

        if (row.Day is { } v15)
        {
            writer.WriteDate(15, v15);
        }
        else
        {
            writer.WriteNull(15);
        }

        if (row.Clock is { } v16)
        {
            writer.WriteTime(16, v16);
        }
        else
        {
            writer.WriteNull(16);
        }

        if (row.Ts is { } v17)
        {
            writer.WriteTimestamp(17, v17);
        }
        else
        {
            writer.WriteNull(17);
        }

        if (row.Tz is { } v18)
        {
            writer.WriteTimestampTz(18, v18);
        }
        else
        {
            writer.WriteNull(18);
        }

        if (row.Span is { } v19)
        {
            writer.WriteInterval(19, v19);
        }
        else
        {
            writer.WriteNull(19);
        }
    }

    /// <summary>Equal column by column; bytes by content.</summary>
    public bool Equals(Everything? other) => other is not null && Values().SequenceEqual(other.Values());

    public override int GetHashCode() => HashCode.Combine(I64, Txt, Ts);

    public override string ToString() => string.Join("|", Values().Select(v => v ?? "NULL"));

    private IEnumerable<object?> Values() =>
    [
        B,
        I8,
        I16,
        I32,
        I64,
        U8,
        U16,
        U32,
        U64,
        F32,
        F64,
        Amount,
        Txt,
        Bin is null ? null : Convert.ToHexString(Bin),
        Uid,
        Day,
        Clock,
        Ts,
        Tz,
        Span,
    ];
}
