using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Laminar.Functions;

/// <summary>
/// JSON, held as its text. A value is found in one pass of <see cref="Utf8JsonReader"/>, which reads the text to its end: text that isn't JSON is an
/// error row wherever the mistake stands. Of members with one name the last counts. Values may be nested 64 deep, as everywhere in System.Text.Json.
/// </summary>
public static class SqlJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The text, which is one JSON value.</summary>
    /// <exception cref="LaminarException">It isn't.</exception>
    public static string Parse(string text)
    {
        Find(text, [], out _, out _);
        return text;
    }

    /// <summary>The text, or null where it isn't one JSON value.</summary>
    public static string? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (LaminarException)
        {
            return null;
        }
    }

    /// <summary>The value of a member, or null.</summary>
    public static string? Get(string json, string name) => Value(json, [new JsonStep(name, 0)]);

    /// <summary>The element at a place from 0, from the end where it is negative; or null.</summary>
    public static string? Get(string json, int index) => Value(json, [new JsonStep(null, index)]);

    /// <summary>The text of a member: a string's own, any other value's JSON; null for null.</summary>
    public static string? GetText(string json, string name) => TextOf(json, [new JsonStep(name, 0)]);

    /// <inheritdoc cref="GetText(string, string)"/>
    public static string? GetText(string json, int index) => TextOf(json, [new JsonStep(null, index)]);

    /// <summary>The string, number or truth at a path, as text; null where there is none, and for objects and arrays.</summary>
    public static string? ScalarAt(string json, SqlJsonPath path) =>
        Find(json, path.Steps, out JsonTokenType kind, out string? raw) && kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray) ? Unquoted(kind, raw!) : null;

    /// <summary>The object or array at a path; null where there is none, and for other values.</summary>
    public static string? ContainerAt(string json, SqlJsonPath path) =>
        Find(json, path.Steps, out JsonTokenType kind, out string? raw) && kind is JsonTokenType.StartObject or JsonTokenType.StartArray ? raw : null;

    /// <summary>Whether there is a value at a path; null is one.</summary>
    public static bool Exists(string json, SqlJsonPath path) => Find(json, path.Steps, out _, out _);

    /// <exception cref="LaminarException">It is no array.</exception>
    public static int ArrayLength(string json)
    {
        byte[] bytes = Encode(json, out int length);
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, length));
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new LaminarException($"'{Shortened(json)}' is no JSON array.");
            }

            int count = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
                count++;
            }

            reader.Read();
            return count;
        }
        catch (JsonException error)
        {
            throw NotJson(json, error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>What a CAST reads: a string's own text, a number or truth as written; null for null.</summary>
    /// <exception cref="LaminarException">An object or array, which is no value of another type.</exception>
    public static string? Scalar(string json)
    {
        Find(json, [], out JsonTokenType kind, out string? raw);
        return kind is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? throw new LaminarException($"'{Shortened(json)}' is a JSON {(kind == JsonTokenType.StartObject ? "object" : "array")}, no single value.")
            : Unquoted(kind, raw!);
    }

    /// <inheritdoc cref="Scalar"/>
    public static string? TryScalar(string json)
    {
        try
        {
            return Scalar(json);
        }
        catch (LaminarException)
        {
            return null;
        }
    }

    /// <summary>The same as an exact number.</summary>
    /// <exception cref="LaminarException">No number.</exception>
    /// <exception cref="OverflowException">More than 28 digits.</exception>
    public static decimal? Number(string json) => Scalar(json) is not { } text ? null
        : decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal number) ? number
        : throw new LaminarException($"'{Shortened(json)}' is not a number of at most 28 digits.");

    /// <inheritdoc cref="Number"/>
    public static decimal? TryNumber(string json)
    {
        try
        {
            return Number(json);
        }
        catch (LaminarException)
        {
            return null;
        }
    }

    /// <summary>A value of a column as JSON: numbers and truths as such, times as ISO 8601, text quoted.</summary>
    public static string Of(object value, SqlForm form) => Written(json => ValueJson.Write(json, form.Column, value));

    /// <summary>An object of keys and JSON in turn; JSON that is null is <c>null</c>.</summary>
    public static string Object(object?[] pairs) => Written(json =>
    {
        json.WriteStartObject();
        for (int i = 0; i < pairs.Length; i += 2)
        {
            json.WritePropertyName((string?)pairs[i] ?? throw new LaminarException("A key of a JSON object is NULL."));
            json.WriteRawValue((string?)pairs[i + 1] ?? "null", skipInputValidation: true);
        }

        json.WriteEndObject();
    });

    /// <summary>An array of JSON; what is null is left out.</summary>
    public static string Array(object?[] values) => Written(json =>
    {
        json.WriteStartArray();
        foreach (string? value in values.Cast<string?>())
        {
            if (value is not null)
            {
                json.WriteRawValue(value, skipInputValidation: true);
            }
        }

        json.WriteEndArray();
    });

    internal static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string? Value(string json, JsonStep[] steps) => Find(json, steps, out _, out string? raw) ? raw : null;

    private static string? TextOf(string json, JsonStep[] steps) => Find(json, steps, out JsonTokenType kind, out string? raw) ? Unquoted(kind, raw!) : null;

    private static string? Unquoted(JsonTokenType kind, string raw)
    {
        if (kind != JsonTokenType.String)
        {
            return kind == JsonTokenType.Null ? null : raw;
        }

        if (!raw.Contains('\\', StringComparison.Ordinal))
        {
            return raw[1..^1];
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(raw));
        reader.Read();
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new LaminarException($"'{Shortened(raw)}' has half a surrogate pair, which is no text.", error);
        }
    }

    /// <summary>Follows the steps; the value's own text comes back as it stands.</summary>
    private static bool Find(string json, JsonStep[] steps, out JsonTokenType kind, out string? raw)
    {
        byte[] bytes = Encode(json, out int length);
        try
        {
            ReadOnlySpan<byte> utf8 = bytes.AsSpan(0, length);
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            (int start, int end) = (-1, -1);
            kind = default;
            Follow(ref reader, steps, ref start, ref end, ref kind);

            // What stands behind the value is an error that the reader raises here.
            reader.Read();
            raw = start < 0 ? null : start == 0 && end == length ? json : Encoding.UTF8.GetString(utf8[start..end]);
            return start >= 0;
        }
        catch (JsonException error)
        {
            throw NotJson(json, error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>At the first token of a value; leaves at its last.</summary>
    private static void Follow(ref Utf8JsonReader reader, ReadOnlySpan<JsonStep> steps, ref int start, ref int end, ref JsonTokenType kind)
    {
        if (steps.IsEmpty)
        {
            (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            end = (int)reader.BytesConsumed;
            return;
        }

        JsonStep step = steps[0];
        if (step.Name is { } name && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                {
                    (start, end) = (-1, -1);
                    Follow(ref reader, steps[1..], ref start, ref end, ref kind);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else if (step.Name is null && reader.TokenType == JsonTokenType.StartArray)
        {
            int wanted = step.Index < 0 ? Count(reader) + step.Index : step.Index;
            for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            {
                if (i == wanted)
                {
                    Follow(ref reader, steps[1..], ref start, ref end, ref kind);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>The elements of the array at whose beginning a copy of the reader stands.</summary>
    private static int Count(Utf8JsonReader reader)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }

    private static byte[] Encode(string json, out int length)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, Encoding.UTF8.GetMaxByteCount(json.Length)));
        length = Encoding.UTF8.GetBytes(json, bytes);
        return bytes;
    }

    private static LaminarException NotJson(string text, JsonException error)
    {
        string message = error.Message;
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new LaminarException($"'{Shortened(text)}' is not JSON: {(place < 0 ? message : message[..place])}", error);
    }

    private static string Shortened(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
