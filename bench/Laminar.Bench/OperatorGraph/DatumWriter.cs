namespace Laminar.Bench.OperatorGraph;

/// <summary>A typed row as an array of values; the columns are handed over by generated code, without reflection or boxing.</summary>
/// <param name="values">Filled column by column.</param>
public readonly struct DatumWriter(Datum[] values) : IRowWriter
{
    /// <summary>The columns of a row.</summary>
    public static Datum[] ValuesOf<TRow>(in TRow row)
        where TRow : IStreamRow<TRow>
    {
        var writer = new DatumWriter(new Datum[TRow.Schema.Columns.Count]);
        TRow.Write(in row, ref writer);
        return writer.Values;
    }

    private Datum[] Values => values;

    public void WriteNull(int column) => values[column] = Datum.Null;

    public void WriteBoolean(int column, bool value) => values[column] = Datum.Of(value);

    public void WriteInt8(int column, sbyte value) => values[column] = Datum.Of((long)value);

    public void WriteInt16(int column, short value) => values[column] = Datum.Of((long)value);

    public void WriteInt32(int column, int value) => values[column] = Datum.Of((long)value);

    public void WriteInt64(int column, long value) => values[column] = Datum.Of(value);

    public void WriteUInt8(int column, byte value) => values[column] = Datum.Of((long)value);

    public void WriteUInt16(int column, ushort value) => values[column] = Datum.Of((long)value);

    public void WriteUInt32(int column, uint value) => values[column] = Datum.Of((long)value);

    public void WriteUInt64(int column, ulong value) => throw new NotSupportedException("The operator graph has no BIGINT UNSIGNED.");

    public void WriteFloat32(int column, float value) => values[column] = Datum.Of((double)value);

    public void WriteFloat64(int column, double value) => values[column] = Datum.Of(value);

    public void WriteDecimal(int column, decimal value) => values[column] = Datum.Of(value);

    public void WriteText(int column, string value) => values[column] = Datum.OfObject(value);

    public void WriteBytes(int column, byte[] value) => throw new NotSupportedException("The operator graph has no BYTES.");

    public void WriteUuid(int column, Guid value) => values[column] = Datum.OfObject(value);

    public void WriteDate(int column, DateOnly value) => values[column] = Datum.Of((long)value.DayNumber);

    public void WriteTime(int column, TimeOnly value) => values[column] = Datum.Of(value.Ticks);

    public void WriteTimestamp(int column, DateTime value) => values[column] = Datum.Of(value.Ticks);

    public void WriteTimestampTz(int column, DateTimeOffset value) => values[column] = Datum.Of(value.UtcTicks);

    public void WriteInterval(int column, TimeSpan value) => values[column] = Datum.Of(value.Ticks);

    public void WriteJson(int column, string value) => values[column] = Datum.OfObject(value);

    public void WriteNested(int column, object value) => throw new NotSupportedException("The operator graph has no arrays, maps and rows.");
}
