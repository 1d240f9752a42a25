using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Operands: literals, names, parentheses, CASE, CAST.</content>
internal sealed partial class Parser
{
    private ExpressionSyntax Primary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                return Literal(LiteralKind.Integer);
            case TokenKind.Decimal:
                return Literal(LiteralKind.Decimal);
            case TokenKind.Double:
                return Literal(LiteralKind.Double);
            case TokenKind.String:
                return Literal(LiteralKind.String);
            case TokenKind.Bytes:
                return Literal(LiteralKind.Bytes);
            case TokenKind.Parameter:
                _index++;
                return _parameters?.Invoke(token.Text) is { } value ? value with { Span = token.Span } : new ParameterExpression(token.Text, token.Span);
            case TokenKind.QuotedName:
                return NameOrCall();
            case TokenKind.Symbol when token.Is("("):
                return Parentheses();
            case TokenKind.Word:
                return Word();
            default:
                return Missing("an expression");
        }
    }

    private LiteralExpression Literal(LiteralKind kind)
    {
        Token token = Take();
        return new LiteralExpression(kind, token.Text, token.Span);
    }

    private ExpressionSyntax Missing(string expected)
    {
        Unexpected(expected);
        MissingExpression missing = new(Here());
        SkipToExpressionStop();
        return missing;
    }

    private ExpressionSyntax Word()
    {
        switch (Current.Keyword)
        {
            case "NULL":
                return Literal(LiteralKind.Null);
            case "TRUE":
                return Literal(LiteralKind.True);
            case "FALSE":
                return Literal(LiteralKind.False);
            case "CASE":
                return Case();
            case "CAST" or "TRY_CAST" when Peek(1).Is("("):
                return Cast();
            case "EXISTS" when Peek(1).Is("("):
                return Exists();
            case "LEFT" or "RIGHT" when Peek(1).Is("("):
                return Call(ToIdentifier(Take()));
            case "INTERVAL" when Peek(1).Kind is TokenKind.String or TokenKind.Integer or TokenKind.Decimal || (Peek(1).Is("-") && Peek(2).Kind is TokenKind.Integer or TokenKind.Decimal):
                return Interval();
            case "DATE" or "TIME" or "TIMESTAMP" or "TIMESTAMPTZ" or "UUID" or "JSON" when TypedLiteralFollows():
                return TypedLiteral();
            case "ROW" when Peek(1).Is("("):
                return Row();
            case "ARRAY" when Peek(1).Is("["):
                return Array();
            case "MAP" when Peek(1).Is("["):
                return Map();
            case "CURRENT_TIMESTAMP" or "CURRENT_DATE" or "CURRENT_TIME" or "LOCALTIMESTAMP" or "LOCALTIME" when !Peek(1).Is("(") && !Peek(1).Is("."):
                Token word = Take();
                return new CallExpression(ToIdentifier(word), SyntaxList<ArgumentSyntax>.Empty, word.Span);
            default:
                if (IsName(Current))
                {
                    return NameOrCall();
                }

                if (!IsNameMistake())
                {
                    return Missing("an expression");
                }

                Identifier name = ReservedAsName();
                return new ColumnExpression(new QualifiedName(new SyntaxList<Identifier>(new[] { name }), name.Span), name.Span);
        }
    }

    private bool TypedLiteralFollows() =>
        Peek(1).Kind == TokenKind.String || (Peek(1).Keyword is "WITH" or "WITHOUT" && Peek(2).Is("TIME") && Peek(3).Is("ZONE") && Peek(4).Kind == TokenKind.String);

    private TypedLiteralExpression TypedLiteral()
    {
        int start = Current.Span.Start;
        TypeSyntax type = Type();
        Token text = Take();
        return new TypedLiteralExpression(type, text.Text, text.Span, From(start));
    }

    /// <summary>A dotted name, <c>t.*</c>, or a call. Behind a point any word is a name, so that <c>window.end</c> needs no quotes.</summary>
    private ExpressionSyntax NameOrCall()
    {
        int start = Current.Span.Start;
        List<Identifier> parts = new() { ToIdentifier(Take()) };
        if (At("("))
        {
            return Call(parts[0]);
        }

        while (At("."))
        {
            Token next = Peek(1);
            if (next.Is("*"))
            {
                QualifiedName qualifier = new(new SyntaxList<Identifier>(parts), From(start));
                _index += 2;
                return new StarExpression(qualifier, From(start));
            }

            _index++;
            if (next.Kind is TokenKind.Word or TokenKind.QuotedName && !(Keywords.StopsQuery(next.Keyword) && !IsNameMistake()))
            {
                parts.Add(ToIdentifier(Take()));
                continue;
            }

            Unexpected("the name of a column");
            break;
        }

        QualifiedName name = new(new SyntaxList<Identifier>(parts), From(start));
        return new ColumnExpression(name, name.Span);
    }

    private ExpressionSyntax Parentheses()
    {
        int start = Current.Span.Start;
        bool opened = Open();
        if (AtQuery())
        {
            QuerySyntax query = Query();
            Close(opened);
            return new SubqueryExpression(query, From(start));
        }

        SyntaxList<ExpressionSyntax> items = List(() => Expression());

        // ((SELECT 1) UNION SELECT 2): only now it shows that the first parenthesis holds a query.
        if (items.Count == 1 && items[0] is SubqueryExpression first && AtQueryContinuation())
        {
            QuerySyntax query = QueryBehind(new NestedBody(first.Query, first.Span));
            Close(opened);
            return new SubqueryExpression(query, From(start));
        }

        Close(opened);
        return items.Count == 1 ? new ParenthesizedExpression(items[0], From(start)) : new RowExpression(items, From(start));
    }

    private ExpressionSyntax Row()
    {
        int start = Take().Span.Start;
        bool opened = Open();
        SyntaxList<ExpressionSyntax> items = At(")") ? SyntaxList<ExpressionSyntax>.Empty : List(() => Expression());
        Close(opened);
        return new RowExpression(items, From(start));
    }

    private ExpressionSyntax Array()
    {
        int start = Take().Span.Start;
        return new ArrayExpression(Items(), From(start));
    }

    private ExpressionSyntax Map()
    {
        int start = Take().Span.Start;
        return new MapExpression(Items(), From(start));
    }

    private SyntaxList<ExpressionSyntax> Items()
    {
        bool opened = Open("[");
        SyntaxList<ExpressionSyntax> items = At("]") ? SyntaxList<ExpressionSyntax>.Empty : List(() => Expression());
        Close(opened, "]");
        return items;
    }

    private ExpressionSyntax Exists()
    {
        int start = Take().Span.Start;
        bool opened = Open();
        QuerySyntax query = Query();
        Close(opened);
        return new ExistsExpression(query, From(start));
    }

    private ExpressionSyntax Cast()
    {
        Token word = Take();
        bool opened = Open();
        ExpressionSyntax operand = Expression();
        Expect("AS");
        TypeSyntax type = Type();
        Close(opened);
        return new CastExpression(operand, type, word.Is("TRY_CAST"), From(word.Span.Start));
    }

    private ExpressionSyntax Case()
    {
        int start = Take().Span.Start;
        _cases++;
        ExpressionSyntax? operand = At("WHEN") || (Current.IsWord && Peek(1).Kind != TokenKind.End && AtStrayName() && Mend("WHEN")) ? null : Expression();
        List<WhenClause> whens = new();
        do
        {
            int whenStart = Current.Span.Start;
            Expect("WHEN");
            ExpressionSyntax when = Expression();
            Expect("THEN");
            ExpressionSyntax then = Expression();
            whens.Add(new WhenClause(when, then, From(whenStart)));
        }
        while (At("WHEN") || (AtStrayName() && Mend("WHEN")));

        ExpressionSyntax? otherwise = Accept("ELSE") || (AtStrayName() && Mend("ELSE") && Accept("ELSE")) ? Expression() : null;
        Expect("END");
        _cases--;
        return new CaseExpression(operand, new SyntaxList<WhenClause>(whens), otherwise, From(start));
    }

    /// <summary><c>INTERVAL '5' SECOND</c> and its relatives. A string with words in it needs no unit.</summary>
    private ExpressionSyntax Interval()
    {
        int start = Take().Span.Start;
        int textStart = Current.Span.Start;
        string sign = Accept("-") ? "-" : string.Empty;
        Token literal = Take();
        TextSpan textSpan = From(textStart);
        bool bare = literal.Kind != TokenKind.String || literal.Text.All(c => char.IsDigit(c) || c is '-' or '+' or '.' or ' ');
        string unit = Unit(required: literal.Kind != TokenKind.String, guess: bare);
        string? toUnit = null;
        if (unit.Length > 0 && At("TO"))
        {
            _index++;
            toUnit = Unit(required: true, guess: true);
        }

        return new IntervalExpression(sign + literal.Text, textSpan, unit, toUnit, From(start));
    }

    private string Unit(bool required, bool guess)
    {
        string? unit = UnitOf(Current.Keyword);
        if (unit is null && guess && Current.IsWord && !Keywords.IsReserved(Current.Keyword))
        {
            string? nearest = NearestName.Of(Current.Text, Keywords.Units);
            if (nearest is not null)
            {
                Add(new SqlDiagnostic(SqlRules.UnknownUnit, Current.Span, Current.Text) { Suggestion = nearest });
                unit = nearest;
            }
            else if (required)
            {
                Report(SqlRules.UnknownUnit, Current.Span, Current.Text);
                unit = "SECOND";
            }
        }

        if (unit is null)
        {
            if (required)
            {
                Unexpected("a unit of time such as SECOND");
            }

            return string.Empty;
        }

        _index++;
        if (At("(") && Peek(1).Kind == TokenKind.Integer && Peek(2).Is(")"))
        {
            _index += 3;
        }

        return unit;
    }

    private static string? UnitOf(string keyword)
    {
        if (System.Array.IndexOf(Keywords.Units, keyword) >= 0)
        {
            return keyword;
        }

        string singular = keyword.EndsWith("S", System.StringComparison.Ordinal) ? keyword.Substring(0, keyword.Length - 1) : string.Empty;
        return System.Array.IndexOf(Keywords.Units, singular) >= 0 ? singular : null;
    }
}
