using System.Globalization;
using System.Text.Json;
using Laminar.Functions;

namespace Laminar;

/// <summary>
/// Values as JSON and back, by the type of their column: arrays as arrays, maps and rows as objects, DECIMAL as a number, times as ISO 8601 in UTC, BYTES as
/// base64, NaN and infinities as strings.
/// </summary>
public static partial class ValueJson
{
    /// <summary>Writes one value.</summary>
    /// <param name="json">Where to; it stands where a value may.</param>
    /// <param name="column">The value's type.</param>
    /// <param name="value">In the form in which expressions hold it; null for NULL.</param>
    /// <exception cref="LaminarException">JSON that is none.</exception>
    public static void Write(Utf8JsonWriter json, RowColumn column, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case SqlMap map:
                json.WriteStartObject();
                for (int i = 0; i < map.Keys.Length; i++)
                {
                    json.WritePropertyName(KeyText(column.Elements[0], map.Keys[i]));
                    Write(json, column.Elements[1], map.Values[i]);
                }

                json.WriteEndObject();
                break;
            case object?[] fields when column.Type == ColumnType.Row:
                json.WriteStartObject();
                for (int i = 0; i < fields.Length; i++)
                {
                    json.WritePropertyName(column.Elements[i].Name);
                    Write(json, column.Elements[i], fields[i]);
                }

                json.WriteEndObject();
                break;
            case object?[] elements:
                json.WriteStartArray();
                foreach (object? element in elements)
                {
                    Write(json, column.Elements[0], element);
                }

                json.WriteEndArray();
                break;
            case string text when column.Type == ColumnType.Json:
                WriteJson(json, SqlJson.Parse(text));
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case sbyte or short or int or long or byte or ushort or uint when column.Type is >= ColumnType.Int8 and <= ColumnType.UInt64:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(KeyText(column, value));
                break;
        }
    }

    /// <summary>As it stands, but on one line: a record of JSON Lines is one.</summary>
    private static void WriteJson(Utf8JsonWriter json, string text)
    {
        if (!text.AsSpan().ContainsAny('\r', '\n'))
        {
            json.WriteRawValue(text, skipInputValidation: true);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(text);
        document.WriteTo(json);
    }

    /// <summary>One value as the text of its JSON.</summary>
    /// <inheritdoc cref="Write"/>
    public static string Text(RowColumn column, object? value) => SqlJson.Written(json => Write(json, column, value));

    /// <summary>A value as a text that stands in quotes.</summary>
    private static string KeyText(RowColumn column, object value) => (column.Type, value) switch
    {
        (_, string text) => text,
        (_, double number) => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : SqlCast.ToText(number),
        (_, float number) => float.IsNaN(number) ? "NaN" : float.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : SqlCast.ToText(number),
        (_, bool truth) => truth ? "true" : "false",
        (_, byte[] bytes) => Convert.ToBase64String(bytes),
        (ColumnType.Date, int day) => SqlCast.DateToText(day),
        (ColumnType.Time, long ticks) => SqlCast.TimeToText(ticks),
        (ColumnType.Timestamp or ColumnType.TimestampTz, long ticks) => SqlCast.TimestampToText(ticks).Replace(' ', 'T') + "Z",
        (ColumnType.Interval, long ticks) => new TimeSpan(ticks).ToString(null, CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
