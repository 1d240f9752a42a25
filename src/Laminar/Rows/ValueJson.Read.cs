using System.Globalization;
using System.Text;
using System.Text.Json;
using Laminar.Functions;

namespace Laminar;

/// <content>Reading. Numbers may stand in quotes; text takes any other value as its JSON; members of an object are a row's fields by name.</content>
public static partial class ValueJson
{
    /// <summary>The value at whose first token the reader stands; it is left at the last.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="column">What it must be.</param>
    /// <param name="ordinal">For messages: the column's, or -1.</param>
    /// <returns>In the form in which expressions hold it; null for NULL.</returns>
    /// <exception cref="RowFormatException">It is something else, or NULL where that can't be.</exception>
    public static object? Read(ref Utf8JsonReader reader, RowColumn column, int ordinal)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return column.Nullable ? null : throw new RowFormatException(ordinal, $"null where {Describe(column)} is NOT NULL");
        }

        switch (column.Type)
        {
            case ColumnType.Array when reader.TokenType == JsonTokenType.StartArray:
                var elements = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements.Add(Read(ref reader, column.Elements[0], ordinal));
                }

                return elements.ToArray();
            case ColumnType.Map when reader.TokenType == JsonTokenType.StartObject:
                var pairs = new List<(object?, object?)>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    object key = Parse(Text(ref reader, ordinal), column.Elements[0], ordinal);
                    reader.Read();
                    pairs.Add((key, Read(ref reader, column.Elements[1], ordinal)));
                }

                return SqlMap.Of(pairs);
            case ColumnType.Row when reader.TokenType == JsonTokenType.StartObject:
                return Fields(ref reader, column, ordinal);
            case ColumnType.Json:
                return Raw(ref reader);
            case ColumnType.Boolean when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                return reader.TokenType == JsonTokenType.True;
        }

        bool isContainer = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (column.Type == ColumnType.Text && reader.TokenType != JsonTokenType.String)
        {
            return Raw(ref reader);
        }

        bool isNumber = column.Type is >= ColumnType.Int8 and <= ColumnType.Decimal;
        if (isContainer || column.Type is ColumnType.Array or ColumnType.Map or ColumnType.Row or ColumnType.Boolean
            || (reader.TokenType != JsonTokenType.String && !(isNumber && reader.TokenType == JsonTokenType.Number)))
        {
            throw new RowFormatException(ordinal, $"{Named(reader.TokenType)} is not a valid {Describe(column)}");
        }

        return Parse(reader.TokenType == JsonTokenType.String ? Text(ref reader, ordinal) : Encoding.UTF8.GetString(reader.ValueSpan), column, ordinal);
    }

    /// <summary>A value of a whole text.</summary>
    /// <exception cref="RowFormatException">It is something else.</exception>
    public static object Read(ReadOnlySpan<byte> json, RowColumn column, int ordinal)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            object? value = Read(ref reader, column, ordinal);
            reader.Read();
            return value ?? throw new RowFormatException(ordinal, "null in a NOT NULL column");
        }
        catch (JsonException error)
        {
            throw new RowFormatException(ordinal, $"'{Encoding.UTF8.GetString(json.Length > 60 ? json[..60] : json)}' is not JSON", error);
        }
    }

    private static object?[] Fields(ref Utf8JsonReader reader, RowColumn column, int ordinal)
    {
        IReadOnlyList<RowColumn> fields = column.Elements;
        var values = new object?[fields.Count];
        var found = new bool[fields.Count];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int field = ColumnNames.Find(fields, Text(ref reader, ordinal));
            reader.Read();
            if (field < 0)
            {
                reader.Skip();
                continue;
            }

            values[field] = Read(ref reader, fields[field], ordinal);
            found[field] = true;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!found[i] && !fields[i].Nullable)
            {
                throw new RowFormatException(ordinal, $"the member {fields[i].Name} is missing, and it is NOT NULL");
            }
        }

        return values;
    }

    private static string Raw(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.GetRawText();
        }

        string raw = Encoding.UTF8.GetString(reader.ValueSpan);
        return reader.TokenType == JsonTokenType.String ? '"' + raw + '"' : raw;
    }

    private static string Text(ref Utf8JsonReader reader, int ordinal)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new RowFormatException(ordinal, "the string has half a surrogate pair or is not valid UTF-8", error);
        }
    }

    /// <summary>A value of a whole text; null for null.</summary>
    internal static object? ReadText(string json, RowColumn column)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(json);
        return utf8.AsSpan().Trim(" \t\r\n"u8).SequenceEqual("null"u8) ? null : Read(utf8, column, -1);
    }

    internal static object Parse(string text, RowColumn column, int ordinal)
    {
        try
        {
            return column.Type switch
            {
                ColumnType.Text => text,
                ColumnType.Boolean => SqlCast.ToBoolean(text),
                ColumnType.Int8 => SqlCast.ToInt8(text),
                ColumnType.Int16 => SqlCast.ToInt16(text),
                ColumnType.Int32 => SqlCast.ToInt32(text),
                ColumnType.Int64 => SqlCast.ToInt64(text),
                ColumnType.UInt8 => SqlCast.ToUInt8(text),
                ColumnType.UInt16 => SqlCast.ToUInt16(text),
                ColumnType.UInt32 => SqlCast.ToUInt32(text),
                ColumnType.UInt64 => SqlCast.ToUInt64(text),
                ColumnType.Float32 => SqlCast.ToFloat(text),
                ColumnType.Float64 => SqlCast.ToDouble(text),
                ColumnType.Decimal => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
                ColumnType.Bytes => Convert.FromBase64String(text),
                ColumnType.Uuid => Guid.Parse(text),
                ColumnType.Date => SqlCast.ToDate(text),
                ColumnType.Time => SqlCast.ToTime(text),
                ColumnType.Timestamp => SqlCast.ToTimestamp(text),
                ColumnType.TimestampTz => SqlCast.ToTimestampTz(text),
                ColumnType.Interval => TimeSpan.Parse(text, CultureInfo.InvariantCulture).Ticks,
                _ => throw new RowFormatException(ordinal, $"a text is not a valid {Describe(column)}"),
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException or LaminarException and not RowFormatException)
        {
            throw new RowFormatException(ordinal, $"'{text}' is not a valid {Describe(column)}", error);
        }
    }

    private static string Describe(RowColumn column) => column.Type.ToString().ToUpperInvariant() + (column.Name.Length > 0 ? " " + column.Name : string.Empty);

    private static string Named(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
