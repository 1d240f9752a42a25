namespace Laminar.Formats.Tests;

/// <summary>A folder of its own for one test.</summary>
public sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("laminar-formats-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>Names and contents of everything in it, hidden files too.</summary>
    public Dictionary<string, byte[]> Contents() => Directory.EnumerateFiles(Path)
        .ToDictionary(file => System.IO.Path.GetFileName(file), File.ReadAllBytes);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
