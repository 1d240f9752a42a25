using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Laminar.Formats;

/// <summary>
/// One JSON object whose columns were located by <see cref="JsonRowDecoder{TRow}"/>. Numbers may also stand in quotes (many writers quote
/// what JavaScript can't hold); a VARCHAR takes any other value as its JSON text; <c>null</c> and a missing member are NULL.
/// </summary>
internal readonly ref struct JsonRowReader : IRowReader
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly JsonSlot[] _slots;
    private readonly long _row;
    private readonly TextCache?[] _texts;
    private readonly RowSchema _schema;
    private readonly string? _kind;

    /// <param name="json">The object.</param>
    /// <param name="slots">Where its columns stand.</param>
    /// <param name="row">Which of them are this row's.</param>
    /// <param name="texts">Texts by column.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="kind">What stands for the first column, whatever the object says; null: what it says.</param>
    public JsonRowReader(ReadOnlySpan<byte> json, JsonSlot[] slots, long row, TextCache?[] texts, RowSchema schema, string? kind = null)
    {
        _kind = kind;
        _schema = schema;
        _json = json;
        _slots = slots;
        _row = row;
        _texts = texts;
    }

    public bool IsNull(int column)
    {
        ref readonly JsonSlot slot = ref _slots[column];
        return slot.Row != _row || slot.Kind == JsonTokenType.Null;
    }

    public bool GetBoolean(int column)
    {
        ref readonly JsonSlot slot = ref Slot(column);
        if (slot.Kind is not (JsonTokenType.True or JsonTokenType.False))
        {
            Refuse(column, ColumnType.Boolean);
        }

        return slot.Kind == JsonTokenType.True;
    }

    public sbyte GetInt8(int column) => (sbyte)FieldText.Integer(Number(column, ColumnType.Int8), column, ColumnType.Int8, sbyte.MinValue, sbyte.MaxValue);

    public short GetInt16(int column) => (short)FieldText.Integer(Number(column, ColumnType.Int16), column, ColumnType.Int16, short.MinValue, short.MaxValue);

    public int GetInt32(int column) => (int)FieldText.Integer(Number(column, ColumnType.Int32), column, ColumnType.Int32, int.MinValue, int.MaxValue);

    public long GetInt64(int column) => FieldText.Int64(Number(column, ColumnType.Int64), column);

    public byte GetUInt8(int column) => (byte)FieldText.Integer(Number(column, ColumnType.UInt8), column, ColumnType.UInt8, 0, byte.MaxValue);

    public ushort GetUInt16(int column) => (ushort)FieldText.Integer(Number(column, ColumnType.UInt16), column, ColumnType.UInt16, 0, ushort.MaxValue);

    public uint GetUInt32(int column) => (uint)FieldText.Integer(Number(column, ColumnType.UInt32), column, ColumnType.UInt32, 0, uint.MaxValue);

    public ulong GetUInt64(int column) => FieldText.UInt64(Number(column, ColumnType.UInt64), column);

    public float GetFloat32(int column) => FieldText.Float32(Number(column, ColumnType.Float32), column);

    public double GetFloat64(int column) => FieldText.Float64(Number(column, ColumnType.Float64), column);

    public decimal GetDecimal(int column) => FieldText.Decimal(Number(column, ColumnType.Decimal), column);

    public string GetText(int column)
    {
        if (column == 0 && _kind is not null)
        {
            return _kind;
        }

        ref readonly JsonSlot slot = ref Slot(column);
        return slot.Escaped
            ? JsonText.Unescape(Raw(in slot), column, _texts[column]!)
            : FieldText.Text(Raw(in slot), column, _texts[column]!);
    }

    public byte[] GetBytes(int column) => FieldText.Base64(Plain(column, ColumnType.Bytes), column);

    public Guid GetUuid(int column) => FieldText.Uuid(Plain(column, ColumnType.Uuid), column);

    public DateOnly GetDate(int column) => FieldText.Date(Plain(column, ColumnType.Date), column);

    public TimeOnly GetTime(int column) => FieldText.Time(Plain(column, ColumnType.Time), column);

    public DateTime GetTimestamp(int column) => FieldText.Timestamp(Plain(column, ColumnType.Timestamp), column);

    public DateTimeOffset GetTimestampTz(int column) => FieldText.TimestampTz(Plain(column, ColumnType.TimestampTz), column);

    /// <summary>The value as it stands, quotes of a string included.</summary>
    public string GetJson(int column)
    {
        ref readonly JsonSlot slot = ref Slot(column);
        return FieldText.Text(Whole(in slot), column, _texts[column]!);
    }

    public object GetNested(int column)
    {
        ref readonly JsonSlot slot = ref Slot(column);
        return ValueJson.Read(Whole(in slot), _schema.Columns[column], column);
    }

    public TimeSpan GetInterval(int column) => FieldText.Interval(Plain(column, ColumnType.Interval), column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Number(int column, ColumnType type)
    {
        ref readonly JsonSlot slot = ref Slot(column);
        if (slot.Kind is not (JsonTokenType.Number or JsonTokenType.String) || slot.Escaped)
        {
            Refuse(column, type);
        }

        return Raw(in slot);
    }

    /// <summary>The text of a string; one with escapes (<c>+</c> in base64, <c>/</c>) is unescaped into a new array, which no usual writer causes.</summary>
    private ReadOnlySpan<byte> Plain(int column, ColumnType type)
    {
        ref readonly JsonSlot slot = ref Slot(column);
        if (slot.Kind != JsonTokenType.String)
        {
            Refuse(column, type);
        }

        return slot.Escaped ? JsonText.Unescape(Raw(in slot), column) : Raw(in slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Raw(in JsonSlot slot) => _json.Slice(slot.Start, slot.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Whole(in JsonSlot slot) => slot.Kind == JsonTokenType.String ? _json.Slice(slot.Start - 1, slot.Length + 2) : Raw(in slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref readonly JsonSlot Slot(int column)
    {
        ref readonly JsonSlot slot = ref _slots[column];
        if (slot.Row != _row || slot.Kind == JsonTokenType.Null)
        {
            RefuseNull(column, slot.Row != _row);
        }

        return ref slot;
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RefuseNull(int column, bool missing) =>
        throw new RowFormatException(column, missing ? "the member is missing, and the column is NOT NULL" : "null in a NOT NULL column");

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refuse(int column, ColumnType type)
    {
        ref readonly JsonSlot slot = ref _slots[column];
        string what = slot.Kind switch
        {
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            _ => "true or false",
        };
        if (slot.Kind is JsonTokenType.String or JsonTokenType.Number)
        {
            FieldText.Refuse(Raw(in slot), column, type);
        }

        throw new RowFormatException(column, $"{what} is not a valid {SqlTypeName.Of(type)}");
    }
}
