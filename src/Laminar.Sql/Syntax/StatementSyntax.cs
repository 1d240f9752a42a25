using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

public sealed record ScriptSyntax(SyntaxList<StatementSyntax> Statements, TextSpan Span) : SyntaxNode(Span);

public abstract record StatementSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>A query that stands alone.</summary>
public sealed record QueryStatement(QuerySyntax Query, TextSpan Span) : StatementSyntax(Span);

/// <summary>What CREATE SOURCE and CREATE [LOOKUP] TABLE share.</summary>
public abstract record CreateRelationStatement(Identifier Name, SyntaxList<ColumnDefinition> Columns, TextSpan Span) : StatementSyntax(Span)
{
    public bool OrReplace { get; init; }

    public bool IfNotExists { get; init; }

    public SyntaxList<Identifier> PrimaryKey { get; init; } = SyntaxList<Identifier>.Empty;

    public WatermarkClause? Watermark { get; init; }

    /// <summary>FROM KAFKA (...): connector and its options.</summary>
    public ConnectorClause? Connector { get; init; }

    /// <summary>WITH (...).</summary>
    public SyntaxList<OptionSyntax> Options { get; init; } = SyntaxList<OptionSyntax>.Empty;
}

public sealed record CreateSourceStatement(Identifier Name, SyntaxList<ColumnDefinition> Columns, TextSpan Span) : CreateRelationStatement(Name, Columns, Span);

public sealed record CreateTableStatement(Identifier Name, bool Lookup, SyntaxList<ColumnDefinition> Columns, TextSpan Span) : CreateRelationStatement(Name, Columns, Span);

/// <summary>A physical column (<see cref="Type"/>) or a computed one (<see cref="Computed"/>, maybe with a type).</summary>
public sealed record ColumnDefinition(Identifier Name, TypeSyntax? Type, TextSpan Span) : SyntaxNode(Span)
{
    public bool NotNull { get; init; }

    public bool PrimaryKey { get; init; }

    public ExpressionSyntax? Computed { get; init; }
}

/// <summary><c>WATERMARK FOR ts AS expression</c>.</summary>
public sealed record WatermarkClause(Identifier Column, ExpressionSyntax Expression, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>FROM KAFKA (...)</c> / <c>INTO KAFKA (...)</c> with <c>FORMAT JSON</c>.</summary>
public sealed record ConnectorClause(Identifier Connector, SyntaxList<OptionSyntax> Options, Identifier? Format, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>key = 'value'</c>. The key may be dotted or quoted; <paramref name="Value"/> is a literal.</summary>
public sealed record OptionSyntax(string Key, TextSpan KeySpan, LiteralExpression Value, TextSpan Span) : SyntaxNode(Span);

public sealed record CreateStreamStatement(Identifier Name, QuerySyntax Query, TextSpan Span) : StatementSyntax(Span)
{
    public bool OrReplace { get; init; }

    public bool IfNotExists { get; init; }

    /// <summary>CREATE MATERIALIZED VIEW rather than CREATE STREAM.</summary>
    public bool Materialized { get; init; }

    public SyntaxList<OptionSyntax> Options { get; init; } = SyntaxList<OptionSyntax>.Empty;
}

/// <summary><c>CREATE SINK s FROM q [WHERE ...] INTO ...</c>, <c>CREATE SINK s WITH (...) [AS SELECT ...]</c>.</summary>
public sealed record CreateSinkStatement(Identifier Name, TextSpan Span) : StatementSyntax(Span)
{
    public bool OrReplace { get; init; }

    public bool IfNotExists { get; init; }

    public QualifiedName? From { get; init; }

    public ExpressionSyntax? Where { get; init; }

    public ConnectorClause? Connector { get; init; }

    public SyntaxList<OptionSyntax> Options { get; init; } = SyntaxList<OptionSyntax>.Empty;

    public QuerySyntax? Query { get; init; }

    /// <summary>Columns of a sink that is fed by INSERT INTO.</summary>
    public SyntaxList<ColumnDefinition> Columns { get; init; } = SyntaxList<ColumnDefinition>.Empty;
}

public sealed record InsertStatement(QualifiedName Target, SyntaxList<Identifier> Columns, QuerySyntax Query, TextSpan Span) : StatementSyntax(Span);

/// <summary>CREATE FUNCTION: parsed so that the diagnostic can say to use [StreamFunction].</summary>
public sealed record CreateFunctionStatement(Identifier Name, TextSpan Span) : StatementSyntax(Span);

/// <summary><paramref name="Mode"/> is empty, <c>DAG</c> or <c>CODE</c>.</summary>
public sealed record ExplainStatement(string Mode, StatementSyntax Statement, TextSpan Span) : StatementSyntax(Span);

/// <summary><paramref name="What"/> is <c>SOURCES</c>, <c>STREAMS</c>, <c>SINKS</c>, <c>TABLES</c> or <c>QUERIES</c>.</summary>
public sealed record ShowStatement(string What, TextSpan Span) : StatementSyntax(Span);

public sealed record DescribeStatement(QualifiedName Name, TextSpan Span) : StatementSyntax(Span);

/// <summary><paramref name="What"/> is <c>SOURCE</c>, <c>STREAM</c>, ... or empty.</summary>
public sealed record DropStatement(string What, QualifiedName Name, bool IfExists, bool Cascade, TextSpan Span) : StatementSyntax(Span);

/// <summary>Stands where a statement could not be read.</summary>
public sealed record MissingStatement(TextSpan Span) : StatementSyntax(Span);
