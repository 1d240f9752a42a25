using System.Text.Json;

namespace Laminar.EndToEnd.Tests;

/// <summary>What a run left in its output folder.</summary>
internal static class Outputs
{
    /// <summary>Which of its lines a run writes depends on the wall clock: what is left by the column in front of all others counts.</summary>
    private const string ByClock = "gauges.jsonl";

    /// <summary>
    /// Lines by file, sorted; the part files of a folder are taken together, as its reader would. Temporary files of a sink don't count;
    /// a part's header line counts once.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Read(string folder)
    {
        var outputs = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsVisible))
        {
            IEnumerable<string> lines = File.ReadLines(file);
            outputs[Path.GetFileName(file)] = [.. (Path.GetFileName(file) == ByClock ? Left(lines) : lines).Order(StringComparer.Ordinal)];
        }

        foreach (string parts in Directory.EnumerateDirectories(folder))
        {
            outputs[Path.GetFileName(parts) + "/"] =
            [
                .. Directory.EnumerateFiles(parts).Where(IsVisible).SelectMany(part => File.ReadLines(part).Skip(1)).Order(StringComparer.Ordinal),
            ];
        }

        return outputs;
    }

    /// <summary>Lines that one run has and the other hasn't.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyDictionary<string, string[]> expected, IReadOnlyDictionary<string, string[]> actual) =>
    [
        .. expected.Keys.Union(actual.Keys).SelectMany(file => Missing(file, "missing", expected, actual).Concat(Missing(file, "too many", actual, expected))),
    ];

    /// <summary>The last row of each sensor, whether it began with an insert or not; a changelog that inserts what is there is reported as it is.</summary>
    private static IEnumerable<string> Left(IEnumerable<string> lines)
    {
        var left = new Dictionary<string, string>();
        foreach (string line in lines)
        {
            JsonElement row = JsonDocument.Parse(line).RootElement;
            string sensor = row.GetProperty("sensor").GetString()!;
            string kind = row.GetProperty("kind").GetString()!;
            if (kind != (left.ContainsKey(sensor) ? "update_after" : "insert"))
            {
                yield return $"{kind} doesn't fit behind {left.GetValueOrDefault(sensor, "nothing")}";
            }

            left[sensor] = $"{sensor}: {row.GetProperty("n")} {row.GetProperty("high")}";
        }

        foreach (string row in left.Values)
        {
            yield return row;
        }
    }

    private static IEnumerable<string> Missing(string file, string what, IReadOnlyDictionary<string, string[]> from, IReadOnlyDictionary<string, string[]> other)
    {
        Dictionary<string, int> counts = other.GetValueOrDefault(file, []).GroupBy(line => line).ToDictionary(g => g.Key, g => g.Count());
        foreach (string line in from.GetValueOrDefault(file, []))
        {
            int left = counts.GetValueOrDefault(line);
            if (left == 0)
            {
                yield return $"{file} {what}: {line}";
            }

            counts[line] = left - 1;
        }
    }

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(".tmp", StringComparison.Ordinal);
}
