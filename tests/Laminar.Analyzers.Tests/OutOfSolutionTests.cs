using System.Text.RegularExpressions;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>A project outside the solution with one analyzer reference, built by the real compiler in a child process: its mistakes are on file, line and column.</summary>
public sealed partial class OutOfSolutionTests
{
    private const string Program = """
        using System;
        using Laminar;

        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        [StreamQuery("SELECT symbl FROM trades")]
        public sealed partial class A;

        [StreamQuery(File = "queries/q.sql")]
        public sealed partial class B;
        """;

    [Test]
    public void One_analyzer_reference_is_enough_for_errors_in_strings_and_files()
    {
        string folder = Path.Combine(Path.GetTempPath(), "laminar-analyzed-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(folder, "queries"));
        try
        {
            string root = Checkout.Root;
            File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
            File.WriteAllText(Path.Combine(folder, "queries", "q.sql"), "SELECT symbol\n  FORM trades\n");
            File.WriteAllText(Path.Combine(folder, "Outside.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                  </PropertyGroup>
                  <ItemGroup>
                    <AdditionalFiles Include="queries/*.sql" />
                    <ProjectReference Include="{root}/src/Laminar/Laminar.csproj" />
                    <ProjectReference Include="{root}/analyzers/Laminar.Analyzers/Laminar.Analyzers.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
                  </ItemGroup>
                </Project>
                """);
            string output = Dotnet.Build(folder).Output;
            IEnumerable<string> found = Finding().Matches(output).Select(m => $"{m.Groups["file"].Value}({m.Groups["place"].Value}) {m.Groups["id"].Value}").Distinct().Order(StringComparer.Ordinal);
            Assert.That(found, Is.EqualTo(new[] { "Program.cs(7,22) LAM2003", "q.sql(2,3) LAM1002" }), output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"(?<file>[\w.]+)\((?<place>\d+,\d+)\): (error|warning) (?<id>\w+):")]
    private static partial Regex Finding();
}
