using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Laminar.Testing;

/// <summary>A user's project after the generator has run.</summary>
public sealed class UserCompilation
{
    private readonly GeneratorDriver _driver;
    private readonly CSharpCompilation _input;
    private readonly Lazy<(byte[] Image, ImmutableArray<Diagnostic> Diagnostics)> _emitted;

    private UserCompilation(GeneratorDriver driver, CSharpCompilation input, Compilation output)
    {
        _driver = driver;
        _input = input;
        Output = output;
        _emitted = new(Emit);
    }

    /// <summary>User code and generated code.</summary>
    public Compilation Output { get; }

    /// <summary>What the generator did, steps included.</summary>
    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Generated text by hint name.</summary>
    public IReadOnlyDictionary<string, string> GeneratedFiles => Result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());

    /// <summary>
    /// Errors and warnings, those of the generator itself included. Missing documentation counts in generated code only.
    /// </summary>
    public ImmutableArray<Diagnostic> Problems
    {
        get
        {
            var own = _input.SyntaxTrees.ToHashSet();
            IEnumerable<Diagnostic> generator = Result.Exception is { } e
                ? [Diagnostic.Create("HARNESS", "Generator", "The generator failed: " + e, DiagnosticSeverity.Error, DiagnosticSeverity.Error, true, 0)]
                : Result.Diagnostics;
            return [.. generator, .. _emitted.Value.Diagnostics
                .Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS1701" or "CS1702")) // the SDK switches these off: a package built for an older framework
                .Where(d => d.Id != "CS1591" || (d.Location.SourceTree is { } tree && !own.Contains(tree)))];
        }
    }

    /// <summary>The same project with one file replaced (or added), the generator going on from where it was.</summary>
    public UserCompilation Edit(string path, string code)
    {
        SyntaxTree? old = _input.SyntaxTrees.FirstOrDefault(t => t.FilePath == path);
        SyntaxTree changed = CSharpSyntaxTree.ParseText(code, (CSharpParseOptions)_input.SyntaxTrees[0].Options, path);
        CSharpCompilation input = old is null ? _input.AddSyntaxTrees(changed) : _input.ReplaceSyntaxTree(old, changed);
        return Run(_driver, input);
    }

    /// <summary>How often each tracked step had each outcome in this run.</summary>
    /// <returns>By step name; empty for a step without input.</returns>
    public IReadOnlyDictionary<string, IReadOnlyList<IncrementalStepRunReason>> Steps => Result.TrackedSteps.ToDictionary(
        s => s.Key,
        s => (IReadOnlyList<IncrementalStepRunReason>)[.. s.Value.SelectMany(run => run.Outputs).Select(o => o.Reason)]);

    /// <summary>Compiles, checks that there is no error and no warning, and loads.</summary>
    /// <exception cref="UserCodeException">There is one.</exception>
    public UserAssembly Load(params UserCompilation[] references) => new(EmitImage(), references.Select(r => r.EmitImage()));

    /// <summary>The compiled assembly's bytes.</summary>
    /// <exception cref="UserCodeException">There is an error or a warning.</exception>
    public byte[] EmitImage()
    {
        ImmutableArray<Diagnostic> problems = Problems;
        if (problems.Length > 0)
        {
            throw new UserCodeException(Describe(problems));
        }

        return _emitted.Value.Image;
    }

    internal static UserCompilation Run(GeneratorDriver driver, CSharpCompilation input)
    {
        GeneratorDriver after = driver.RunGeneratorsAndUpdateCompilation(input, out Compilation output, out _);
        return new UserCompilation(after, input, output);
    }

    /// <summary>One pass of the compiler gives the image and the diagnostics; only where there are errors, it may have left some out.</summary>
    private (byte[] Image, ImmutableArray<Diagnostic> Diagnostics) Emit()
    {
        using var image = new MemoryStream();
        EmitResult emitted = Output.Emit(image);
        return emitted.Success ? (image.ToArray(), emitted.Diagnostics) : ([], Output.GetDiagnostics().AddRange(emitted.Diagnostics).Distinct().ToImmutableArray());
    }

    private static string Describe(IEnumerable<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Take(20))
        {
            text.AppendLine(diagnostic.ToString());
            if (diagnostic.Location.SourceTree is { } tree)
            {
                int line = diagnostic.Location.GetLineSpan().StartLinePosition.Line;
                text.Append("    ").AppendLine(tree.GetText().Lines[line].ToString());
            }
        }

        return text.ToString();
    }
}
