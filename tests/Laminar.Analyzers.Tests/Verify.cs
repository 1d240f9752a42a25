using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Runs the analyzer over a project in memory and compares what it reports with the markers in its sources.</summary>
public sealed class Verify
{
    public const string Path = "/project/User.cs";

    /// <summary>The sources that every test can read.</summary>
    public const string Sources = """
        using System;
        using Laminar;
        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);
        [StreamSource("ticks")]
        public readonly partial record struct Tick(long Id, string Name, decimal Amount, DateTime At);
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview);

    public static readonly ImmutableArray<MetadataReference> Contract = [.. Net100.References.All, Reference("Laminar")];

    private static readonly ImmutableArray<MetadataReference> Everything = [.. Contract, Reference("Laminar.Runtime"), Reference("Laminar.Connectors.Files"), Reference("Laminar.Formats")];

    private readonly List<(string Path, string Text)> _sources = [];
    private readonly List<(string Path, string Text)> _sqlFiles = [];
    private readonly List<Expected> _expected = [];
    private readonly List<MetadataReference> _extra = [];
    private bool _withRuntime = true;

    /// <param name="code">A C# file with markers; <c>using System; using Laminar;</c> the source <c>trades</c> and the source without watermark <c>ticks</c> are added.</param>
    public Verify(string code)
    {
        Code(Path, "using System;\nusing Laminar;\n" + code);
        Code("/project/Trade.cs", Sources);
    }

    public static Task Of(string code) => new Verify(code).Run();

    public Verify Code(string path, string marked)
    {
        _sources.Add((path, Read(path, marked)));
        return this;
    }

    public Verify Sql(string path, string marked)
    {
        _sqlFiles.Add((path, Read(path, marked)));
        return this;
    }

    public Verify WithoutRuntime()
    {
        _withRuntime = false;
        return this;
    }

    public Verify Reference(MetadataReference reference)
    {
        _extra.Add(reference);
        return this;
    }

    public async Task Run()
    {
        IEnumerable<Diagnostic> diagnostics = await Diagnostics();
        Expected[] found = [.. diagnostics.Select(d => new Expected(d.Location.GetLineSpan().Path, d.Id, d.Location.SourceSpan.Start, d.Location.SourceSpan.End))];
        Assert.That(found.Select(Describe).Order(), Is.EqualTo(_expected.Select(Describe).Order()), string.Join("\n", diagnostics));
        Assert.That(diagnostics.Select(d => d.GetMessage()), Has.None.Match(@"\{\d"), "arguments are missing");
    }

    public async Task<ImmutableArray<Diagnostic>> Diagnostics()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "User",
            _sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, ParseOptions, s.Path)),
            [.. _withRuntime ? Everything : Contract, .. _extra],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        AnalyzerOptions options = new([.. _sqlFiles.Select(f => (AdditionalText)new TextFile(f.Path, f.Text))], new ProjectOptions("/project/"));
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LaminarAnalyzer()], options);
        ImmutableArray<Diagnostic> all = await analysis.GetAllDiagnosticsAsync();
        return [.. all.Where(d => d.Id.StartsWith("LAM", StringComparison.Ordinal) || d.Id.StartsWith("AD", StringComparison.Ordinal))];
    }

    private static PortableExecutableReference Reference(string name) => MetadataReference.CreateFromFile(System.IO.Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    private string Read(string path, string marked)
    {
        (string text, List<Expected> expected) = Markup.Read(path, marked);
        _expected.AddRange(expected);
        return text;
    }

    private string Describe(Expected place)
    {
        string text = _sources.Concat(_sqlFiles).Where(s => s.Path == place.Path).Select(s => s.Text).FirstOrDefault() ?? string.Empty;
        return $"{place.Path} {place.Id} [{place.Start}..{place.End}) {(place.End <= text.Length ? text[place.Start..place.End] : "?")}";
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class ProjectOptions(string folder) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new Dictionary<string, string> { ["build_property.ProjectDir"] = folder });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values([]);

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
