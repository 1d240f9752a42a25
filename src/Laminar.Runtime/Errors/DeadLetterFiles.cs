namespace Laminar.Runtime.Errors;

/// <summary>The dead-letter files of a runtime, by path: sources and queries may share one.</summary>
internal sealed class DeadLetterFiles : IDisposable
{
    private readonly Dictionary<string, DeadLetterFile> _files = new(StringComparer.Ordinal);

    /// <exception cref="LaminarException">The file can't be opened.</exception>
    public DeadLetterFile Open(string path)
    {
        string full = Path.GetFullPath(path);
        if (!_files.TryGetValue(full, out DeadLetterFile? file))
        {
            _files[full] = file = new DeadLetterFile(full);
        }

        return file;
    }

    public void Dispose()
    {
        foreach (DeadLetterFile file in _files.Values)
        {
            file.Dispose();
        }
    }
}
