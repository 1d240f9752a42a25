using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

public abstract record ExpressionSyntax(TextSpan Span) : SyntaxNode(Span);

public enum LiteralKind
{
    Null,
    True,
    False,

    /// <summary>Digits only: INT or BIGINT or, when longer, DECIMAL.</summary>
    Integer,

    /// <summary>With a point, without exponent: DECIMAL.</summary>
    Decimal,

    /// <summary>With an exponent: DOUBLE.</summary>
    Double,

    /// <summary><c>'...'</c>, with doubled quotes resolved; <c>E'...'</c> with escapes resolved; <c>$$...$$</c>.</summary>
    String,

    /// <summary><c>X'0AFF'</c>: the hex digits.</summary>
    Bytes,
}

/// <summary><paramref name="Text"/> is the value's text: digits as written, string content with quotes and escapes resolved.</summary>
public sealed record LiteralExpression(LiteralKind Kind, string Text, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>DATE '2020-01-01'</c>, <c>TIME '...'</c>, <c>TIMESTAMP '...'</c>, <c>TIMESTAMPTZ '...'</c>, <c>UUID '...'</c>, <c>JSON '...'</c>.</summary>
public sealed record TypedLiteralExpression(TypeSyntax Type, string Text, TextSpan TextSpan, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>
/// <c>INTERVAL '5' SECOND</c>, <c>INTERVAL '1-2' YEAR TO MONTH</c>, <c>INTERVAL '1 day 2 hours'</c> (then <paramref name="Unit"/> is empty),
/// <c>INTERVAL 5 SECOND</c>. Units are upper case and singular.
/// </summary>
public sealed record IntervalExpression(string Text, TextSpan TextSpan, string Unit, string? ToUnit, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>x</c>, <c>t.x</c>, <c>window.start</c>.</summary>
public sealed record ColumnExpression(QualifiedName Name, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>*</c> or <c>t.*</c>, in a select list and in COUNT(*).</summary>
public sealed record StarExpression(QualifiedName? Qualifier, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>?</c>, <c>$1</c>, <c>:name</c>, <c>@name</c>: a parameter of ad-hoc SQL.</summary>
public sealed record ParameterExpression(string Name, TextSpan Span) : ExpressionSyntax(Span);

public sealed record ParenthesizedExpression(ExpressionSyntax Inner, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>Operators <c>+ - ~ NOT</c>, upper case.</summary>
public sealed record UnaryExpression(string Operator, TextSpan OperatorSpan, ExpressionSyntax Operand, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>
/// Operators <c>+ - * / % || = &lt;&gt; &lt; &lt;= &gt; &gt;= AND OR &amp; | ^ &lt;&lt; &gt;&gt; -&gt; -&gt;&gt; ~</c>,
/// <c>IS DISTINCT FROM</c>, <c>IS NOT DISTINCT FROM</c>; <c>!=</c> is given as <c>&lt;&gt;</c>; words are upper case.
/// </summary>
public sealed record BinaryExpression(ExpressionSyntax Left, string Operator, TextSpan OperatorSpan, ExpressionSyntax Right, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><paramref name="Test"/> is <c>NULL</c>, <c>TRUE</c>, <c>FALSE</c> or <c>UNKNOWN</c>.</summary>
public sealed record IsExpression(ExpressionSyntax Operand, string Test, bool Negated, TextSpan Span) : ExpressionSyntax(Span);

public sealed record BetweenExpression(ExpressionSyntax Operand, ExpressionSyntax Low, ExpressionSyntax High, bool Negated, bool Symmetric, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><paramref name="Operator"/> is <c>LIKE</c>, <c>ILIKE</c> or <c>SIMILAR TO</c>.</summary>
public sealed record LikeExpression(ExpressionSyntax Operand, string Operator, ExpressionSyntax Pattern, ExpressionSyntax? Escape, bool Negated, TextSpan Span) : ExpressionSyntax(Span);

public sealed record InListExpression(ExpressionSyntax Operand, SyntaxList<ExpressionSyntax> Items, bool Negated, TextSpan Span) : ExpressionSyntax(Span);

public sealed record InQueryExpression(ExpressionSyntax Operand, QuerySyntax Query, bool Negated, TextSpan Span) : ExpressionSyntax(Span);

public sealed record ExistsExpression(QuerySyntax Query, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A scalar subquery in parentheses.</summary>
public sealed record SubqueryExpression(QuerySyntax Query, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>CASE [operand] WHEN ... THEN ... [ELSE ...] END</c>.</summary>
public sealed record CaseExpression(ExpressionSyntax? Operand, SyntaxList<WhenClause> Whens, ExpressionSyntax? Else, TextSpan Span) : ExpressionSyntax(Span);

public sealed record WhenClause(ExpressionSyntax When, ExpressionSyntax Then, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>CAST(x AS T)</c>, <c>TRY_CAST(x AS T)</c>, <c>x::T</c>.</summary>
public sealed record CastExpression(ExpressionSyntax Operand, TypeSyntax Type, bool Try, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>EXTRACT(field FROM x)</c>; the field is upper case.</summary>
public sealed record ExtractExpression(string Field, TextSpan FieldSpan, ExpressionSyntax Source, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>x AT TIME ZONE zone</c>.</summary>
public sealed record AtTimeZoneExpression(ExpressionSyntax Operand, ExpressionSyntax Zone, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>
/// Any call: scalar function, aggregate, window function or group window (<c>TUMBLE(ts, ...)</c>). The special spellings are lowered to
/// plain arguments: <c>SUBSTRING(x FROM a FOR b)</c> -> (x, a, b), <c>POSITION(a IN b)</c> -> POSITION(a, b),
/// <c>TRIM(LEADING c FROM x)</c> -> LTRIM(x, c), <c>OVERLAY(x PLACING y FROM a FOR b)</c> -> (x, y, a, b).
/// </summary>
public sealed record CallExpression(Identifier Name, SyntaxList<ArgumentSyntax> Arguments, TextSpan Span) : ExpressionSyntax(Span)
{
    public bool Distinct { get; init; }

    /// <summary>ORDER BY inside the parentheses, or WITHIN GROUP (ORDER BY ...).</summary>
    public SyntaxList<OrderItem> OrderBy { get; init; } = SyntaxList<OrderItem>.Empty;

    public bool WithinGroup { get; init; }

    public ExpressionSyntax? Filter { get; init; }

    /// <summary>True for IGNORE NULLS, false for RESPECT NULLS, null when not said.</summary>
    public bool? IgnoreNulls { get; init; }

    public WindowSpecification? Over { get; init; }
}

/// <summary>
/// One argument; <paramref name="Name"/> for <c>name =&gt; value</c>. <c>JSON_OBJECT('k' VALUE v)</c> gives the key and the value as two
/// arguments; <c>TIME ZONE 'x'</c> in a window gives an argument named <c>TIME ZONE</c>.
/// </summary>
public sealed record ArgumentSyntax(Identifier? Name, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>ARRAY[a, b]</c>.</summary>
public sealed record ArrayExpression(SyntaxList<ExpressionSyntax> Items, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>MAP[k, v, ...]</c>: keys and values in turn.</summary>
public sealed record MapExpression(SyntaxList<ExpressionSyntax> Items, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>ROW(a, b)</c> or <c>(a, b)</c>.</summary>
public sealed record RowExpression(SyntaxList<ExpressionSyntax> Items, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>x[i]</c>.</summary>
public sealed record SubscriptExpression(ExpressionSyntax Operand, ExpressionSyntax Index, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>(row).field</c> on something that isn't a plain name.</summary>
public sealed record FieldExpression(ExpressionSyntax Operand, Identifier Field, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>Stands where an expression was expected and none could be read; its error is already reported.</summary>
public sealed record MissingExpression(TextSpan Span) : ExpressionSyntax(Span);
