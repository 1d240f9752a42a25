namespace Laminar;

/// <summary>Takes one row, column by column in the schema's order. Whoever owns the writer begins and ends rows.</summary>
public interface IRowWriter
{
    void WriteNull(int column);

    void WriteBoolean(int column, bool value);

    void WriteInt8(int column, sbyte value);

    void WriteInt16(int column, short value);

    void WriteInt32(int column, int value);

    void WriteInt64(int column, long value);

    void WriteUInt8(int column, byte value);

    void WriteUInt16(int column, ushort value);

    void WriteUInt32(int column, uint value);

    void WriteUInt64(int column, ulong value);

    void WriteFloat32(int column, float value);

    void WriteFloat64(int column, double value);

    void WriteDecimal(int column, decimal value);

    void WriteText(int column, string value);

    void WriteBytes(int column, byte[] value);

    void WriteUuid(int column, Guid value);

    void WriteDate(int column, DateOnly value);

    void WriteTime(int column, TimeOnly value);

    /// <summary>UTC.</summary>
    void WriteTimestamp(int column, DateTime value);

    void WriteTimestampTz(int column, DateTimeOffset value);

    void WriteInterval(int column, TimeSpan value);

    /// <summary>The text of one JSON value.</summary>
    void WriteJson(int column, string value);

    /// <summary>An ARRAY, MAP or ROW as <see cref="ColumnType"/> says.</summary>
    void WriteNested(int column, object value);
}
