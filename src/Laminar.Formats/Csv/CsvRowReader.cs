using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Laminar.Functions;

namespace Laminar.Formats;

/// <summary>One CSV record, cut into fields. Values other than text may have spaces around them; BOOLEAN is true, false, t, f, 1 or 0.</summary>
internal readonly ref struct CsvRowReader(
    ReadOnlySpan<byte> record, CsvFields fields, int[] places, CsvFormat format, RowSchema schema, TextCache?[] texts) : IRowReader
{
    private readonly ReadOnlySpan<byte> _record = record;
    private readonly CsvFields _fields = fields;
    private readonly int[] _places = places;
    private readonly byte[] _null = format.NullBytes;
    private readonly RowSchema _schema = schema;
    private readonly TextCache?[] _texts = texts;

    public bool IsNull(int column)
    {
        int place = _places[column];
        if (place < 0)
        {
            return true;
        }

        ref readonly CsvSlot field = ref _fields[place];
        return !field.Quoted && field.Length == _null.Length && _record.Slice(field.Start, field.Length).SequenceEqual(_null);
    }

    public bool GetBoolean(int column)
    {
        ReadOnlySpan<byte> text = Value(column);
        if (Is(text, "true"u8, (byte)'t', (byte)'1'))
        {
            return true;
        }

        if (!Is(text, "false"u8, (byte)'f', (byte)'0'))
        {
            FieldText.Refuse(text, column, ColumnType.Boolean);
        }

        return false;
    }

    public sbyte GetInt8(int column) => (sbyte)FieldText.Integer(Value(column), column, ColumnType.Int8, sbyte.MinValue, sbyte.MaxValue);

    public short GetInt16(int column) => (short)FieldText.Integer(Value(column), column, ColumnType.Int16, short.MinValue, short.MaxValue);

    public int GetInt32(int column) => (int)FieldText.Integer(Value(column), column, ColumnType.Int32, int.MinValue, int.MaxValue);

    public long GetInt64(int column) => FieldText.Int64(Value(column), column);

    public byte GetUInt8(int column) => (byte)FieldText.Integer(Value(column), column, ColumnType.UInt8, 0, byte.MaxValue);

    public ushort GetUInt16(int column) => (ushort)FieldText.Integer(Value(column), column, ColumnType.UInt16, 0, ushort.MaxValue);

    public uint GetUInt32(int column) => (uint)FieldText.Integer(Value(column), column, ColumnType.UInt32, 0, uint.MaxValue);

    public ulong GetUInt64(int column) => FieldText.UInt64(Value(column), column);

    public float GetFloat32(int column) => FieldText.Float32(Value(column), column);

    public double GetFloat64(int column) => FieldText.Float64(Value(column), column);

    public decimal GetDecimal(int column) => FieldText.Decimal(Value(column), column);

    /// <summary>An empty field of a NOT NULL column is the empty text, since CSV written elsewhere seldom quotes it.</summary>
    public string GetText(int column)
    {
        int place = _places[column];
        if (place < 0 || (_null.Length > 0 && IsNull(column)))
        {
            RefuseNull(column);
        }

        return FieldText.Text(_fields.Value(_record, place), column, _texts[column]!);
    }

    public byte[] GetBytes(int column) => FieldText.Base64(Value(column), column);

    public Guid GetUuid(int column) => FieldText.Uuid(Value(column), column);

    public DateOnly GetDate(int column) => FieldText.Date(Value(column), column);

    public TimeOnly GetTime(int column) => FieldText.Time(Value(column), column);

    public DateTime GetTimestamp(int column) => FieldText.Timestamp(Value(column), column);

    public DateTimeOffset GetTimestampTz(int column) => FieldText.TimestampTz(Value(column), column);

    /// <summary>The field is JSON.</summary>
    public string GetJson(int column)
    {
        string text = FieldText.Text(Value(column), column, _texts[column]!);
        try
        {
            return SqlJson.Parse(text);
        }
        catch (LaminarException e)
        {
            throw new RowFormatException(column, e.Message, e);
        }
    }

    /// <summary>The field is the JSON of the value.</summary>
    public object GetNested(int column) => ValueJson.Read(Value(column), _schema.Columns[column], column);

    public TimeSpan GetInterval(int column) => FieldText.Interval(Value(column), column);

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, byte letter, byte digit) =>
        text.Length == 1 ? (text[0] | 0x20) == letter || text[0] == digit : System.Text.Ascii.EqualsIgnoreCase(text, word);

    private ReadOnlySpan<byte> Value(int column)
    {
        if (IsNull(column))
        {
            RefuseNull(column);
        }

        return _fields.Value(_record, _places[column]).Trim((byte)' ');
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RefuseNull(int column) =>
        throw new RowFormatException(column, $"the field is NULL, and {_schema.Columns[column].Name} is NOT NULL");
}
