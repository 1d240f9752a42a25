using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.CodeFixes;

/// <summary>Makes a type <c>partial</c>, or a pipeline <c>static</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModifierFix))]
[Shared]
public sealed class ModifierFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("LAM0001", "LAM0002", "LAM0017");

    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            TypeDeclarationSyntax? declaration = root?.FindToken(diagnostic.Location.SourceSpan.Start).Parent?.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().FirstOrDefault();
            if (declaration is not null)
            {
                SyntaxKind modifier = diagnostic.Id == "LAM0017" ? SyntaxKind.StaticKeyword : SyntaxKind.PartialKeyword;
                string title = "Make '" + declaration.Identifier.ValueText + "' " + SyntaxFacts.GetText(modifier);
                context.RegisterCodeFix(CodeAction.Create(title, cancellation => Add(context.Document, declaration, modifier, cancellation), title), diagnostic);
            }
        }
    }

    private static async Task<Document> Add(Document document, TypeDeclarationSyntax declaration, SyntaxKind modifier, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        SyntaxToken token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        return document.WithSyntaxRoot(root.ReplaceNode(declaration, WithModifier(declaration, token)));
    }

    /// <summary><c>partial</c> stands last; <c>static</c> before it. The first token of the declaration keeps the comments in front of it.</summary>
    private static TypeDeclarationSyntax WithModifier(TypeDeclarationSyntax declaration, SyntaxToken token)
    {
        SyntaxTokenList modifiers = declaration.Modifiers;
        int partial = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        int at = token.IsKind(SyntaxKind.StaticKeyword) && partial >= 0 ? partial : modifiers.Count;
        if (at > 0 || modifiers.Count > 0)
        {
            if (at == 0)
            {
                token = token.WithLeadingTrivia(modifiers[0].LeadingTrivia);
                modifiers = modifiers.Replace(modifiers[0], modifiers[0].WithLeadingTrivia());
            }

            return declaration.WithModifiers(modifiers.Insert(at, token));
        }

        SyntaxTriviaList leading = declaration.Keyword.LeadingTrivia;
        return (TypeDeclarationSyntax)declaration.WithKeyword(declaration.Keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(token.WithLeadingTrivia(leading)));
    }
}
