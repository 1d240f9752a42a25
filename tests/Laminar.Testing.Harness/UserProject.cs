using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Laminar.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Laminar.Testing;

/// <summary>A project as a user would write it, in memory.</summary>
public sealed class UserProject
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private readonly List<(string Path, string Text)> _files = [];
    private readonly List<(string Path, string Text)> _sqlFiles = [];
    private readonly List<MetadataReference> _references = [.. StandardReferences];

    /// <param name="code">The first C# file; <c>using System; using Laminar;</c> isn't added.</param>
    /// <param name="path">Its path.</param>
    public UserProject(string code, string path = "User.cs") => AddCode(path, code);

    /// <summary>net10.0, Laminar, the runtime, the file connectors and what they need.</summary>
    public static ImmutableArray<MetadataReference> StandardReferences { get; } = LoadReferences();

    /// <summary>The assembly's name.</summary>
    public string AssemblyName { get; init; } = "User";

    /// <summary>The project's folder, as MSBuild would tell the generator; null for a build that doesn't.</summary>
    public string? ProjectFolder { get; init; }

    /// <summary>Adds a C# file.</summary>
    public UserProject AddCode(string path, string code)
    {
        _files.Add((path, code));
        return this;
    }

    /// <summary>Adds an additional file.</summary>
    public UserProject AddSql(string path, string text)
    {
        _sqlFiles.Add((path, text));
        return this;
    }

    /// <summary>References another compiled project.</summary>
    public UserProject AddReference(UserCompilation other)
    {
        _references.Add(MetadataReference.CreateFromImage(other.EmitImage()));
        return this;
    }

    /// <summary>Runs the generator; whatever comes of it is in the result.</summary>
    public UserCompilation Compile()
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, allowUnsafe: false)

            // As the SDK does: a library built for net8.0 is fine on net10.0.
            .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);
        CSharpCompilation compilation = CSharpCompilation.Create(
            AssemblyName, _files.Select(f => CSharpSyntaxTree.ParseText(f.Text, ParseOptions, f.Path)), _references, options);

        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new LaminarGenerator().AsSourceGenerator()],
            _sqlFiles.Select(f => new TextFile(f.Path, f.Text)),
            ParseOptions,
            new ProjectOptions(ProjectFolder),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return UserCompilation.Run(driver, compilation);
    }

    /// <summary>Compiles, checks that there is no error and no warning, and loads.</summary>
    /// <exception cref="UserCodeException">There is one.</exception>
    public UserAssembly Load() => Compile().Load();

    private static ImmutableArray<MetadataReference> LoadReferences()
    {
        Type[] markers =
        [
            typeof(LaminarOptions),
            typeof(UserProject),
            typeof(Apache.Arrow.RecordBatch),
            typeof(Microsoft.Extensions.Logging.ILogger),
        ];
        IEnumerable<string> paths = markers.Select(m => m.Assembly.Location)
            .Concat(new[] { "Laminar.Runtime", "Laminar.Formats", "Laminar.Connectors.Files" }
                .Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll"))
                .Where(File.Exists));
        return [.. Net100.References.All, .. paths.Select(p => MetadataReference.CreateFromFile(p))];
    }
}
