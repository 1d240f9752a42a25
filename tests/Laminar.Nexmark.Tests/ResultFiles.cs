using System.Text.Json;

namespace Laminar.Nexmark.Tests;

/// <summary>What a run of the sample has left in its files.</summary>
internal static class ResultFiles
{
    /// <summary>The rows of a query that are left when the changes in its file are applied, as lines, sorted.</summary>
    public static string[] Left(string folder, string query)
    {
        var left = new Dictionary<string, int>();
        foreach (string line in Lines(folder, query))
        {
            (string kind, string row) = Split(line);
            int count = left.GetValueOrDefault(row);
            if (kind is "delete" or "update_before")
            {
                if (count == 0)
                {
                    throw new InvalidOperationException($"{query} takes back what isn't there: {line}");
                }

                left[row] = count - 1;
            }
            else
            {
                left[row] = count + 1;
            }
        }

        return [.. left.SelectMany(row => Enumerable.Repeat(row.Key, row.Value)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The sum of a column.</summary>
    public static long Sum(string folder, string query, string column) => Lines(folder, query).Sum(line =>
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty(column).GetInt64();
    });

    /// <summary>The lines of all parts, in order of their epochs.</summary>
    private static IEnumerable<string> Lines(string folder, string query) => Directory.GetFiles(Path.Combine(folder, query), "part-*.jsonl")
        .OrderBy(part => part.Length).ThenBy(part => part, StringComparer.Ordinal)
        .SelectMany(File.ReadLines);

    private static (string Kind, string Row) Split(string line)
    {
        const string Kind = "{\"kind\":\"";
        if (!line.StartsWith(Kind, StringComparison.Ordinal))
        {
            return ("insert", line);
        }

        int end = line.IndexOf('"', Kind.Length);
        return (line[Kind.Length..end], line[(end + 1)..]);
    }
}
