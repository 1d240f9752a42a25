using System.IO.Compression;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace Laminar.Package.Tests;

/// <summary>The package as a user has it: packed, installed into an empty project outside the repository, built, run, trimmed and compiled ahead of time.</summary>
public sealed class PackageTests
{
    private const string Expected = """
        Row { Symbol = A, WindowEnd = 01/01/2026 09:01:00, Vwap = 17.5, Net = 8.75, Trades = 2 }
        Row { Symbol = B, WindowEnd = 01/01/2026 09:01:00, Vwap = 5, Net = 2.5, Trades = 1 }
        Row { Symbol = A, WindowEnd = 01/01/2026 09:02:00, Vwap = 8, Net = 4, Trades = 1 }
        A 20
        A 8
        B 5
        car_id,plate,tag,speed,ts
        1,AB12,red,120.5,2026-01-01T09:00:30Z
        1,AB12,red,130,2026-01-01T09:00:40Z
        {"car_id":1,"top":130,"middle":125.25,"tags":1,"window_end":"2026-01-01T09:01:00Z"}

        """;

    private static readonly string[] Libraries =
        ["Laminar", "Laminar.Connectors.Files", "Laminar.Formats", "Laminar.Linux", "Laminar.Runtime", "Laminar.Storage"];

    private static readonly string[] CompilerExtensions =
        ["Laminar.Analyzers", "Laminar.CodeFixes", "Laminar.Completion", "Laminar.Generators", "Laminar.Sql"];

    private Installed _shop = null!;

    [OneTimeSetUp]
    public void Packs()
    {
        _shop = new Installed();
        (int packed, string packing) = _shop.Pack();
        Assert.That(packed, Is.Zero, packing);
        Assert.That(packing, Does.Not.Contain("warning"));
    }

    [OneTimeTearDown]
    public void Clean() => _shop.Dispose();

    [Test]
    public void Everything_lies_where_it_belongs()
    {
        using ZipArchive package = ZipFile.OpenRead(_shop.PackagePath);
        IEnumerable<string> ours = package.Entries.Select(e => e.FullName).Where(name => !name.StartsWith('_') && !name.StartsWith('[') && !name.StartsWith("package/", StringComparison.Ordinal));
        IEnumerable<string> expected =
        [
            "Laminar.Generators.nuspec", "README.md", "build/Laminar.Generators.props", "buildTransitive/Laminar.Generators.props",
            .. CompilerExtensions.Select(name => $"analyzers/dotnet/cs/{name}.dll"),
            .. Libraries.SelectMany(name => new[] { ".dll", ".pdb", ".xml" }.Select(extension => $"lib/net10.0/{name}{extension}")),
        ];
        Assert.That(ours, Is.EquivalentTo(expected));
    }

    [Test]
    public void Builds_without_warnings_and_runs()
    {
        (int built, string building) = _shop.Sdk("build");
        Assert.That(built, Is.Zero, building);
        Assert.That(building, Does.Contain("0 Warning(s)"));
        AssertRuns("bin", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "Shop");
    }

    [Test]
    public void A_wrong_column_is_an_error_on_its_characters()
    {
        (int built, string building) = _shop.Sdk("build", "-p:DefineConstants=MISTAKE");
        Assert.That(built, Is.Not.Zero);
        Assert.That(building, Does.Contain("Streams.cs(19,22): error LAM2003").And.Contain("symbol"));
        Assert.That(building, Does.Contain("1 Error(s)"));
    }

    [Test]
    public void Trimmed_without_warnings_and_runs()
    {
        (int published, string publishing) = _shop.Sdk("publish", "-p:PublishAot=false", "-o", "trimmed");
        Assert.That(published, Is.Zero, publishing);
        Assert.That(publishing, Does.Not.Contain("warning"));
        AssertRuns("trimmed", "Shop");
    }

    [Test]
    public void Compiled_ahead_of_time_without_warnings_and_runs()
    {
        (int published, string publishing) = _shop.Sdk("publish", "-o", "native");
        Assert.That(published, Is.Zero, publishing);
        Assert.That(publishing, Does.Not.Contain("warning"));
        AssertRuns("native", "Shop");
        Assert.That(Directory.EnumerateFiles(Path.Combine(_shop.Folder, "native"), "*.dll"), Is.Empty, "one native file, nothing managed beside it");
        TestContext.Out.WriteLine($"native: {new FileInfo(Path.Combine(_shop.Folder, "native", "Shop")).Length:N0} bytes; package: {new FileInfo(_shop.PackagePath).Length:N0} bytes");
    }

    private void AssertRuns(params string[] program)
    {
        (int ran, string output) = _shop.Start(program);
        Assert.That(ran, Is.Zero, output);
        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo(Expected.ReplaceLineEndings("\n")));
    }
}
