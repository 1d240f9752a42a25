using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Analyzers;
using Laminar.Generators.Discovery;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.CodeFixes;

/// <summary>Which string literals of a document hold SQL: those in our attributes, and constants that such an attribute names in the same document.</summary>
internal static class SqlLiterals
{
    /// <summary>The attribute whose SQL the literal is, or a part of; null when it is none.</summary>
    public static async Task<AttributeSyntax?> AttributeOf(Document document, LiteralExpressionSyntax literal, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !literal.Token.IsKind(SyntaxKind.StringLiteralToken) && !literal.Token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) && !literal.Token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
        {
            return null;
        }

        AttributeArgumentSyntax? argument = literal.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is not null)
        {
            return IsSql(argument, model, cancellation) ? argument.FirstAncestorOrSelf<AttributeSyntax>() : null;
        }

        if (literal.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { } variable || model.GetDeclaredSymbol(variable, cancellation) is not IFieldSymbol { IsConst: true } constant)
        {
            return null;
        }

        return model.SyntaxTree.GetRoot(cancellation).DescendantNodes().OfType<AttributeArgumentSyntax>()
            .Where(a => IsSql(a, model, cancellation))
            .FirstOrDefault(a => a.Expression.DescendantNodesAndSelf().Any(e => e is IdentifierNameSyntax name && name.Identifier.ValueText == constant.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, constant)))
            ?.FirstAncestorOrSelf<AttributeSyntax>();
    }

    /// <summary>Whether a document's place lies in a string literal, and in which.</summary>
    public static LiteralExpressionSyntax? At(SyntaxNode root, int position)
    {
        SyntaxToken token = root.FindToken(position);
        LiteralExpressionSyntax? literal = token.Parent as LiteralExpressionSyntax;
        if (literal is null && position > 0)
        {
            literal = root.FindToken(position - 1).Parent as LiteralExpressionSyntax;
        }

        return literal;
    }

    private static bool IsSql(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        if (argument.NameEquals is not null || argument.Parent?.Parent is not AttributeSyntax attribute)
        {
            return false;
        }

        return model.GetSymbolInfo(attribute, cancellation).Symbol?.ContainingType is { } type
            && Symbols.NameOf(type) is AttributeNames.StreamPipeline or AttributeNames.StreamQuery or LaminarAnalyzer.MappedQueryName;
    }
}
