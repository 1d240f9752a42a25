using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.CodeFixes;

/// <summary>
/// Replaces the exact characters of a finding with what was suggested: the nearest name, the keyword, the quoted name. The analyzer has already written it as the
/// literal needs it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestNameFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) }, DocumentExtensions = new[] { ".cs", ".sql" })]
[Shared]
public sealed class NearestNameFix : CodeFixProvider
{
    /// <summary>See <c>Laminar.Analyzers.Rules.Findings</c>; the two projects share nothing but these words.</summary>
    internal const string Suggestion = "Suggestion";
    internal const string Replacement = "Replacement";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = FixableIds.WithSuggestion;

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(Replacement, out string? replacement) && replacement is not null)
            {
                string shown = diagnostic.Properties.TryGetValue(Suggestion, out string? suggestion) && suggestion is { Length: > 0 } ? "Replace with '" + suggestion + "'" : "Remove";
                TextDocument document = context.TextDocument;
                TextSpan span = diagnostic.Location.SourceSpan;
                context.RegisterCodeFix(CodeAction.Create(shown, cancellation => Replace(document, span, replacement, cancellation), nameof(NearestNameFix)), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> Replace(TextDocument document, TextSpan span, string replacement, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SourceText changed = text.Replace(span, replacement);
        return document is Document
            ? document.Project.Solution.WithDocumentText(document.Id, changed)
            : document.Project.Solution.WithAdditionalDocumentText(document.Id, changed);
    }
}
