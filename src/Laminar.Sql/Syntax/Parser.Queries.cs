using System.Collections.Generic;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Queries: WITH, set operations, VALUES, and the clauses at the end in any order.</content>
internal sealed partial class Parser
{
    /// <summary>Whether a query starts here: SELECT, WITH or VALUES. A misspelt SELECT in front of a FROM counts.</summary>
    private bool AtQuery()
    {
        if (At("SELECT") || (At("WITH") && !Peek(1).Is("TIME")) || At("VALUES", "("))
        {
            return true;
        }

        if (!Current.IsWord || Keywords.IsReserved(Current.Keyword) || (!IsOperandStart(Peek(1)) && !Peek(1).Is("*")) || NearestName.Of(Current.Text, OnlySelect) is null)
        {
            return false;
        }

        int open = 0;
        for (int i = _index + 1; i < _tokens.Length && open >= 0 && !_tokens[i].Is(";"); i++)
        {
            if (open == 0 && _tokens[i].Is("FROM"))
            {
                return Mend("SELECT");
            }

            open += _tokens[i].Is("(") ? 1 : _tokens[i].Is(")") ? -1 : 0;
        }

        return false;
    }

    private static readonly IReadOnlyList<string> OnlySelect = new[] { "SELECT" };

    private static bool IsOperandStart(Token token) => token.Kind is not (TokenKind.Symbol or TokenKind.End) && !Keywords.StopsExpression(token.Keyword);

    /// <summary>Whether what stands behind a query in parentheses makes it part of a larger query.</summary>
    private bool AtQueryContinuation() => Current.Keyword is "UNION" or "INTERSECT" or "EXCEPT" or "ORDER" or "LIMIT" or "OFFSET" || IsEmissionClause();

    private QuerySyntax Query()
    {
        int start = Current.Span.Start;
        if (!Enter())
        {
            Leave();
            return EmptyQuery();
        }

        SyntaxList<CommonTableExpression> with = SyntaxList<CommonTableExpression>.Empty;
        bool recursive = false;
        if (Accept("WITH"))
        {
            recursive = At("RECURSIVE") && !Peek(1).Is("AS") && Accept("RECURSIVE");
            with = List(CommonTable);
        }

        QueryBody body = SetOperations(SetOperand(), 0);
        QuerySyntax query = Tail(body, start) with { With = with, Recursive = recursive };
        Leave();

        // Behind a statement's query they are the statement's to read.
        return _parentheses > 0 && AtQueryOptions() ? WithTail(query) : query;
    }

    private QuerySyntax EmptyQuery()
    {
        SelectBody body = new(SyntaxList<SelectItem>.Empty, Here());
        return new QuerySyntax(body, Here());
    }

    /// <summary>Goes on with a query whose first operand is already read.</summary>
    private QuerySyntax QueryBehind(QueryBody first) => Tail(SetOperations(first, 0), first.Span.Start);

    private CommonTableExpression CommonTable()
    {
        int start = Current.Span.Start;
        Identifier name = NewName("the name of a common table expression");
        SyntaxList<Identifier> columns = At("(") ? NamesInParentheses() : SyntaxList<Identifier>.Empty;
        Expect("AS");
        bool opened = Open();
        QuerySyntax query = Query();
        Close(opened);
        return new CommonTableExpression(name, columns, query, From(start));
    }

    private SyntaxList<Identifier> NamesInParentheses()
    {
        bool opened = Open();
        SyntaxList<Identifier> names = List(() => NewName("a name"));
        Close(opened);
        return names;
    }

    /// <summary>INTERSECT binds tighter than UNION and EXCEPT; all go from left to right.</summary>
    private QueryBody SetOperations(QueryBody left, int least)
    {
        while (true)
        {
            int power = Current.Keyword switch { "UNION" or "EXCEPT" => 1, "INTERSECT" => 2, _ => 0 };
            if (power <= least)
            {
                return left;
            }

            Token word = Take();
            bool all = Accept("ALL");
            if (!all)
            {
                Accept("DISTINCT");
            }

            QueryBody right = SetOperations(SetOperand(), power);
            left = new SetBody(left, word.Keyword, word.Span, all, right, From(left.Span.Start));
        }
    }

    private QueryBody SetOperand()
    {
        int start = Current.Span.Start;
        if (At("VALUES"))
        {
            return Values();
        }

        if (At("("))
        {
            bool opened = Open();
            QuerySyntax query = Query();
            Close(opened);
            return new NestedBody(query, From(start));
        }

        if (At("SELECT") || Mend("SELECT"))
        {
            return Select();
        }

        Unexpected("SELECT");
        SkipWhile(token => token.Is(")") || token.Is("SELECT"));
        return At("SELECT") ? Select() : new SelectBody(SyntaxList<SelectItem>.Empty, Here());
    }

    private ValuesBody Values()
    {
        int start = Take().Span.Start;
        SyntaxList<RowExpression> rows = List(() =>
        {
            int rowStart = Current.Span.Start;
            bool opened = Open();
            SyntaxList<ExpressionSyntax> items = opened ? List(() => Expression()) : SyntaxList<ExpressionSyntax>.Empty;
            Close(opened);
            return new RowExpression(items, From(rowStart));
        });
        return new ValuesBody(rows, From(start));
    }

    /// <summary>What stands at the end of a query. Order is free among EMIT, ALLOW LATENESS and LATE DATA TO; the batch clauses are taken in any place too.</summary>
    private QuerySyntax Tail(QueryBody body, int start)
    {
        QuerySyntax query = new(body, From(start));
        while (true)
        {
            Token word = Current;
            switch (word.Keyword)
            {
                case "ORDER":
                    Repeated(query.OrderBy.Count > 0, "ORDER BY");
                    query = query with { OrderBy = OrderBy() };
                    break;
                case "LIMIT":
                    Repeated(query.Limit is not null, "LIMIT");
                    _index++;
                    query = query with { Limit = Accept("ALL") ? null : Expression() };
                    break;
                case "OFFSET":
                    Repeated(query.Offset is not null, "OFFSET");
                    _index++;
                    query = query with { Offset = Expression() };
                    AcceptRows();
                    break;
                case "FETCH" when AtContextualClause():
                    Repeated(query.Limit is not null, "LIMIT");
                    query = query with { Limit = Fetch() };
                    break;
                case "EMIT" when AtContextualClause():
                    Repeated(query.Emit is not null, "EMIT");
                    query = query with { Emit = Emit() };
                    break;
                case "ALLOW" when AtContextualClause():
                    Repeated(query.AllowLateness is not null, "ALLOW LATENESS");
                    query = query with { AllowLateness = AllowLateness() };
                    break;
                case "LATE" when AtContextualClause():
                    Repeated(query.LateData is not null, "LATE DATA TO");
                    query = query with { LateData = LateData() };
                    break;
                case "FROM" or "WHERE" or "GROUP" or "HAVING" or "QUALIFY":
                case "WINDOW" when AtContextualClause():
                    Report(SqlRules.ClauseOutOfOrder, word.Span, ClauseName(word.Keyword), LastClauseName(query));
                    query = query with { Body = WithClause(query.Body) };
                    break;
                default:
                    if (Keywords.StopsQuery(word.Keyword) || AtEnd || At(";") || AtStatementStart() || (At(")") && _parentheses > 0) || AtQueryOptions())
                    {
                        return query with { Span = From(start) };
                    }

                    if (!Mend(Keywords.Clauses))
                    {
                        Unexpected(At(")") ? "the end of the query; there is no '(' to close" : "the end of the query or a clause such as WHERE or GROUP BY");
                        Stumble();
                    }
                    else if (!Keywords.StopsQuery(Current.Keyword) && !AtContextualClause())
                    {
                        // EMIT, ALLOW and the like without what belongs behind them.
                        Stumble();
                    }

                    break;
            }

            query = query with { Span = From(start) };
        }
    }

    /// <summary>WITH (...) behind the query of CREATE SINK and CREATE MATERIALIZED VIEW.</summary>
    private bool AtQueryOptions() => At("WITH", "(");

    /// <summary>Skips what doesn't belong here, at least one token.</summary>
    private void Stumble()
    {
        if (!AtEnd)
        {
            _index++;
        }

        SkipToClause();
    }

    private void Repeated(bool already, string name)
    {
        if (already)
        {
            Report(SqlRules.RepeatedClause, Current.Span, name);
        }
    }

    private static string ClauseName(string keyword) => keyword is "GROUP" or "ORDER" ? keyword + " BY" : keyword;

    private static string LastClauseName(QuerySyntax query) =>
        query.OrderBy.Count > 0 ? "ORDER BY"
        : query.Limit is not null ? "LIMIT"
        : query.Offset is not null ? "OFFSET"
        : query.Emit is not null ? "EMIT"
        : query.AllowLateness is not null ? "ALLOW LATENESS"
        : query.LateData is not null ? "LATE DATA TO"
        : "the end of the query";

    /// <summary>Reads a clause of SELECT that comes too late into the body, where it is missing there.</summary>
    private QueryBody WithClause(QueryBody body)
    {
        SelectBody read = Clauses(new SelectBody(SyntaxList<SelectItem>.Empty, Here()), once: true);
        return body is not SelectBody select ? body : select with
        {
            From = select.From.Count > 0 ? select.From : read.From,
            Where = select.Where ?? read.Where,
            GroupBy = select.GroupBy ?? read.GroupBy,
            Having = select.Having ?? read.Having,
            Qualify = select.Qualify ?? read.Qualify,
            Windows = select.Windows.Count > 0 ? select.Windows : read.Windows,
        };
    }

    private void AcceptRows()
    {
        if (Current.Keyword is "ROW" or "ROWS")
        {
            _index++;
        }
    }

    /// <summary><c>FETCH FIRST 10 ROWS ONLY</c>.</summary>
    private ExpressionSyntax Fetch()
    {
        _index += 2;
        ExpressionSyntax count = Current.Keyword is "ROW" or "ROWS" ? new LiteralExpression(LiteralKind.Integer, "1", Here()) : Expression();
        AcceptRows();
        Expect("ONLY");
        return count;
    }
}
