namespace Laminar.EndToEnd.Tests;

/// <summary>What a run left in its output folder.</summary>
internal static class Outputs
{
    /// <summary>
    /// Lines by file, sorted; the part files of a folder are taken together, as its reader would. Temporary files of a sink don't count;
    /// a part's header line counts once.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Read(string folder)
    {
        var outputs = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsVisible))
        {
            outputs[Path.GetFileName(file)] = [.. File.ReadLines(file).Order(StringComparer.Ordinal)];
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

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.') && !path.EndsWith(".tmp", StringComparison.Ordinal);
}
