namespace Laminar.Runtime.Views;

/// <summary>Reads the event time of a row: of all columns that a row hands over it keeps one.</summary>
/// <param name="ordinal">The column.</param>
internal struct TimeColumn(int ordinal) : IRowWriter
{
    /// <summary>In the unit of the watermark; <see cref="long.MaxValue"/> for NULL.</summary>
    public long Time { get; private set; } = long.MaxValue;

    public static long Of<TRow>(in TRow row, int ordinal)
        where TRow : IStreamRow<TRow>
    {
        var column = new TimeColumn(ordinal);
        TRow.Write(in row, ref column);
        return column.Time;
    }

    public void WriteInt64(int column, long value) => Time = column == ordinal ? value : Time;

    public void WriteTimestamp(int column, DateTime value) => Time = column == ordinal ? value.Ticks : Time;

    public void WriteTimestampTz(int column, DateTimeOffset value) => Time = column == ordinal ? value.UtcTicks : Time;

    public readonly void WriteNull(int column)
    {
    }

    public readonly void WriteBoolean(int column, bool value)
    {
    }

    public readonly void WriteInt8(int column, sbyte value)
    {
    }

    public readonly void WriteInt16(int column, short value)
    {
    }

    public readonly void WriteInt32(int column, int value)
    {
    }

    public readonly void WriteUInt8(int column, byte value)
    {
    }

    public readonly void WriteUInt16(int column, ushort value)
    {
    }

    public readonly void WriteUInt32(int column, uint value)
    {
    }

    public readonly void WriteUInt64(int column, ulong value)
    {
    }

    public readonly void WriteFloat32(int column, float value)
    {
    }

    public readonly void WriteFloat64(int column, double value)
    {
    }

    public readonly void WriteDecimal(int column, decimal value)
    {
    }

    public readonly void WriteText(int column, string value)
    {
    }

    public readonly void WriteBytes(int column, byte[] value)
    {
    }

    public readonly void WriteUuid(int column, Guid value)
    {
    }

    public readonly void WriteDate(int column, DateOnly value)
    {
    }

    public readonly void WriteTime(int column, TimeOnly value)
    {
    }

    public readonly void WriteInterval(int column, TimeSpan value)
    {
    }

    public readonly void WriteJson(int column, string value)
    {
    }

    public readonly void WriteNested(int column, object value)
    {
    }
}
