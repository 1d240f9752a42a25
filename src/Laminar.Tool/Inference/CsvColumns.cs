using System.Text;

namespace Laminar.Tool.Inference;

/// <summary>The columns of a CSV file with a header, from its first records. What is in quotes is text and nothing else.</summary>
internal static class CsvColumns
{
    public static IReadOnlyList<(string Name, string Type)> Of(string path, char delimiter, int sample)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        string[] names = [.. Record(reader, delimiter).Select(f => f.Text)];
        ValueType[] types = [.. names.Select(_ => new ValueType())];
        for (int row = 0; row < sample && reader.Peek() >= 0; row++)
        {
            List<(string Text, bool IsQuoted)> fields = Record(reader, delimiter);
            for (int c = 0; c < Math.Min(fields.Count, types.Length); c++)
            {
                if (fields[c].IsQuoted)
                {
                    types[c].Mixed();
                }
                else if (fields[c].Text.Length > 0)
                {
                    types[c].Add(fields[c].Text);
                }
            }
        }

        return names is [""] ? [] : [.. names.Select((n, c) => (n, types[c].Sql))];
    }

    private static List<(string Text, bool IsQuoted)> Record(StreamReader reader, char delimiter)
    {
        var fields = new List<(string, bool)>();
        var field = new StringBuilder();
        bool isQuoted = false;
        bool isOpen = false;
        while (true)
        {
            int next = reader.Read();
            if (isOpen && next == '"' && reader.Peek() == '"')
            {
                field.Append((char)reader.Read());
            }
            else if (next == '"')
            {
                isOpen = !isOpen;
                isQuoted = true;
            }
            else if (next < 0 || (!isOpen && (next == '\n' || next == delimiter)))
            {
                fields.Add((field.ToString(), isQuoted));
                field.Clear();
                isQuoted = false;
                if (next != delimiter)
                {
                    return fields;
                }
            }
            else if (isOpen || next != '\r')
            {
                field.Append((char)next);
            }
        }
    }
}
