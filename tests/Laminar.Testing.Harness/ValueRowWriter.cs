namespace Laminar.Testing;

/// <summary>Writes a row into a list of values, one per column in its C# type, null for NULL; checks the order.</summary>
public sealed class ValueRowWriter : IRowWriter
{
    /// <summary>What was written.</summary>
    public List<object?> Values { get; } = [];

    /// <summary>The columns of a row.</summary>
    public static List<object?> ValuesOf<TRow>(TRow row)
        where TRow : IStreamRow<TRow>
    {
        var writer = new ValueRowWriter();
        TRow.Write(in row, ref writer);
        return writer.Values;
    }

    public void WriteNull(int column) => Add(column, null);

    public void WriteBoolean(int column, bool value) => Add(column, value);

    public void WriteInt8(int column, sbyte value) => Add(column, value);

    public void WriteInt16(int column, short value) => Add(column, value);

    public void WriteInt32(int column, int value) => Add(column, value);

    public void WriteInt64(int column, long value) => Add(column, value);

    public void WriteUInt8(int column, byte value) => Add(column, value);

    public void WriteUInt16(int column, ushort value) => Add(column, value);

    public void WriteUInt32(int column, uint value) => Add(column, value);

    public void WriteUInt64(int column, ulong value) => Add(column, value);

    public void WriteFloat32(int column, float value) => Add(column, value);

    public void WriteFloat64(int column, double value) => Add(column, value);

    public void WriteDecimal(int column, decimal value) => Add(column, value);

    public void WriteText(int column, string value) => Add(column, value);

    public void WriteBytes(int column, byte[] value) => Add(column, value);

    public void WriteUuid(int column, Guid value) => Add(column, value);

    public void WriteDate(int column, DateOnly value) => Add(column, value);

    public void WriteTime(int column, TimeOnly value) => Add(column, value);

    public void WriteTimestamp(int column, DateTime value) => Add(column, value);

    public void WriteTimestampTz(int column, DateTimeOffset value) => Add(column, value);

    public void WriteInterval(int column, TimeSpan value) => Add(column, value);

    public void WriteJson(int column, string value) => Add(column, value);

    public void WriteNested(int column, object value) => Add(column, value);

    private void Add(int column, object? value)
    {
        if (column != Values.Count)
        {
            throw new InvalidOperationException($"Column {column} was written as number {Values.Count}.");
        }

        Values.Add(value);
    }
}
