using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Generators.Emit;

/// <summary>
/// C# forbids a member called like the type it stands in, so a query class called <c>Pane</c> or <c>Operator</c> has its nested type of that name
/// under another. Names that calling code relies on can't give way: see <see cref="Model.TypeProblem.ReservedName"/>.
/// </summary>
public static class NestedNames
{
    private const string Suffix = "Part";

    private static readonly string[] Kinds = { " class ", " struct ", " interface " };

    /// <summary>What the nested type <paramref name="nested"/> is called in the query class <paramref name="queryClrType"/>, given by its simple or full name.</summary>
    public static string In(string queryClrType, string nested) =>
        queryClrType.Substring(queryClrType.LastIndexOf('.') + 1) == nested ? nested + Suffix : nested;

    /// <summary>The file of a query, its nested types renamed where one is called like the class.</summary>
    public static string Apply(string text, string className)
    {
        if (Declarations(text, className) < 2)
        {
            return text;
        }

        SyntaxNode root = CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();
        bool isValue = root.DescendantNodes().Any(n => n is VariableDeclaratorSyntax v && v.Identifier.ValueText == className);
        return new Renaming(className, isValue).Visit(root).ToFullString();
    }

    /// <summary>How often a type of this name is declared; the class itself is one. Reading the text is much cheaper than parsing it.</summary>
    private static int Declarations(string text, string name) => Kinds.Sum(kind =>
    {
        string declaration = kind + name;
        int found = 0;
        for (int at = text.IndexOf(declaration, System.StringComparison.Ordinal); at >= 0; at = text.IndexOf(declaration, at + 1, System.StringComparison.Ordinal))
        {
            int end = at + declaration.Length;
            found += end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_') ? 0 : 1;
        }

        return found;
    });

    private sealed class Renaming : CSharpSyntaxRewriter
    {
        private readonly string _name;
        private readonly bool _isValue;
        private readonly Stack<bool> _inside = new();

        /// <param name="name">The class's name.</param>
        /// <param name="isValue">True when a field is called so too: before a point the name then means that.</param>
        public Renaming(string name, bool isValue)
        {
            _name = name;
            _isValue = isValue;
        }

        public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => Declaration(node, base.VisitClassDeclaration);

        public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => Declaration(node, base.VisitStructDeclaration);

        public override SyntaxNode? VisitInterfaceDeclaration(InterfaceDeclarationSyntax node) => Declaration(node, base.VisitInterfaceDeclaration);

        public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
        {
            var visited = (ConstructorDeclarationSyntax)base.VisitConstructorDeclaration(node)!;
            return _inside.Count > 1 && node.Identifier.ValueText == _name ? visited.WithIdentifier(Renamed(node.Identifier)) : visited;
        }

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) =>
            IsNested(node) ? node.WithIdentifier(Renamed(node.Identifier)) : base.VisitIdentifierName(node);

        public override SyntaxNode? VisitGenericName(GenericNameSyntax node)
        {
            var visited = (GenericNameSyntax)base.VisitGenericName(node)!;
            return IsNested(node) ? visited.WithIdentifier(Renamed(node.Identifier)) : visited;
        }

        private SyntaxNode? Declaration<T>(T node, System.Func<T, SyntaxNode?> visit)
            where T : TypeDeclarationSyntax
        {
            bool isNested = node.Identifier.ValueText == _name && node.Parent is TypeDeclarationSyntax outer && outer.Identifier.ValueText == _name;
            _inside.Push(isNested);
            var visited = (T)visit(node)!;
            _inside.Pop();
            return isNested ? visited.WithIdentifier(Renamed(node.Identifier)) : visited;
        }

        /// <summary>True where the simple name means a type; types outside the class are always named in full.</summary>
        private bool IsNested(SimpleNameSyntax node) =>
            node.Identifier.ValueText == _name
            && (SyntaxFacts.IsInTypeOnlyContext(node) || (!_isValue && node.Parent is MemberAccessExpressionSyntax access && access.Expression == node))
            && node.Parent is not AliasQualifiedNameSyntax
            && !(node.Parent is QualifiedNameSyntax qualified && qualified.Right == node);

        private static SyntaxToken Renamed(SyntaxToken token) =>
            SyntaxFactory.Identifier(token.LeadingTrivia, token.ValueText + Suffix, token.TrailingTrivia);
    }
}
