using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Laminar.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Laminar.CodeFixes;

/// <summary>All fixes of one kind at once: their edits are made together, so that two insertions at one place are both kept.</summary>
internal sealed class EditFixAll : FixAllProvider
{
    public static readonly EditFixAll Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => new[] { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution };

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        List<Diagnostic> diagnostics = new();
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : new[] { context.Project };
        if (context.Scope == FixAllScope.Document && context.Document is { } document)
        {
            diagnostics.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
        }
        else
        {
            foreach (Project project in projects)
            {
                diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
            }
        }

        ImmutableArray<FileEdit> edits = diagnostics
            .Select(d => FixProperties.Read(d.Properties).FirstOrDefault(f => f.Kind == context.CodeActionEquivalenceKey))
            .Where(f => f is not null)
            .SelectMany(f => f!.Edits)
            .ToImmutableArray();
        Solution solution = context.Solution;
        return edits.IsEmpty ? null : CodeAction.Create("Fix all", cancellation => FileEdits.Apply(solution, edits, cancellation), nameof(EditFixAll));
    }
}
