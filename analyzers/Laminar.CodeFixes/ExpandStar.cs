using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Laminar.Analyzers.Literals;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.CodeFixes;

/// <summary>Writes the columns in place of the <c>*</c> under the caret.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(ExpandStar))]
[Shared]
public sealed class ExpandStar : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { } argument
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || SqlArgument.Of(argument, model, context.CancellationToken) is not { } text
            || text.Map.OffsetOf(model.SyntaxTree, context.Span.Start) is not { } offset)
        {
            return;
        }

        ICatalog catalog = ProjectCatalog.Of(ProjectStates.Of(document.Project, model.Compilation).Signatures);
        if (text.IsScript)
        {
            CompiledScript script = SqlCompiler.CompileScript(text.Sql, catalog);
            catalog = new DictionaryCatalog(script.Sources.Select(s => s.Relation).Concat(script.Tables.Select(t => t.Relation)).Concat(script.Streams.Select(s => s.Relation)).Concat(script.Streams.Select(s => s.Late).OfType<Relation>())) { Functions = catalog.Functions };
        }

        if (StarExpansion.At(text.Sql, offset, catalog) is { } fix && SqlPlace.In(text.Map).Edit(fix.Edits[0].Span, fix.Edits[0].Text) is { } edit)
        {
            Solution solution = document.Project.Solution;
            context.RegisterRefactoring(CodeAction.Create(fix.Title, cancellation => FileEdits.Apply(solution, new[] { edit }, cancellation), nameof(ExpandStar)));
        }
    }
}
