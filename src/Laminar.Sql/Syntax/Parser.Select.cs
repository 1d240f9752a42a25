using System;
using System.Collections.Generic;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>SELECT and its clauses.</content>
internal sealed partial class Parser
{
    private static readonly string[] SelectClauses = { "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY" };

    private SelectBody Select()
    {
        int start = Take().Span.Start;
        bool distinct = false;
        TextSpan distinctSpan = default;
        if (At("DISTINCT"))
        {
            distinct = true;
            distinctSpan = Take().Span;
        }
        else
        {
            Accept("ALL");
        }

        SyntaxList<SelectItem> items;
        if (At("FROM") && !IsNameMistake())
        {
            Unexpected("a column or *");
            items = new SyntaxList<SelectItem>(new[] { new SelectItem(new MissingExpression(Here()), null, Here()) });
        }
        else
        {
            items = List(SelectItem);
        }

        SelectBody body = Clauses(new SelectBody(items, From(start)) { Distinct = distinct, DistinctSpan = distinctSpan }, once: false);
        return body with { Span = From(start) };
    }

    private SelectItem SelectItem()
    {
        int start = Current.Span.Start;
        if (At("*"))
        {
            StarExpression star = new(null, Take().Span);
            return new SelectItem(star, null, From(start));
        }

        ExpressionSyntax expression = Expression();
        Identifier? alias = Alias(Keywords.Clauses, anyWord: true);
        if (!At(",") && !AtEnd && !At(")") && !At(";") && !Keywords.StopsQuery(Current.Keyword) && !AtContextualClause() && !AtStatementStart() && !AtQueryOptions()
            && !(Mend(Keywords.Clauses) && (Keywords.StopsQuery(Current.Keyword) || AtContextualClause())))
        {
            Unexpected("',' or FROM");
            SkipWhile(token => token.Is(",") || token.Is(")") || Keywords.StopsQuery(token.Keyword) || AtContextualClause() || AtStatementStart());
        }

        return new SelectItem(expression, alias, From(start));
    }

    /// <summary>
    /// <c>AS name</c> or a bare name. A bare word that can't be an alias, seen what follows, and is near one of <paramref name="keywords"/> is that keyword, misspelt.
    /// </summary>
    private Identifier? Alias(string[] keywords, bool anyWord)
    {
        if (At("AS") && !Peek(1).Is("OF"))
        {
            _index++;
            if (Current.IsWord && !IsName(Current) && anyWord && (CanFollowAlias(1) || !Keywords.StopsQuery(Current.Keyword)))
            {
                return ToIdentifier(Take());
            }

            return Name("a name");
        }

        if (Current.Kind == TokenKind.QuotedName)
        {
            return ToIdentifier(Take());
        }

        if (!IsName(Current) || AtContextualClause())
        {
            return null;
        }

        bool columns = Peek(1).Is("(") && IsName(Peek(2)) && (Peek(3).Is(",") || Peek(3).Is(")"));
        if (!CanFollowAlias(1) && !columns && Mend(keywords))
        {
            return null;
        }

        return ToIdentifier(Take());
    }

    /// <summary>Reads clauses as long as there are some, or just one. Wrong order and repetition are said, and read all the same.</summary>
    private SelectBody Clauses(SelectBody body, bool once)
    {
        int last = -1;
        int seen = 0;
        do
        {
            string keyword = Current.Keyword;
            int rank = keyword == "WINDOW" && !AtContextualClause() ? -1 : System.Array.IndexOf(SelectClauses, keyword);
            if (rank < 0)
            {
                return body;
            }

            if ((seen & (1 << rank)) != 0)
            {
                Report(SqlRules.RepeatedClause, Current.Span, ClauseName(keyword));
            }
            else if (rank < last && !(rank == 4 && last == 5))
            {
                Report(SqlRules.ClauseOutOfOrder, Current.Span, ClauseName(keyword), ClauseName(SelectClauses[last]));
            }

            seen |= 1 << rank;
            last = Math.Max(last, rank);
            body = Clause(body);
            SettleBeforeClause();
        }
        while (!once);

        return body;
    }

    private SelectBody Clause(SelectBody body)
    {
        switch (Take().Keyword)
        {
            case "FROM":
                return body with { From = List(Table) };
            case "WHERE":
                return body with { Where = Expression() };
            case "GROUP":
                return body with { GroupBy = GroupBy(_tokens[_index - 1].Span.Start) };
            case "HAVING":
                return body with { Having = Expression() };
            case "WINDOW":
                return body with { Windows = NamedWindows() };
            default:
                return body with { Qualify = Expression() };
        }
    }

    /// <summary>After a clause: what belongs to none is reported and skipped.</summary>
    private void SettleBeforeClause()
    {
        while (!AtEnd && !At(";") && !(At(")") && _parentheses > 0) && !Keywords.StopsQuery(Current.Keyword) && !AtContextualClause() && !AtStatementStart() && !AtQueryOptions())
        {
            if (Mend(Keywords.Clauses) && (Keywords.StopsQuery(Current.Keyword) || AtContextualClause()))
            {
                return;
            }

            Unexpected(At(")") ? "the end of the query, because no '(' is open" : "the end of the query or a clause such as WHERE or GROUP BY");
            Stumble();
        }
    }

    private GroupByClause GroupBy(int start)
    {
        Expect("BY");
        List<GroupingElement> elements = new();
        List(() =>
        {
            Grouping(elements);
            return 0;
        });
        return new GroupByClause(new SyntaxList<GroupingElement>(elements), From(start));
    }

    /// <summary>One element; <c>(a, b)</c> outside GROUPING SETS is the same as <c>a, b</c>.</summary>
    private void Grouping(List<GroupingElement> elements)
    {
        int start = Current.Span.Start;
        if (At("GROUPING") && (Peek(1).Is("SETS") || (IsName(Peek(1)) && Peek(2).Is("("))))
        {
            _index++;
            Expect("SETS");
            bool opened = Open();
            SyntaxList<SyntaxList<ExpressionSyntax>> sets = List(GroupingSet);
            Close(opened);
            elements.Add(new GroupingElement(GroupingKind.GroupingSets, sets, From(start)));
            return;
        }

        if (Current.Keyword is "ROLLUP" or "CUBE" && Peek(1).Is("("))
        {
            GroupingKind kind = Take().Is("ROLLUP") ? GroupingKind.Rollup : GroupingKind.Cube;
            bool opened = Open();
            SyntaxList<SyntaxList<ExpressionSyntax>> items = List(GroupingSet);
            Close(opened);
            elements.Add(new GroupingElement(kind, items, From(start)));
            return;
        }

        if (At("(", ")"))
        {
            SyntaxList<ExpressionSyntax> none = GroupingSet();
            elements.Add(new GroupingElement(GroupingKind.GroupingSets, new SyntaxList<SyntaxList<ExpressionSyntax>>(new[] { none }), From(start)));
            return;
        }

        bool list = At("(");
        ExpressionSyntax expression = Expression();
        foreach (ExpressionSyntax item in list && expression is RowExpression row ? row.Items : new SyntaxList<ExpressionSyntax>(new[] { expression }))
        {
            SyntaxList<ExpressionSyntax> set = new(new[] { item });
            elements.Add(new GroupingElement(GroupingKind.Expression, new SyntaxList<SyntaxList<ExpressionSyntax>>(new[] { set }), item.Span));
        }
    }

    /// <summary><c>(a, b)</c>, <c>()</c> or one expression.</summary>
    private SyntaxList<ExpressionSyntax> GroupingSet()
    {
        if (At("(", ")"))
        {
            _index += 2;
            return SyntaxList<ExpressionSyntax>.Empty;
        }

        // ROW(a, b) is one key that is a row.
        bool list = At("(");
        ExpressionSyntax expression = Expression();
        return expression switch
        {
            RowExpression row when list => row.Items,
            ParenthesizedExpression one => new SyntaxList<ExpressionSyntax>(new[] { one.Inner }),
            _ => new SyntaxList<ExpressionSyntax>(new[] { expression }),
        };
    }
}
