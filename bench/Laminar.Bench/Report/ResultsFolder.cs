namespace Laminar.Bench.Report;

/// <summary>The folder where figures are kept: as JSON, as a table and as a picture.</summary>
public static class ResultsFolder
{
    /// <summary>Writes <c>latest.json</c>, <c>latest.md</c> and <c>latest.svg</c>.</summary>
    public static void Save(Results results)
    {
        string folder = Path.Combine(BenchFolder(), "results");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "latest.json"), results.ToJson());
        File.WriteAllText(Path.Combine(folder, "latest.md"), MarkdownTable.Of(results));
        File.WriteAllText(Path.Combine(folder, "latest.svg"), ResultChart.Of(results));
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
