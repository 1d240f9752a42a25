namespace Laminar.Storage.Tests;

/// <summary>A folder on the real disk that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("laminar-storage-").FullName;

    public string[] Files(string pattern) => Directory.GetFiles(Path, pattern).Order(StringComparer.Ordinal).ToArray();

    /// <summary>A second folder with the same files.</summary>
    public TempFolder Copy()
    {
        var copy = new TempFolder();
        foreach (string file in Directory.GetFiles(Path))
        {
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
