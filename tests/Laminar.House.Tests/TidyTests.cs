using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Laminar.House.Tests;

/// <summary>Habits of the house that a machine can check.</summary>
public sealed partial class TidyTests
{
    private static readonly string[] Everything = ["src", "generators", "analyzers", "samples", "tests", "bench"];

    [Test]
    public void No_file_passes_500_lines() =>
        Assert.That(House.SourceFiles(Everything).Where(path => House.Read(path).Count(c => c == '\n') > 500), Is.Empty);

    [Test]
    public void No_unfinished_words() =>
        Assert.That(House.SourceFiles("src", "generators", "analyzers", "samples", "bench").Where(path => Unfinished().IsMatch(House.Read(path))), Is.Empty);

    [Test]
    public void No_test_sleeps_or_is_skipped() =>
        Assert.That(House.SourceFiles("tests").Where(path => !path.EndsWith("TidyTests.cs") && Sleeping().IsMatch(House.Read(path))), Is.Empty);

    [Test]
    public void No_error_is_swallowed() =>
        Assert.That(House.SourceFiles("src", "generators", "analyzers").Where(path => EmptyCatch().IsMatch(House.Read(path))), Is.Empty);

    [Test]
    public void Every_PInvoke_lives_in_Laminar_Linux() =>
        Assert.That(
            House.SourceFiles("src", "generators", "analyzers").Where(path => !path.StartsWith("src/Laminar.Linux/") && PInvoke().IsMatch(House.Read(path))),
            Is.Empty);

    [Test]
    public void Every_project_folder_says_what_it_holds_and_what_never()
    {
        IEnumerable<string> folders = new[] { "src", "generators", "analyzers" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(project => Path.GetDirectoryName(project)!);
        Assert.That(
            folders.Where(folder => !File.Exists(Path.Combine(folder, "README.md")) || !File.ReadAllText(Path.Combine(folder, "README.md")).Contains("never", StringComparison.Ordinal))
                .Select(folder => Path.GetRelativePath(House.Root, folder)),
            Is.Empty);
    }

    /// <summary>Two types with one name in two namespaces are taken for each other by whoever reads one room and remembers the other.</summary>
    [Test]
    public void No_two_types_have_one_name()
    {
        IEnumerable<string> twice = House.SourceFiles("src", "generators", "analyzers")
            .Select(House.Read)
            .SelectMany(text => TopLevelType().Matches(text).Select(type => (Name: type.Groups[1].Value, Namespace: Namespace().Match(text).Groups[1].Value)))
            .Distinct()
            .GroupBy(type => type.Name)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.Namespace))}");
        Assert.That(twice, Is.Empty);
    }

    // Files have one namespace, without braces, so that a type which isn't nested stands at the beginning of its line.
    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|readonly|partial|ref|unsafe) )+(?:class|struct|record struct|record class|record|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay|\[(Ignore|Explicit)\b|Assert\.(Pass|Ignore|Inconclusive)\(")]
    private static partial Regex Sleeping();

    [GeneratedRegex(@"catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\b")]
    private static partial Regex PInvoke();
}
