using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Whole texts and the small statements.</content>
internal sealed partial class Parser
{
    private static readonly string[] ShowWords = { "SOURCES", "STREAMS", "SINKS", "TABLES", "QUERIES" };

    private static readonly string[] DropWords = { "SOURCE", "STREAM", "SINK", "TABLE", "VIEW", "FUNCTION" };

    public QuerySyntax WholeQuery()
    {
        if (AtEnd)
        {
            Report(SqlRules.EmptyText, Current.Span, "a query such as SELECT a FROM t");
            return EmptyQuery();
        }

        if (Current.Keyword is "CREATE" or "INSERT" or "DROP" or "EXPLAIN" or "SHOW" or "DESCRIBE" && Peek(1).IsWord)
        {
            Report(SqlRules.OneQueryOnly, Current.Span, "statements such as " + Current.Keyword + " belong into a script ([StreamPipeline])");
            return EmptyQuery();
        }

        QuerySyntax query = WithTail(Query());
        if (Accept(";") && !AtEnd)
        {
            Report(SqlRules.OneQueryOnly, Current.Span, "several statements belong into a script ([StreamPipeline])");
        }
        else if (!AtEnd)
        {
            Unexpected("the end of the query");
        }

        return query;
    }

    public ExpressionSyntax WholeExpression()
    {
        if (AtEnd)
        {
            Report(SqlRules.EmptyText, Current.Span, "an expression such as ts - INTERVAL '5' SECOND");
            return new MissingExpression(Here());
        }

        ExpressionSyntax expression = Expression();
        if (!AtEnd)
        {
            Unexpected("the end of the expression");
        }

        return expression;
    }

    public ScriptSyntax WholeScript()
    {
        List<StatementSyntax> statements = new();
        while (true)
        {
            while (Accept(";"))
            {
            }

            if (AtEnd)
            {
                break;
            }

            int before = _index;
            statements.Add(Statement());
            if (!AtEnd && !At(";"))
            {
                Unexpected("';' before the next statement");
                if (!AtStatementStart() || _index == before)
                {
                    SkipWhile(token => AtStatementStart() && _index > before);
                }
            }
        }

        if (statements.Count == 0)
        {
            Report(SqlRules.EmptyText, Current.Span, "statements such as CREATE SOURCE and CREATE SINK");
        }

        return new ScriptSyntax(new SyntaxList<StatementSyntax>(statements), From(statements.Count == 0 ? 0 : statements[0].Span.Start));
    }

    private StatementSyntax Statement()
    {
        if (!Enter())
        {
            Leave();
            return new MissingStatement(Here());
        }

        _parentheses = 0;
        _cases = 0;
        StatementSyntax statement = StatementOf();
        Leave();
        return statement;
    }

    private StatementSyntax StatementOf()
    {
        int start = Current.Span.Start;
        if (!At("(") && !AtQuery())
        {
            Mend(Keywords.Statements);
        }

        switch (Current.Keyword)
        {
            case "CREATE":
                return Create();
            case "INSERT":
                return Insert();
            case "EXPLAIN":
                return Explain();
            case "SHOW":
                return Show();
            case "DESCRIBE":
                _index++;
                return new DescribeStatement(DottedName("the name of what to describe"), From(start));
            case "DROP":
                return Drop();
            case "SELECT" or "WITH" or "VALUES" or "(":
                return new QueryStatement(WithTail(Query()), From(start));
            default:
                Unexpected("a statement such as CREATE SOURCE, CREATE STREAM, CREATE SINK, INSERT INTO or SELECT");
                SkipWhile(_ => false);
                return new MissingStatement(From(start));
        }
    }

    private StatementSyntax Insert()
    {
        int start = Take().Span.Start;
        Expect("INTO");
        QualifiedName target = DottedName("the name of a sink");
        SyntaxList<Identifier> columns = At("(") && !(Peek(1).Keyword is "SELECT" or "WITH" or "VALUES" or "(") ? NamesInParentheses() : SyntaxList<Identifier>.Empty;
        QuerySyntax query = WithTail(Query());
        return new InsertStatement(target, columns, query, From(start));
    }

    private StatementSyntax Explain()
    {
        int start = Take().Span.Start;
        string mode = Current.Keyword is "DAG" or "CODE" ? Take().Keyword : string.Empty;
        StatementSyntax statement = Statement();
        return new ExplainStatement(mode, statement, From(start));
    }

    private StatementSyntax Show()
    {
        int start = Take().Span.Start;
        if (ShowWords.Contains(Current.Keyword) || Mend(ShowWords))
        {
            string what = Take().Keyword;
            return new ShowStatement(what, From(start));
        }

        Unexpected("SOURCES, STREAMS, SINKS, TABLES or QUERIES");
        SkipWhile(_ => false);
        return new ShowStatement(string.Empty, From(start));
    }

    private StatementSyntax Drop()
    {
        int start = Take().Span.Start;
        string what = string.Empty;
        if (At("MATERIALIZED", "VIEW") || At("LOOKUP", "TABLE"))
        {
            what = Take().Keyword + " " + Take().Keyword;
        }
        else if (DropWords.Contains(Current.Keyword) && Peek(1).Kind is TokenKind.Word or TokenKind.QuotedName && !Peek(1).Is("CASCADE"))
        {
            what = Take().Keyword;
        }

        bool ifExists = At("IF", "EXISTS");
        _index += ifExists ? 2 : 0;
        QualifiedName name = DottedName("the name of what to drop");
        bool cascade = Accept("CASCADE");
        if (!cascade)
        {
            Accept("RESTRICT");
        }

        return new DropStatement(what, name, ifExists, cascade, From(start));
    }
}
