using System.Text.Json;

namespace Laminar.Runtime.Tests.Support;

/// <summary>Reads what the file sink published, with System.Text.Json and no code of Laminar.</summary>
public static class TallyFiles
{
    public static IEnumerable<Tally> Read(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "part-*").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file))
            {
                JsonElement row = JsonDocument.Parse(line).RootElement;
                yield return new Tally(
                    row.GetProperty("key").GetInt64(),
                    row.GetProperty("window_end").GetInt64(),
                    row.GetProperty("count").GetInt64(),
                    row.GetProperty("sum").GetInt64());
            }
        }
    }
}
