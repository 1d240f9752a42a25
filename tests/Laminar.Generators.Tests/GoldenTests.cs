using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>
/// Generated code, reviewed like hand-written code. Each folder of <c>golden</c> holds <c>input.cs</c> and, beside it, what is generated from it.
/// Set LAMINAR_UPDATE_GOLDEN=1 to write the files anew, and read the difference.
/// </summary>
public sealed class GoldenTests
{
    private static string Folder { get; } = Path.Combine(Checkout.Root, "tests", "Laminar.Generators.Tests", "golden");

    private static IEnumerable<string> Cases() => Directory.EnumerateDirectories(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    public void GeneratedCodeIsAsReviewed(string name)
    {
        string folder = Path.Combine(Folder, name);
        UserCompilation compiled = new UserProject(File.ReadAllText(Path.Combine(folder, "input.cs"))).Compile();
        Assert.That(compiled.Problems, Is.Empty);

        Dictionary<string, string> actual = compiled.GeneratedFiles.ToDictionary(f => f.Key + ".txt", f => f.Value);
        if (Environment.GetEnvironmentVariable("LAMINAR_UPDATE_GOLDEN") == "1")
        {
            foreach (string old in Directory.EnumerateFiles(folder, "*.g.cs.txt"))
            {
                File.Delete(old);
            }

            foreach ((string file, string text) in actual)
            {
                File.WriteAllText(Path.Combine(folder, file), text);
            }
        }

        Dictionary<string, string> expected = Directory.EnumerateFiles(folder, "*.g.cs.txt").ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys));
        foreach ((string file, string text) in expected)
        {
            Assert.That(actual[file], Is.EqualTo(text), file);
        }
    }
}
