namespace Laminar.Connectors.Files.Writing;

/// <summary>Targets that a sink of this process writes to: two on one would overwrite each other's epochs.</summary>
internal static class TargetClaims
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal);

    /// <exception cref="LaminarException">Another sink has it.</exception>
    public static IDisposable Take(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        lock (Taken)
        {
            return Taken.Add(full)
                ? new Claim(full)
                : throw new LaminarException($"Two sinks write to {path}; give each its own file or folder.");
        }
    }

    private sealed class Claim(string path) : IDisposable
    {
        public void Dispose()
        {
            lock (Taken)
            {
                Taken.Remove(path);
            }
        }
    }
}
