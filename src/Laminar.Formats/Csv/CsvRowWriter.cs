using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Laminar.Formats;

/// <summary>Writes the fields of one record; text is quoted only where it must be.</summary>
internal readonly ref struct CsvRowWriter(RecordBuffer line, CsvFormat format, RowSchema schema, bool first) : IRowWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\"\r\n"u8);

    private readonly RecordBuffer _line = line;
    private readonly CsvFormat _format = format;
    private readonly RowSchema _schema = schema;
    private readonly bool _first = first;

    public void WriteNull(int column)
    {
        Begin(column);
        _line.Append(_format.NullBytes);
    }

    public void WriteBoolean(int column, bool value)
    {
        Begin(column);
        _line.Append(value ? "true"u8 : "false"u8);
    }

    public void WriteInt8(int column, sbyte value) => WriteInt64(column, value);

    public void WriteInt16(int column, short value) => WriteInt64(column, value);

    public void WriteInt32(int column, int value) => WriteInt64(column, value);

    public void WriteInt64(int column, long value) => Format(column, value, default);

    public void WriteUInt8(int column, byte value) => WriteUInt64(column, value);

    public void WriteUInt16(int column, ushort value) => WriteUInt64(column, value);

    public void WriteUInt32(int column, uint value) => WriteUInt64(column, value);

    public void WriteUInt64(int column, ulong value) => Format(column, value, default);

    public void WriteFloat32(int column, float value) => Format(column, value, default);

    public void WriteFloat64(int column, double value) => Format(column, value, default);

    public void WriteDecimal(int column, decimal value) => Format(column, value, default);

    public void WriteText(int column, string value)
    {
        Begin(column);
        int most = checked(value.Length * 3);
        byte[] rented = ArrayPool<byte>.Shared.Rent(Math.Max(most, 1));
        try
        {
            Quote(rented.AsSpan(0, Utf8Text.Encode(value, rented, _schema, column)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public void WriteJson(int column, string value) => WriteText(column, value);

    /// <summary>The JSON of the value.</summary>
    public void WriteNested(int column, object value) => WriteText(column, ValueJson.Text(_schema.Columns[column], value));

    public void WriteBytes(int column, byte[] value)
    {
        Begin(column);
        Span<byte> to = _line.GetSpan(Math.Max(1, Base64.GetMaxEncodedToUtf8Length(value.Length)));
        Base64.EncodeToUtf8(value, to, out _, out int written);
        if (written == _format.NullBytes.Length && to[..written].SequenceEqual(_format.NullBytes))
        {
            Quote(to[..written].ToArray());
            return;
        }

        _line.Advance(written);
    }

    public void WriteUuid(int column, Guid value) => Format(column, value, "D");

    public void WriteDate(int column, DateOnly value)
    {
        Begin(column);
        _line.Advance(Utf8Time.WriteDate(value, _line.GetSpan(Utf8Time.MaxLength)));
    }

    public void WriteTime(int column, TimeOnly value)
    {
        Begin(column);
        _line.Advance(Utf8Time.WriteTime(value, _line.GetSpan(Utf8Time.MaxLength)));
    }

    public void WriteTimestamp(int column, DateTime value)
    {
        Begin(column);
        _line.Advance(Utf8Time.WriteTimestamp(value, _line.GetSpan(Utf8Time.MaxLength)));
    }

    public void WriteTimestampTz(int column, DateTimeOffset value) => WriteTimestamp(column, value.UtcDateTime);

    public void WriteInterval(int column, TimeSpan value)
    {
        Begin(column);
        _line.Advance(Utf8Time.WriteInterval(value, _line.GetSpan(Utf8Time.MaxLength)));
    }

    /// <summary>Text as a field: quoted when it has a special character or would read as NULL.</summary>
    internal void Quote(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAny(Special) && !utf8.Contains(_format.DelimiterByte) && !utf8.SequenceEqual(_format.NullBytes))
        {
            _line.Append(utf8);
            return;
        }

        _line.Append((byte)'"');
        while (utf8.Length > 0)
        {
            int quote = utf8.IndexOf((byte)'"');
            if (quote < 0)
            {
                _line.Append(utf8);
                break;
            }

            _line.Append(utf8[..(quote + 1)]);
            _line.Append((byte)'"');
            utf8 = utf8[(quote + 1)..];
        }

        _line.Append((byte)'"');
    }

    private void Begin(int column)
    {
        if (column > 0 || !_first)
        {
            _line.Append(_format.DelimiterByte);
        }
    }

    private void Format<T>(int column, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Begin(column);
        value.TryFormat(_line.GetSpan(64), out int written, format, CultureInfo.InvariantCulture);
        _line.Advance(written);
    }
}
