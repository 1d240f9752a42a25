using Laminar.Testing;

namespace Laminar.House.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class House
{
    public static string Root => Checkout.Root;

    /// <summary>C# files written by hand below a folder, relative to the root with forward slashes.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/") && !path.Contains("/golden/"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
