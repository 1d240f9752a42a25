using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// A type as written. <paramref name="Name"/> is upper case with single spaces (<c>BIGINT UNSIGNED</c>, <c>DOUBLE PRECISION</c>,
/// <c>TIMESTAMP WITH TIME ZONE</c>); <c>ARRAY</c>, <c>MAP</c> and <c>ROW</c> have their element types in <see cref="Elements"/>.
/// </summary>
public sealed record TypeSyntax(string Name, TextSpan Span) : SyntaxNode(Span)
{
    /// <summary>Numbers in parentheses: <c>DECIMAL(10, 2)</c>, <c>VARCHAR(20)</c>, <c>TIMESTAMP(3)</c>.</summary>
    public SyntaxList<int> Parameters { get; init; } = SyntaxList<int>.Empty;

    public SyntaxList<TypeSyntax> Elements { get; init; } = SyntaxList<TypeSyntax>.Empty;

    /// <summary>ROW fields' names, one per element.</summary>
    public SyntaxList<Identifier> FieldNames { get; init; } = SyntaxList<Identifier>.Empty;
}
