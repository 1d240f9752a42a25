using System.Text.Json;

namespace Laminar.Tool.Inference;

/// <summary>The columns of a file of JSON objects, from its first ones. Text that looks like a time is one; objects and arrays stay JSON.</summary>
internal static class JsonColumns
{
    public static IReadOnlyList<(string Name, string Type)> Of(string path, int sample)
    {
        var names = new List<string>();
        var types = new Dictionary<string, (ValueType Type, bool IsNested)>(StringComparer.Ordinal);
        foreach (JsonElement row in Objects(path).Take(sample))
        {
            foreach (JsonProperty property in row.EnumerateObject())
            {
                if (!types.TryGetValue(property.Name, out (ValueType Type, bool IsNested) seen))
                {
                    names.Add(property.Name);
                    seen = (new ValueType(), false);
                }

                Add(ref seen, property.Value);
                types[property.Name] = seen;
            }
        }

        return [.. names.Select(n => (n, types[n].IsNested ? "JSON" : types[n].Type.Sql))];
    }

    private static void Add(ref (ValueType Type, bool IsNested) seen, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                seen.IsNested = true;
                break;
            case JsonValueKind.String:
                var text = new ValueType();
                text.Add(value.GetString()!);
                if (text.Sql is "TIMESTAMP" or "DATE")
                {
                    seen.Type.Add(value.GetString()!);
                }
                else
                {
                    seen.Type.Mixed();
                }

                break;
            default:
                seen.Type.Add(value.GetRawText());
                break;
        }
    }

    private static IEnumerable<JsonElement> Objects(string path)
    {
        using var reader = new StreamReader(path);
        while (reader.Peek() is var next && next >= 0 && char.IsWhiteSpace((char)next))
        {
            reader.Read();
        }

        if (reader.Peek() == '[')
        {
            using FileStream file = File.OpenRead(path);
            foreach (JsonElement element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file).ToBlockingEnumerable())
            {
                yield return element;
            }

            yield break;
        }

        while (reader.ReadLine() is { } line)
        {
            if (line.Trim().Length > 0)
            {
                yield return Element(line, path);
            }
        }
    }

    private static JsonElement Element(string line, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(line);
        }
        catch (JsonException error)
        {
            throw new LaminarException($"{path} has a line that isn't JSON: {error.Message}", error);
        }
    }
}
