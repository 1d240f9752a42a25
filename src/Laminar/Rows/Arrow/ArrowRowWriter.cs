using System.ComponentModel;

namespace Laminar;

/// <summary>Writes one row into the columns of an <see cref="ArrowBatchBuilder{TRow}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrowRowWriter : IRowWriter
{
    private readonly ArrowColumnBuilder[] _columns;

    internal ArrowRowWriter(ArrowColumnBuilder[] columns) => _columns = columns;

    public void WriteNull(int column) => _columns[column].AddNull();

    public void WriteBoolean(int column, bool value) => _columns[column].AddBit(value);

    public void WriteInt8(int column, sbyte value) => _columns[column].Add(value);

    public void WriteInt16(int column, short value) => _columns[column].Add(value);

    public void WriteInt32(int column, int value) => _columns[column].Add(value);

    public void WriteInt64(int column, long value) => _columns[column].Add(value);

    public void WriteUInt8(int column, byte value) => _columns[column].Add(value);

    public void WriteUInt16(int column, ushort value) => _columns[column].Add(value);

    public void WriteUInt32(int column, uint value) => _columns[column].Add(value);

    public void WriteUInt64(int column, ulong value) => _columns[column].Add(value);

    public void WriteFloat32(int column, float value) => _columns[column].Add(value);

    public void WriteFloat64(int column, double value) => _columns[column].Add(value);

    public void WriteDecimal(int column, decimal value) => _columns[column].AddDecimal(value);

    public void WriteText(int column, string value) => _columns[column].AddText(value);

    public void WriteBytes(int column, byte[] value) => _columns[column].AddBytes(value);

    public void WriteUuid(int column, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        _columns[column].AddBytes(bytes);
    }

    public void WriteDate(int column, DateOnly value) => _columns[column].Add(value.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);

    public void WriteTime(int column, TimeOnly value) => _columns[column].Add(value.Ticks / TimeSpan.TicksPerMicrosecond);

    public void WriteTimestamp(int column, DateTime value)
    {
        DateTime utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        _columns[column].Add(Micros(utc.Ticks - DateTime.UnixEpoch.Ticks));
    }

    public void WriteTimestampTz(int column, DateTimeOffset value) => _columns[column].Add(Micros(value.UtcTicks - DateTime.UnixEpoch.Ticks));

    public void WriteInterval(int column, TimeSpan value) => _columns[column].Add(Micros(value.Ticks));

    public void WriteJson(int column, string value) => _columns[column].AddText(value);

    public void WriteNested(int column, object value) => _columns[column].AddNested(value);

    private static long Micros(long ticks)
    {
        long micros = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond, out long rest);
        return rest < 0 ? micros - 1 : micros;
    }
}
