using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Laminar.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Laminar.CodeFixes;

/// <summary>
/// Applies the edits that the front end or the analyzer found for a finding: a column added to GROUP BY, a CAST, IS NULL, a watermark on the source's type.
/// They may touch several places, and files other than the finding's.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SqlEditFix), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) }, DocumentExtensions = new[] { ".cs", ".sql" })]
[Shared]
public sealed class SqlEditFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = Descriptors.All.Select(descriptor => descriptor.Id).ToImmutableArray();

    public override FixAllProvider GetFixAllProvider() => EditFixAll.Instance;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.TextDocument.Project.Solution;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (FileFix fix in FixProperties.Read(diagnostic.Properties))
            {
                IReadOnlyList<FileEdit> edits = fix.Edits;
                context.RegisterCodeFix(CodeAction.Create(fix.Title, cancellation => FileEdits.Apply(solution, edits, cancellation), fix.Kind), diagnostic);
            }
        }

        return Task.CompletedTask;
    }
}
