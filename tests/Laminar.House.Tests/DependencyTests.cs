using System.Xml.Linq;
using NUnit.Framework;

namespace Laminar.House.Tests;

/// <summary>Dependencies point one way only: what each project may reference, and nothing else.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Laminar.Sql"] = [],
        ["Laminar"] = [],
        ["Laminar.Linux"] = [],
        ["Laminar.Storage"] = ["Laminar", "Laminar.Linux"],
        ["Laminar.Runtime"] = ["Laminar", "Laminar.Storage", "Laminar.Linux"],
        ["Laminar.Interpreter"] = ["Laminar.Sql", "Laminar", "Laminar.Runtime"],
        ["Laminar.Tool"] = ["Laminar.Sql", "Laminar", "Laminar.Interpreter", "Laminar.Connectors.Files", "Laminar.Generators"],
        ["Laminar.Testing"] = ["Laminar.Sql", "Laminar", "Laminar.Interpreter"],
        ["Laminar.Formats"] = ["Laminar"],
        ["Laminar.Connectors.Files"] = ["Laminar", "Laminar.Formats", "Laminar.Linux"],
        ["Laminar.Package"] =
        [
            "Laminar", "Laminar.Linux", "Laminar.Storage", "Laminar.Runtime", "Laminar.Formats", "Laminar.Connectors.Files",
            "Laminar.Sql", "Laminar.Generators", "Laminar.Analyzers", "Laminar.CodeFixes", "Laminar.Completion",
        ],
        ["Laminar.Generators"] = ["Laminar.Sql"],
        ["Laminar.Analyzers"] = ["Laminar.Sql"],
        ["Laminar.Completion"] = ["Laminar.Analyzers", "Laminar.Sql"],
        ["Laminar.CodeFixes"] = ["Laminar.Analyzers", "Laminar.Sql"],
    };

    private static IEnumerable<string> Projects => new[] { "src", "generators", "analyzers" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root, folder), "*.csproj", SearchOption.AllDirectories));

    [Test]
    public void Each_project_references_only_what_lies_below_it()
    {
        foreach (string project in Projects)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.That(Allowed, Contains.Key(name), $"{name} is new: say in this test what it may reference.");
            Assert.That(References(project), Is.SubsetOf(Allowed[name]), name);
        }
    }

    [Test]
    public void The_front_end_has_no_package_at_run_time()
    {
        XDocument project = XDocument.Load(Path.Combine(House.Root, "src/Laminar.Sql/Laminar.Sql.csproj"));
        IEnumerable<string?> runtime = project.Descendants("PackageReference").Where(p => p.Attribute("PrivateAssets")?.Value != "all").Select(p => p.Attribute("Include")?.Value);
        Assert.That(runtime, Is.Empty);
    }

    [Test]
    public void Versions_stand_in_one_place()
    {
        IEnumerable<string> offenders = Directory.EnumerateFiles(House.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => XDocument.Load(path).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null));
        Assert.That(offenders, Is.Empty);
    }

    private static IEnumerable<string> References(string project) => XDocument.Load(project)
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
