using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Joins.</content>
internal sealed partial class Parser
{
    private TableSyntax Joins(TableSyntax left)
    {
        while (true)
        {
            int start = Current.Span.Start;
            int before = _index;
            bool natural = At("NATURAL") && Accept("NATURAL");
            JoinKind? kind = JoinWords();
            if (kind is null)
            {
                _index = before;
                return left;
            }

            TextSpan kindSpan = From(start);
            TableSyntax right = AliasedTable();
            JoinTable join = new(left, kind.Value, right, kindSpan, From(left.Span.Start)) { Natural = natural };
            left = Condition(join);
        }
    }

    /// <summary>Takes <c>[INNER | LEFT | ...] JOIN</c>; null when no join starts here.</summary>
    private JoinKind? JoinWords()
    {
        switch (Current.Keyword)
        {
            case "JOIN":
                _index++;
                return JoinKind.Inner;
            case "INNER":
                _index++;
                Expect("JOIN");
                return JoinKind.Inner;
            case "CROSS":
                _index++;
                Expect("JOIN");
                return JoinKind.Cross;
            case "LEFT":
                _index++;
                if (Current.Keyword is "SEMI" or "ANTI")
                {
                    return Filtering();
                }

                return Outer(JoinKind.Left);
            case "RIGHT":
                _index++;
                return Outer(JoinKind.Right);
            case "FULL":
                _index++;
                return Outer(JoinKind.Full);
            case "SEMI" or "ANTI" when AtContextualClause():
                return Filtering();
            case "ASOF" when AtContextualClause():
                _index++;
                return Asof();
            default:
                return null;
        }
    }

    private JoinKind Outer(JoinKind kind)
    {
        Accept("OUTER");
        Expect("JOIN");
        return kind;
    }

    private JoinKind Filtering()
    {
        JoinKind kind = Take().Is("SEMI") ? JoinKind.Semi : JoinKind.Anti;
        Expect("JOIN");
        return kind;
    }

    private JoinKind Asof()
    {
        bool left = Accept("LEFT");
        if (left)
        {
            Accept("OUTER");
        }
        else
        {
            Accept("INNER");
        }

        Expect("JOIN");
        return left ? JoinKind.AsofLeft : JoinKind.Asof;
    }

    private JoinTable Condition(JoinTable join)
    {
        bool asof = join.Kind is JoinKind.Asof or JoinKind.AsofLeft;
        bool done = false;
        while (!done)
        {
            if (At("MATCH_CONDITION") && join.Match is null)
            {
                join = join with { Match = Match() };
            }
            else if (At("ON") && join.On is null && join.Using.Count == 0)
            {
                _index++;
                join = join with { On = Expression() };
            }
            else if (At("USING") && join.On is null && join.Using.Count == 0)
            {
                _index++;
                join = join with { Using = NamesInParentheses() };
            }
            else
            {
                done = true;
            }
        }

        bool needed = join.Kind != JoinKind.Cross && !join.Natural && !asof;
        if (needed && join.On is null && join.Using.Count == 0)
        {
            Unexpected("ON and the condition of the join");
        }

        if (asof && join.Match is null)
        {
            Unexpected("MATCH_CONDITION (...)");
        }

        return join with { Span = From(join.Span.Start) };
    }

    private MatchCondition Match()
    {
        int start = Take().Span.Start;
        bool opened = Open();
        bool nearest = At("NEAREST", "(");
        if (nearest)
        {
            _index++;
        }

        ExpressionSyntax condition = Expression();
        ExpressionSyntax? tolerance = null;
        if (Accept(","))
        {
            Expect("TOLERANCE");
            tolerance = Expression();
        }

        Close(opened);
        return new MatchCondition(condition, nearest, tolerance, From(start));
    }
}
