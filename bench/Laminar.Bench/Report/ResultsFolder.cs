namespace Laminar.Bench.Report;

/// <summary>The folder where figures are kept: as JSON, as a table and as a picture.</summary>
public static class ResultsFolder
{
    /// <summary>Writes <c>latest.json</c>, <c>latest.md</c> and <c>latest.svg</c>.</summary>
    public static void Save(Results results) => Save("latest", results.ToJson(), MarkdownTable.Of(results), ResultChart.Of(results));

    /// <summary>Writes three files of one name.</summary>
    public static void Save(string name, string json, string markdown, string svg)
    {
        string folder = Path.Combine(BenchFolder(), "results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name + ".json"), json);
        File.WriteAllText(Path.Combine(folder, name + ".md"), markdown);
        File.WriteAllText(Path.Combine(folder, name + ".svg"), svg);
        Console.Error.WriteLine($"Saved in {folder}.");
    }

    /// <summary><c>bench</c> of the checkout that the program was built in or is run in.</summary>
    private static string BenchFolder()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Laminar.Generators.sln")))
                {
                    return Path.Combine(folder.FullName, "bench");
                }
            }
        }

        return Path.Combine(Environment.CurrentDirectory, "bench");
    }
}
