using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>A node of the tree. Every node knows its exact characters; missing parts have an empty span where they were expected.</summary>
public abstract record SyntaxNode(TextSpan Span);

/// <summary>A name as written. <paramref name="Text"/> has the quotes removed.</summary>
public sealed record Identifier(string Text, bool Quoted, TextSpan Span) : SyntaxNode(Span);

/// <summary>A dotted name: <c>t</c>, <c>db.t</c>.</summary>
public sealed record QualifiedName(SyntaxList<Identifier> Parts, TextSpan Span) : SyntaxNode(Span)
{
    public Identifier Last => Parts[Parts.Count - 1];
}
