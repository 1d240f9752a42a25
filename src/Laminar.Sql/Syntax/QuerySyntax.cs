using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>A whole query: <c>[WITH ...] body [ORDER BY] [LIMIT] [EMIT ...] [ALLOW LATENESS ...] [LATE DATA TO ...]</c>.</summary>
public sealed record QuerySyntax(QueryBody Body, TextSpan Span) : SyntaxNode(Span)
{
    public SyntaxList<CommonTableExpression> With { get; init; } = SyntaxList<CommonTableExpression>.Empty;

    public bool Recursive { get; init; }

    public SyntaxList<OrderItem> OrderBy { get; init; } = SyntaxList<OrderItem>.Empty;

    public ExpressionSyntax? Limit { get; init; }

    public ExpressionSyntax? Offset { get; init; }

    public EmitClause? Emit { get; init; }

    public AllowLatenessClause? AllowLateness { get; init; }

    public LateDataClause? LateData { get; init; }

    /// <summary>WITH (key = value, ...) at the end.</summary>
    public SyntaxList<OptionSyntax> Options { get; init; } = SyntaxList<OptionSyntax>.Empty;
}

public sealed record CommonTableExpression(Identifier Name, SyntaxList<Identifier> Columns, QuerySyntax Query, TextSpan Span) : SyntaxNode(Span);

public abstract record QueryBody(TextSpan Span) : SyntaxNode(Span);

/// <summary>SELECT ... FROM ... WHERE ... GROUP BY ... HAVING ... WINDOW ... QUALIFY.</summary>
public sealed record SelectBody(SyntaxList<SelectItem> Items, TextSpan Span) : QueryBody(Span)
{
    public bool Distinct { get; init; }

    /// <summary>The word DISTINCT, where it stands.</summary>
    public TextSpan DistinctSpan { get; init; }

    /// <summary>Comma separated; usually one. Empty: a SELECT without FROM.</summary>
    public SyntaxList<TableSyntax> From { get; init; } = SyntaxList<TableSyntax>.Empty;

    public ExpressionSyntax? Where { get; init; }

    public GroupByClause? GroupBy { get; init; }

    public ExpressionSyntax? Having { get; init; }

    public SyntaxList<NamedWindow> Windows { get; init; } = SyntaxList<NamedWindow>.Empty;

    public ExpressionSyntax? Qualify { get; init; }
}

/// <summary><paramref name="Operator"/> is <c>UNION</c>, <c>INTERSECT</c> or <c>EXCEPT</c>.</summary>
public sealed record SetBody(QueryBody Left, string Operator, TextSpan OperatorSpan, bool All, QueryBody Right, TextSpan Span) : QueryBody(Span);

/// <summary>VALUES (..), (..).</summary>
public sealed record ValuesBody(SyntaxList<RowExpression> Rows, TextSpan Span) : QueryBody(Span);

/// <summary>A query in parentheses as a body, with clauses of its own.</summary>
public sealed record NestedBody(QuerySyntax Query, TextSpan Span) : QueryBody(Span);

/// <summary>An expression (maybe a star) with an optional alias.</summary>
public sealed record SelectItem(ExpressionSyntax Expression, Identifier? Alias, TextSpan Span) : SyntaxNode(Span);

public sealed record GroupByClause(SyntaxList<GroupingElement> Elements, TextSpan Span) : SyntaxNode(Span);

public enum GroupingKind
{
    /// <summary>One expression, ordinal, alias or group window.</summary>
    Expression,
    GroupingSets,
    Rollup,
    Cube,
}

/// <summary>For <see cref="GroupingKind.Expression"/>: one set with one expression. Otherwise the sets (or the ROLLUP / CUBE items), each a list.</summary>
public sealed record GroupingElement(GroupingKind Kind, SyntaxList<SyntaxList<ExpressionSyntax>> Sets, TextSpan Span) : SyntaxNode(Span);

public sealed record NamedWindow(Identifier Name, WindowSpecification Specification, TextSpan Span) : SyntaxNode(Span);

/// <summary>What stands behind OVER: a bare name, or parentheses with an optional base name.</summary>
public sealed record WindowSpecification(Identifier? BaseName, SyntaxList<ExpressionSyntax> PartitionBy, SyntaxList<OrderItem> OrderBy, FrameClause? Frame, TextSpan Span) : SyntaxNode(Span);

/// <summary><paramref name="Unit"/> is <c>ROWS</c>, <c>RANGE</c> or <c>GROUPS</c>.</summary>
public sealed record FrameClause(string Unit, FrameBound Start, FrameBound? End, string? Exclude, TextSpan Span) : SyntaxNode(Span);

public enum FrameBoundKind
{
    UnboundedPreceding,
    Preceding,
    CurrentRow,
    Following,
    UnboundedFollowing,
}

public sealed record FrameBound(FrameBoundKind Kind, ExpressionSyntax? Offset, TextSpan Span) : SyntaxNode(Span);

public sealed record OrderItem(ExpressionSyntax Expression, bool Descending, bool? NullsFirst, TextSpan Span) : SyntaxNode(Span);

public enum EmitKind
{
    /// <summary>EMIT ON WINDOW CLOSE, EMIT AFTER WATERMARK.</summary>
    OnWindowClose,
    OnUpdate,

    /// <summary>EMIT EVERY interval [PROCESSING TIME].</summary>
    Every,
    Changes,
    Final,
}

public sealed record EmitClause(EmitKind Kind, ExpressionSyntax? Interval, bool ProcessingTime, TextSpan Span) : SyntaxNode(Span);

public sealed record AllowLatenessClause(ExpressionSyntax Interval, TextSpan Span) : SyntaxNode(Span);

public sealed record LateDataClause(Identifier Target, TextSpan Span) : SyntaxNode(Span);
