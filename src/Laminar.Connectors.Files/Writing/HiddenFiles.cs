using Laminar.Linux;

namespace Laminar.Connectors.Files.Writing;

/// <summary>Parts that nobody reads yet: hidden files beside the target, so that a rename publishes them.</summary>
internal sealed class HiddenFiles(string folder, string name)
{
    private readonly string _prefix = $".{name}.laminar-";

    public string Folder { get; } = Made(folder);

    public string Open => Path.Combine(Folder, _prefix + "open");

    /// <summary>A new whole file on its way.</summary>
    public string Next => Path.Combine(Folder, _prefix + "next");

    public string Part(long epoch) => Path.Combine(Folder, $"{_prefix}{epoch:D10}");

    /// <summary>Deletes all of them.</summary>
    public void Clear()
    {
        foreach (string file in Directory.EnumerateFiles(Folder, _prefix + "*"))
        {
            File.Delete(file);
        }
    }

    private static string Made(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FolderSync.Flush(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))!);
        }

        return folder;
    }
}
