using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Analyzers;
using Laminar.Analyzers.Literals;
using Laminar.Generators.Signatures;
using Laminar.Sql.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Completion;

/// <summary>What can be written at a place of a C# document that lies inside SQL.</summary>
/// <param name="Replaces">The characters of the document that an item takes the place of.</param>
/// <param name="Items">As the front end found them, and as they are written in the literal.</param>
internal sealed record SqlCompletionContext(TextSpan Replaces, ImmutableArray<(SqlCompletionItem Item, string Written)> Items)
{
    // Discovery walks the whole project; one compilation is asked once, however many keys are pressed over it.
    private static readonly ConditionalWeakTable<Compilation, ProjectState> States = new();

    /// <summary>Null when the place isn't inside the SQL of one of our attributes, or is in a part of it that isn't written there.</summary>
    public static async Task<SqlCompletionContext?> At(Document document, int position, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        if (root?.FindToken(position).Parent?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || SqlArgument.Of(argument, model, cancellation) is not { } text
            || text.Map.OffsetOf(model.SyntaxTree, position) is not { } offset)
        {
            return null;
        }

        ProjectCatalog catalog = ProjectCatalog.Of(States.GetValue(model.Compilation, compilation => StateOf(document.Project, compilation)).Signatures);
        SqlCompletionList list = text.IsScript ? SqlCompletion.InScript(text.Sql, offset, catalog) : SqlCompletion.InQuery(text.Sql, offset, catalog);
        TextSpan replaces = list.Replaces.Length == 0 ? new TextSpan(position, 0) : text.Map.Locate(list.Replaces).SourceSpan;
        return new SqlCompletionContext(replaces, list.Items.Select(item => (item, text.Map.Escape(list.Replaces, item.Text) ?? item.Text)).ToImmutableArray());
    }

    private static ProjectState StateOf(Project project, Compilation compilation)
    {
        string folder = project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? found) ? found.Replace('\\', '/') : string.Empty;
        return ProjectState.Of(compilation, project.AnalyzerOptions.AdditionalFiles, folder, CancellationToken.None);
    }
}
