using System.Globalization;

namespace Laminar.Functions;

/// <summary>Maps, rows, and what turns nested values into others.</summary>
public static class SqlNested
{
    /// <summary>A map of keys and values in turn; of one key the last counts.</summary>
    /// <exception cref="LaminarException">A key is NULL.</exception>
    public static SqlMap Map(object?[] items) => SqlMap.Of(items.Chunk(2).Select(p => (p[0], p[1])));

    public static int Length(SqlMap map) => map.Keys.Length;

    /// <summary>The value of a key; null where there is none.</summary>
    public static object? Get(SqlMap map, object key) => map.Find(key);

    public static object?[] Keys(SqlMap map) => map.Keys;

    public static object?[] Values(SqlMap map) => map.Values;

    /// <summary>A field of a row by its place from 0.</summary>
    public static object? Field(object?[] row, int place) => row[place];

    /// <summary>A value out of its JSON; null for null.</summary>
    /// <exception cref="LaminarException">It is something else.</exception>
    public static object? Parse(string json, SqlForm form)
    {
        try
        {
            return ValueJson.ReadText(json, form.Column);
        }
        catch (RowFormatException error)
        {
            throw new LaminarException(error.Message, error);
        }
    }

    /// <inheritdoc cref="Parse"/>
    public static object? TryParse(string json, SqlForm form)
    {
        try
        {
            return Parse(json, form);
        }
        catch (LaminarException)
        {
            return null;
        }
    }

    /// <summary>A nested value as another of the same shape, whose values are cast.</summary>
    /// <exception cref="LaminarException">A value isn't of its new type.</exception>
    /// <exception cref="OverflowException">A number is out of range.</exception>
    public static object? Cast(object value, SqlForm from, SqlForm to) => Cast(value, from.Column, to.Column);

    /// <inheritdoc cref="Cast(object, SqlForm, SqlForm)"/>
    public static object? TryCast(object value, SqlForm from, SqlForm to)
    {
        try
        {
            return Cast(value, from, to);
        }
        catch (Exception error) when (error is LaminarException or OverflowException)
        {
            return null;
        }
    }

    private static object? Cast(object? value, RowColumn from, RowColumn to) => (value, to.Type) switch
    {
        (null, _) => to.Nullable ? null : throw new LaminarException("NULL inside a value where it can't be."),
        (object?[] items, ColumnType.Array) => items.Select(i => Cast(i, from.Elements[0], to.Elements[0])).ToArray(),
        (object?[] items, ColumnType.Row) => items.Select((v, i) => Cast(v, from.Elements[i], to.Elements[i])).ToArray(),
        (SqlMap map, ColumnType.Map) => SqlMap.Of(map.Keys.Select((key, i) => (Cast(key, from.Elements[0], to.Elements[0]), Cast(map.Values[i], from.Elements[1], to.Elements[1])))),
        _ => Leaf(value, from, to),
    };

    private static object? Leaf(object value, RowColumn from, RowColumn to)
    {
        if (from.Type == to.Type && from.Type != ColumnType.Decimal)
        {
            return value;
        }

        if (to.Type == ColumnType.Text)
        {
            // As CAST has it, not as JSON writes it.
            return (from.Type, value) switch
            {
                (_, string text) => text,
                (ColumnType.Date, int day) => SqlCast.DateToText(day),
                (ColumnType.Time, long ticks) => SqlCast.TimeToText(ticks),
                (ColumnType.Timestamp, long ticks) => SqlCast.TimestampToText(ticks),
                (ColumnType.TimestampTz, long ticks) => SqlCast.TimestampTzToText(ticks),
                (ColumnType.Interval, long ticks) => SqlCast.IntervalToText(ticks),
                (_, bool truth) => SqlCast.ToText(truth),
                (_, double number) => SqlCast.ToText(number),
                (_, float number) => SqlCast.ToText(number),
                (_, decimal number) => SqlCast.DecimalToText(number, from.Scale),
                (_, byte[] bytes) => SqlCast.ToText(bytes),
                (_, object?[] or SqlMap) => ValueJson.Text(from, value),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
        }

        if (to.Type is >= ColumnType.Int8 and <= ColumnType.Decimal && from.Type is >= ColumnType.Int8 and <= ColumnType.Decimal)
        {
            return Number(value, to);
        }

        return (from.Type, to.Type) switch
        {
            (ColumnType.Text, _) => ValueJson.Parse((string)value, to, -1),
            (ColumnType.Timestamp or ColumnType.TimestampTz, ColumnType.Timestamp or ColumnType.TimestampTz) => value,
            (ColumnType.Date, ColumnType.Timestamp or ColumnType.TimestampTz) => (int)value * TimeSpan.TicksPerDay,
            _ => throw new LaminarException($"A value of type {from.Type} inside another can't be cast to {to.Type}."),
        };
    }

    private static object Number(object value, RowColumn to)
    {
        if (to.Type == ColumnType.Float64)
        {
            return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }

        if (to.Type == ColumnType.Float32)
        {
            return Convert.ToSingle(value, CultureInfo.InvariantCulture);
        }

        bool isFloat = value is double or float;
        decimal exact = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        decimal rounded = Math.Round(exact, to.Type == ColumnType.Decimal ? to.Scale : 0, isFloat ? MidpointRounding.ToEven : MidpointRounding.AwayFromZero);
        return to.Type switch
        {
            ColumnType.Decimal => (object)SqlCast.ToDecimal(rounded, to.Precision, to.Scale),
            ColumnType.Int8 => (object)SqlCast.ToInt8(rounded),
            ColumnType.Int16 => (object)SqlCast.ToInt16(rounded),
            ColumnType.Int32 => (object)SqlCast.ToInt32(rounded),
            ColumnType.Int64 => (object)SqlCast.ToInt64(rounded),
            ColumnType.UInt8 => (object)SqlCast.ToUInt8(rounded),
            ColumnType.UInt16 => (object)SqlCast.ToUInt16(rounded),
            ColumnType.UInt32 => (object)SqlCast.ToUInt32(rounded),
            _ => (object)SqlCast.ToUInt64(rounded),
        };
    }
}
