using System.Collections.Generic;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>OVER, named windows, frames, ORDER BY.</content>
internal sealed partial class Parser
{
    private WindowSpecification Over()
    {
        if (At("("))
        {
            return WindowInParentheses();
        }

        Identifier name = Name("the name of a window or '('");
        return new WindowSpecification(name, SyntaxList<ExpressionSyntax>.Empty, SyntaxList<OrderItem>.Empty, null, name.Span);
    }

    private WindowSpecification WindowInParentheses()
    {
        int start = Current.Span.Start;
        bool opened = Open();
        Identifier? name = null;
        if (IsName(Current) && !(At("PARTITION") && !Peek(1).Is(")") && !Peek(1).Is("ORDER")) && !AtFrame() && !(AtStrayName() && Mend("PARTITION", "ORDER", "ROWS", "RANGE")))
        {
            name = ToIdentifier(Take());
        }

        SyntaxList<ExpressionSyntax> partition = SyntaxList<ExpressionSyntax>.Empty;
        if (Accept("PARTITION"))
        {
            Expect("BY");
            partition = List(() => Expression());
        }

        SyntaxList<OrderItem> order = At("ORDER") ? OrderBy() : SyntaxList<OrderItem>.Empty;
        FrameClause? frame = AtFrame() ? Frame() : null;
        Close(opened);
        return new WindowSpecification(name, partition, order, frame, From(start));
    }

    private SyntaxList<OrderItem> OrderBy()
    {
        Expect("ORDER");
        Expect("BY");
        return List(OrderItem);
    }

    private OrderItem OrderItem()
    {
        int start = Current.Span.Start;
        ExpressionSyntax expression = Expression();
        bool descending = Accept("DESC");
        if (!descending)
        {
            Accept("ASC");
        }

        bool? nullsFirst = null;
        if (Accept("NULLS"))
        {
            nullsFirst = Accept("FIRST");
            if (nullsFirst == false)
            {
                Expect("LAST");
            }
        }

        return new OrderItem(expression, descending, nullsFirst, From(start));
    }

    private bool AtFrame() => Current.Keyword is "ROWS" or "RANGE" or "GROUPS" && (Peek(1).Keyword is "BETWEEN" or "UNBOUNDED" or "CURRENT" || !IsOperandEnd(Peek(1)));

    private FrameClause Frame()
    {
        Token unit = Take();
        FrameBound first;
        FrameBound? last = null;
        if (Accept("BETWEEN"))
        {
            first = Bound();
            Expect("AND");
            last = Bound();
        }
        else
        {
            first = Bound();
        }

        return new FrameClause(unit.Keyword, first, last, Exclusion(), From(unit.Span.Start));
    }

    private string? Exclusion()
    {
        if (!Accept("EXCLUDE"))
        {
            return null;
        }

        if (Accept("CURRENT", "ROW"))
        {
            return "CURRENT ROW";
        }

        if (Accept("NO", "OTHERS"))
        {
            return "NO OTHERS";
        }

        if (Current.Keyword is "GROUP" or "TIES")
        {
            return Take().Keyword;
        }

        Unexpected("CURRENT ROW, GROUP, TIES or NO OTHERS");
        return null;
    }

    private FrameBound Bound()
    {
        int start = Current.Span.Start;
        if (At("UNBOUNDED"))
        {
            _index++;
            FrameBoundKind kind = BoundSide(FrameBoundKind.UnboundedPreceding, FrameBoundKind.UnboundedFollowing);
            return new FrameBound(kind, null, From(start));
        }

        if (Accept("CURRENT", "ROW"))
        {
            return new FrameBound(FrameBoundKind.CurrentRow, null, From(start));
        }

        ExpressionSyntax offset = Expression(RangePower);
        FrameBoundKind side = BoundSide(FrameBoundKind.Preceding, FrameBoundKind.Following);
        return new FrameBound(side, offset, From(start));
    }

    private FrameBoundKind BoundSide(FrameBoundKind preceding, FrameBoundKind following)
    {
        if (Accept("PRECEDING"))
        {
            return preceding;
        }

        if (Accept("FOLLOWING"))
        {
            return following;
        }

        if (Mend("PRECEDING", "FOLLOWING"))
        {
            return Take().Is("PRECEDING") ? preceding : following;
        }

        Unexpected("PRECEDING or FOLLOWING");
        return preceding;
    }

    private SyntaxList<NamedWindow> NamedWindows()
    {
        return List(() =>
        {
            int start = Current.Span.Start;
            Identifier name = Name("the name of a window");
            Expect("AS");
            WindowSpecification specification = WindowInParentheses();
            return new NamedWindow(name, specification, From(start));
        });
    }
}
