using System.Collections.Generic;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>
/// Expressions by precedence climbing (Pratt, "Top down operator precedence", 1973), with the precedences of PostgreSQL's table 4.2.
/// </content>
internal sealed partial class Parser
{
    private const int OrPower = 1;
    private const int AndPower = 2;
    private const int NotPower = 3;
    private const int IsPower = 4;
    private const int ComparisonPower = 5;
    private const int RangePower = 6;
    private const int OtherPower = 7;
    private const int SumPower = 8;
    private const int ProductPower = 9;
    private const int PowerPower = 10;
    private const int ZonePower = 11;
    private const int SignPower = 12;
    private const int SubscriptPower = 13;
    private const int CastPower = 14;

    private ExpressionSyntax Expression(int least = 0)
    {
        if (!Enter())
        {
            Leave();
            return new MissingExpression(Here());
        }

        ExpressionSyntax left = Prefix();
        bool chained = false;
        while (true)
        {
            int power = PowerOfCurrent();
            if (power <= least)
            {
                // A misspelt AND would otherwise end the expression.
                if (power == 0 && AtStrayName() && Mend(Keywords.Operators))
                {
                    continue;
                }

                Leave();
                return left;
            }

            if (power == ComparisonPower && !chained && left is BinaryExpression { Operator: "=" or "<>" or "<" or "<=" or ">" or ">=" })
            {
                chained = true;
                Report(SqlRules.ChainedComparison, Current.Span);
            }

            left = Infix(left, power);
        }
    }

    /// <summary>A plain word that can be neither an alias nor the start of a clause, given what follows it.</summary>
    private bool AtStrayName() => Current.IsWord && !Keywords.IsReserved(Current.Keyword) && !CanFollowAlias(1) && !AtContextualClause();

    /// <summary>How tightly the operator at the current token binds; 0 when it is none.</summary>
    private int PowerOfCurrent()
    {
        switch (Current.Keyword)
        {
            case "OR":
                return OrPower;
            case "AND" or "&&":
                return AndPower;
            case "IS":
                return IsPower;
            case ">" when AtRightShift():
                return OtherPower;
            case "=" or "<>" or "!=" or "==" or "=>" or "<" or "<=" or ">" or ">=":
                return ComparisonPower;
            case "BETWEEN" or "IN" or "LIKE" or "ILIKE":
                return RangePower;
            case "SIMILAR":
                return Peek(1).Is("TO") ? RangePower : 0;
            case "NOT":
                return Peek(1).Keyword is "BETWEEN" or "IN" or "LIKE" or "ILIKE" or "SIMILAR" ? RangePower : 0;
            case "||" or "&" or "|" or "#" or "<<" or "->" or "->>" or "~" or "~*" or "!~" or "!~*":
                return OtherPower;
            case "+" or "-":
                return SumPower;
            case "*" or "/" or "%":
                return ProductPower;
            case "^":
                return PowerPower;
            case "AT":
                return Peek(1).Is("TIME") ? ZonePower : 0;
            case "[":
                return SubscriptPower;
            case "::":
                return CastPower;
            case ".":
                return CastPower;
            default:
                return 0;
        }
    }

    private ExpressionSyntax Infix(ExpressionSyntax left, int power)
    {
        switch (Current.Keyword)
        {
            case "IS":
                return Is(left);
            case "NOT" or "BETWEEN" or "IN" or "LIKE" or "ILIKE" or "SIMILAR":
                return Range(left);
            case "AT":
                return AtTimeZone(left);
            case "[":
                return Subscript(left);
            case "::":
                _index++;
                return new CastExpression(left, Type(), false, From(left.Span.Start));
            case ".":
                _index++;
                Identifier field = Current.IsWord ? ToIdentifier(Take()) : Name("the name of a field");
                return new FieldExpression(left, field, From(left.Span.Start));
            default:
                Token symbol = Operator();
                ExpressionSyntax right = Expression(power);
                return new BinaryExpression(left, symbol.Keyword == "!=" ? "<>" : symbol.Keyword, symbol.Span, right, From(left.Span.Start));
        }
    }

    private bool AtRightShift() => At(">", ">") && Peek(1).Span.Start == Current.Span.End;

    /// <summary>Takes an operator; those of C are said and read as what they mean.</summary>
    private Token Operator()
    {
        if (AtRightShift())
        {
            int start = Take().Span.Start;
            return Take() with { Text = ">>", Keyword = ">>", Span = new TextSpan(start, 2) };
        }

        string? meant = Current.Keyword switch { "==" => "=", "=>" => ">=", "&&" => "AND", "!" => "NOT", _ => null };
        if (meant is not null)
        {
            Add(new SqlDiagnostic(SqlRules.ForeignOperator, Current.Span, Current.Text, meant) { Suggestion = meant });
            _tokens[_index] = Current with { Keyword = meant };
        }

        return Take();
    }

    private ExpressionSyntax Prefix()
    {
        int least;
        switch (Current.Keyword)
        {
            case "NOT" or "!":
                least = NotPower - 1;
                break;
            case "+" or "-":
                least = SignPower;
                break;
            case "~":
                least = OtherPower;
                break;
            default:
                return Primary();
        }

        Token symbol = Operator();
        ExpressionSyntax operand = Expression(least);
        return new UnaryExpression(symbol.Keyword, symbol.Span, operand, From(symbol.Span.Start));
    }

    private ExpressionSyntax Is(ExpressionSyntax left)
    {
        int start = Take().Span.Start;
        bool negated = Accept("NOT");
        if (Current.Keyword is "NULL" or "TRUE" or "FALSE" or "UNKNOWN")
        {
            return new IsExpression(left, Take().Keyword, negated, From(left.Span.Start));
        }

        if (Accept("DISTINCT"))
        {
            Expect("FROM");
            TextSpan span = From(start);
            ExpressionSyntax right = Expression(IsPower);
            return new BinaryExpression(left, negated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM", span, right, From(left.Span.Start));
        }

        if (Mend("NULL", "TRUE", "FALSE", "UNKNOWN"))
        {
            return new IsExpression(left, Take().Keyword, negated, From(left.Span.Start));
        }

        Unexpected("NULL, TRUE, FALSE, UNKNOWN or DISTINCT FROM");
        SkipToExpressionStop();
        return new IsExpression(left, "UNKNOWN", negated, From(left.Span.Start));
    }

    private ExpressionSyntax Range(ExpressionSyntax left)
    {
        bool negated = Accept("NOT");
        Token word = Take();
        switch (word.Keyword)
        {
            case "BETWEEN":
                bool symmetric = Accept("SYMMETRIC");
                ExpressionSyntax low = Expression(RangePower);
                ExpressionSyntax high = Expect("AND") ? Expression(RangePower) : new MissingExpression(Here());
                return new BetweenExpression(left, low, high, negated, symmetric, From(left.Span.Start));
            case "IN":
                return In(left, negated);
            case "SIMILAR":
                Expect("TO");
                return Like(left, "SIMILAR TO", negated);
            default:
                return Like(left, word.Keyword, negated);
        }
    }

    private LikeExpression Like(ExpressionSyntax left, string name, bool negated)
    {
        ExpressionSyntax pattern = Expression(RangePower);
        ExpressionSyntax? escape = Accept("ESCAPE") ? Expression(RangePower) : null;
        return new LikeExpression(left, name, pattern, escape, negated, From(left.Span.Start));
    }

    private ExpressionSyntax In(ExpressionSyntax left, bool negated)
    {
        bool opened = Open();
        if (opened && AtQuery())
        {
            QuerySyntax query = Query();
            Close(opened);
            return new InQueryExpression(left, query, negated, From(left.Span.Start));
        }

        SyntaxList<ExpressionSyntax> items = List(() => Expression(opened ? 0 : RangePower));
        Close(opened);
        return new InListExpression(left, items, negated, From(left.Span.Start));
    }

    private AtTimeZoneExpression AtTimeZone(ExpressionSyntax left)
    {
        _index++;
        Expect("TIME");
        Expect("ZONE");
        ExpressionSyntax zone = Expression(ZonePower);
        return new AtTimeZoneExpression(left, zone, From(left.Span.Start));
    }

    private SubscriptExpression Subscript(ExpressionSyntax left)
    {
        bool opened = Open("[");
        ExpressionSyntax index = Expression();
        Close(opened, "]");
        return new SubscriptExpression(left, index, From(left.Span.Start));
    }
}
