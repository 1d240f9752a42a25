using System.Buffers;
using System.Text.Json;

namespace Laminar.Formats;

/// <summary>Writes the members of one object. DECIMAL as a number, times as ISO 8601, BYTES as base64, NaN and infinities as strings.</summary>
internal readonly ref struct JsonRowWriter(Utf8JsonWriter json, JsonEncodedText[] names, RowSchema schema) : IRowWriter
{
    private const int OnStack = 512;

    private readonly Utf8JsonWriter _json = json;
    private readonly JsonEncodedText[] _names = names;
    private readonly RowSchema _schema = schema;

    public void WriteNull(int column) => _json.WriteNull(_names[column]);

    public void WriteBoolean(int column, bool value) => _json.WriteBoolean(_names[column], value);

    public void WriteInt8(int column, sbyte value) => _json.WriteNumber(_names[column], value);

    public void WriteInt16(int column, short value) => _json.WriteNumber(_names[column], value);

    public void WriteInt32(int column, int value) => _json.WriteNumber(_names[column], value);

    public void WriteInt64(int column, long value) => _json.WriteNumber(_names[column], value);

    public void WriteUInt8(int column, byte value) => _json.WriteNumber(_names[column], value);

    public void WriteUInt16(int column, ushort value) => _json.WriteNumber(_names[column], value);

    public void WriteUInt32(int column, uint value) => _json.WriteNumber(_names[column], value);

    public void WriteUInt64(int column, ulong value) => _json.WriteNumber(_names[column], value);

    public void WriteFloat32(int column, float value)
    {
        if (float.IsFinite(value))
        {
            _json.WriteNumber(_names[column], value);
        }
        else
        {
            WriteFloat64(column, value);
        }
    }

    public void WriteFloat64(int column, double value)
    {
        if (double.IsFinite(value))
        {
            _json.WriteNumber(_names[column], value);
        }
        else
        {
            _json.WriteString(_names[column], double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    public void WriteDecimal(int column, decimal value) => _json.WriteNumber(_names[column], value);

    public void WriteText(int column, string value)
    {
        int most = checked(value.Length * 3);
        byte[]? rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[OnStack];
        try
        {
            _json.WriteString(_names[column], utf8[..Utf8Text.Encode(value, utf8, _schema, column)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public void WriteJson(int column, string value) => WriteNested(column, value);

    public void WriteNested(int column, object value)
    {
        _json.WritePropertyName(_names[column]);
        try
        {
            ValueJson.Write(_json, _schema.Columns[column], value);
        }
        catch (LaminarException e)
        {
            throw new LaminarException($"Column {_schema.Columns[column].Name}: {e.Message}", e);
        }
    }

    public void WriteBytes(int column, byte[] value) => _json.WriteBase64String(_names[column], value);

    public void WriteUuid(int column, Guid value) => _json.WriteString(_names[column], value);

    public void WriteDate(int column, DateOnly value)
    {
        Span<byte> text = stackalloc byte[Utf8Time.MaxLength];
        _json.WriteString(_names[column], text[..Utf8Time.WriteDate(value, text)]);
    }

    public void WriteTime(int column, TimeOnly value)
    {
        Span<byte> text = stackalloc byte[Utf8Time.MaxLength];
        _json.WriteString(_names[column], text[..Utf8Time.WriteTime(value, text)]);
    }

    public void WriteTimestamp(int column, DateTime value)
    {
        Span<byte> text = stackalloc byte[Utf8Time.MaxLength];
        _json.WriteString(_names[column], text[..Utf8Time.WriteTimestamp(value, text)]);
    }

    public void WriteTimestampTz(int column, DateTimeOffset value) => WriteTimestamp(column, value.UtcDateTime);

    public void WriteInterval(int column, TimeSpan value)
    {
        Span<byte> text = stackalloc byte[Utf8Time.MaxLength];
        _json.WriteString(_names[column], text[..Utf8Time.WriteInterval(value, text)]);
    }
}
