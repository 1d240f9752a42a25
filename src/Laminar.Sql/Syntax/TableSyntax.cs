using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>Something in FROM.</summary>
public abstract record TableSyntax(TextSpan Span) : SyntaxNode(Span)
{
    public Identifier? Alias { get; init; }

    public SyntaxList<Identifier> ColumnAliases { get; init; } = SyntaxList<Identifier>.Empty;
}

/// <summary><c>t [FOR SYSTEM_TIME AS OF o.ts] [AS a]</c>.</summary>
public sealed record NamedTable(QualifiedName Name, ExpressionSyntax? AsOf, TextSpan Span) : TableSyntax(Span);

/// <summary><c>(SELECT ...) [AS a]</c>; <paramref name="Lateral"/> for LATERAL.</summary>
public sealed record DerivedTable(QuerySyntax Query, bool Lateral, TextSpan Span) : TableSyntax(Span);

/// <summary>
/// <c>TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND))</c>, also without the outer TABLE(...).
/// <paramref name="Function"/> is upper case; <paramref name="Arguments"/> are those behind the descriptor, in order.
/// </summary>
public sealed record WindowTable(Identifier Function, TableSyntax Input, Identifier TimeColumn, SyntaxList<ExpressionSyntax> PartitionBy, SyntaxList<ArgumentSyntax> Arguments, TextSpan Span) : TableSyntax(Span);

/// <summary><c>UNNEST(expr) [WITH ORDINALITY]</c>.</summary>
public sealed record UnnestTable(SyntaxList<ExpressionSyntax> Expressions, bool WithOrdinality, TextSpan Span) : TableSyntax(Span);

public enum JoinKind
{
    Inner,
    Left,
    Right,
    Full,
    Cross,
    Semi,
    Anti,
    Asof,
    AsofLeft,
}

/// <summary>A join with its condition: exactly one of <see cref="On"/>, <see cref="Using"/> or none (CROSS).</summary>
public sealed record JoinTable(TableSyntax Left, JoinKind Kind, TableSyntax Right, TextSpan KindSpan, TextSpan Span) : TableSyntax(Span)
{
    public ExpressionSyntax? On { get; init; }

    public SyntaxList<Identifier> Using { get; init; } = SyntaxList<Identifier>.Empty;

    public bool Natural { get; init; }

    public MatchCondition? Match { get; init; }
}

/// <summary><c>MATCH_CONDITION (a.ts &gt;= b.ts [, TOLERANCE INTERVAL ...])</c> or <c>MATCH_CONDITION (NEAREST (a.ts, b.ts) ...)</c>.</summary>
public sealed record MatchCondition(ExpressionSyntax Condition, bool Nearest, ExpressionSyntax? Tolerance, TextSpan Span) : SyntaxNode(Span);

/// <summary>MATCH_RECOGNIZE (...), kept as a span so that the diagnostic stands on it.</summary>
public sealed record MatchRecognizeTable(TableSyntax Input, TextSpan KeywordSpan, TextSpan Span) : TableSyntax(Span);

/// <summary>Stands where a table was expected.</summary>
public sealed record MissingTable(TextSpan Span) : TableSyntax(Span);
