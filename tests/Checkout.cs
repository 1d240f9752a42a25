namespace Laminar.Testing;

/// <summary>
/// The checkout that the tests were built from. Found from where they run, not from <c>[CallerFilePath]</c>: a CI build writes
/// stand-in paths into its assemblies, so that the same source gives the same bytes.
/// </summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Laminar.Generators.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No Laminar.Generators.sln above {AppContext.BaseDirectory}.");
    }
}
