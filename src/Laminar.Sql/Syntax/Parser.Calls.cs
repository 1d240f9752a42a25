using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Calls: arguments, the special spellings of the standard, and what stands behind the parenthesis.</content>
internal sealed partial class Parser
{
    private ExpressionSyntax Call(Identifier name)
    {
        bool opened = Open();
        if (name.Quoted)
        {
            return PlainCall(name, opened);
        }

        switch (name.Text.ToUpperInvariant())
        {
            case "EXTRACT":
                return Extract(name, opened);
            case "SUBSTRING":
                return Substring(name, opened);
            case "POSITION":
                return Position(name, opened);
            case "TRIM":
                return Trim(name, opened);
            case "OVERLAY":
                return Overlay(name, opened);
            case "JSON_OBJECT":
                return JsonObject(name, opened);
            default:
                return PlainCall(name, opened);
        }
    }

    private CallExpression PlainCall(Identifier name, bool opened)
    {
        bool distinct = false;
        SyntaxList<ArgumentSyntax> arguments = SyntaxList<ArgumentSyntax>.Empty;
        SyntaxList<OrderItem> order = SyntaxList<OrderItem>.Empty;
        bool? ignoreNulls = null;
        if (opened && !At(")"))
        {
            distinct = Accept("DISTINCT");
            if (!distinct && At("ALL") && !Peek(1).Is(")") && !Peek(1).Is(","))
            {
                _index++;
            }

            arguments = List(Argument);
            ignoreNulls = NullTreatment();
            if (ignoreNulls is null && arguments.Count > 0 && arguments[arguments.Count - 1] is { Value: CallExpression { IgnoreNulls: not null, Over: null } inner } last)
            {
                // FIRST_VALUE(COALESCE(a, b) IGNORE NULLS): the inner call took what is the outer one's.
                ignoreNulls = inner.IgnoreNulls;
                arguments = new SyntaxList<ArgumentSyntax>([.. arguments.Take(arguments.Count - 1), last with { Value = inner with { IgnoreNulls = null } }]);
            }

            order = At("ORDER", "BY") ? OrderBy() : order;
        }

        Close(opened);
        return Behind(new CallExpression(name, arguments, From(name.Span.Start)) { Distinct = distinct, OrderBy = order, IgnoreNulls = ignoreNulls });
    }

    private ArgumentSyntax Argument()
    {
        int start = Current.Span.Start;
        if (At("*"))
        {
            TextSpan span = Take().Span;
            return new ArgumentSyntax(null, new StarExpression(null, span), span);
        }

        Identifier? name = null;
        if (At("TIME", "ZONE"))
        {
            _index += 2;
            name = new Identifier("TIME ZONE", false, From(start));
        }
        else if (Current.Kind is TokenKind.Word or TokenKind.QuotedName && Peek(1).Is("=>"))
        {
            name = ToIdentifier(Take());
            _index++;
        }

        ExpressionSyntax value = Expression();
        return new ArgumentSyntax(name, value, From(start));
    }

    private bool? NullTreatment()
    {
        if (Accept("IGNORE", "NULLS"))
        {
            return true;
        }

        return Accept("RESPECT", "NULLS") ? false : null;
    }

    /// <summary>IGNORE NULLS and RESPECT NULLS stand before FILTER or behind it.</summary>
    private CallExpression NullsOf(CallExpression call, int start) =>
        call.IgnoreNulls is null && NullTreatment() is { } ignore ? call with { IgnoreNulls = ignore, Span = From(start) } : call;

    /// <summary>WITHIN GROUP, FILTER, IGNORE NULLS and OVER, which may follow any call.</summary>
    private CallExpression Behind(CallExpression call)
    {
        int start = call.Span.Start;
        call = NullsOf(call, start);
        if (At("WITHIN", "GROUP"))
        {
            _index += 2;
            bool opened = Open();
            SyntaxList<OrderItem> order = OrderBy();
            Close(opened);
            call = call with { WithinGroup = true, OrderBy = order, Span = From(start) };
        }

        if (At("FILTER", "("))
        {
            _index++;
            bool opened = Open();
            Expect("WHERE");
            ExpressionSyntax filter = Expression();
            Close(opened);
            call = call with { Filter = filter, Span = From(start) };
        }

        call = NullsOf(call, start);
        if (At("OVER") && (Peek(1).Is("(") || (IsName(Peek(1)) && !IsContextualAt(1))))
        {
            _index++;
            WindowSpecification over = Over();
            call = call with { Over = over, Span = From(start) };
        }

        return call;
    }

    private bool IsContextualAt(int ahead)
    {
        int here = _index;
        _index = System.Math.Min(_index + ahead, _tokens.Length - 1);
        bool clause = AtContextualClause();
        _index = here;
        return clause;
    }

    private ExpressionSyntax Extract(Identifier name, bool opened)
    {
        if (!(Current.Kind is TokenKind.Word or TokenKind.String && !At("FROM")))
        {
            Unexpected("a field such as YEAR or HOUR");
        }

        Token field = Current.Kind is TokenKind.Word or TokenKind.String && !At("FROM") ? Take() : new Token(TokenKind.Word, string.Empty, string.Empty, Here());
        Expect("FROM");
        ExpressionSyntax source = Expression();
        Close(opened);
        return new ExtractExpression(field.Text.ToUpperInvariant(), field.Span, source, From(name.Span.Start));
    }

    private CallExpression Lowered(Identifier name, bool opened, List<ArgumentSyntax> arguments)
    {
        Close(opened);
        return Behind(new CallExpression(name, new SyntaxList<ArgumentSyntax>(arguments), From(name.Span.Start)));
    }

    private static void AddArgument(List<ArgumentSyntax> arguments, ExpressionSyntax value) => arguments.Add(new ArgumentSyntax(null, value, value.Span));

    private CallExpression Substring(Identifier name, bool opened)
    {
        List<ArgumentSyntax> arguments = new() { Argument() };
        ExpressionSyntax? from = Accept("FROM") ? Expression() : null;
        ExpressionSyntax? length = Accept("FOR") ? Expression() : null;
        if (from is null && length is not null)
        {
            from = new LiteralExpression(LiteralKind.Integer, "1", new TextSpan(length.Span.Start, 0));
        }

        if (from is not null)
        {
            AddArgument(arguments, from);
        }

        if (length is not null)
        {
            AddArgument(arguments, length);
        }

        if (from is null && Accept(","))
        {
            arguments.AddRange(List(Argument));
        }

        return Lowered(name, opened, arguments);
    }

    private CallExpression Position(Identifier name, bool opened)
    {
        List<ArgumentSyntax> arguments = new();

        // IN separates the operands here, so the first one stops before it.
        AddArgument(arguments, Expression(RangePower));
        if (!Accept("IN"))
        {
            Expect(",");
        }

        AddArgument(arguments, Expression());
        return Lowered(name, opened, arguments);
    }

    private CallExpression Trim(Identifier name, bool opened)
    {
        string function = "TRIM";
        if (Current.Keyword is "LEADING" or "TRAILING" or "BOTH" && (Peek(1).Is("FROM") || !IsOperandEnd(Peek(1))))
        {
            function = Take().Keyword switch { "LEADING" => "LTRIM", "TRAILING" => "RTRIM", _ => "TRIM" };
        }

        List<ArgumentSyntax> arguments = new();
        if (Accept("FROM"))
        {
            arguments.Add(Argument());
        }
        else
        {
            arguments.Add(Argument());
            if (Accept("FROM"))
            {
                arguments.Insert(0, Argument());
            }
            else if (Accept(","))
            {
                arguments.Add(Argument());
            }
        }

        return Lowered(function == "TRIM" ? name : new Identifier(function, false, name.Span), opened, arguments);
    }

    private static bool IsOperandEnd(Token token) => token.Kind is TokenKind.Symbol or TokenKind.End && !token.Is("(");

    private CallExpression Overlay(Identifier name, bool opened)
    {
        List<ArgumentSyntax> arguments = new() { Argument() };
        if (Accept("PLACING"))
        {
            AddArgument(arguments, Expression());
            Expect("FROM");
            AddArgument(arguments, Expression());
            if (Accept("FOR"))
            {
                AddArgument(arguments, Expression());
            }
        }
        else if (Accept(","))
        {
            arguments.AddRange(List(Argument));
        }

        return Lowered(name, opened, arguments);
    }

    /// <summary><c>JSON_OBJECT('k' VALUE v, KEY 'k' VALUE v, 'k', v)</c>: keys and values in turn.</summary>
    private CallExpression JsonObject(Identifier name, bool opened)
    {
        List<ArgumentSyntax> arguments = new();
        if (opened && !At(")"))
        {
            List<ArgumentSyntax> first = new();
            SyntaxList<ArgumentSyntax> pairs = List(() =>
            {
                if (At("KEY") && Peek(1).Kind == TokenKind.String)
                {
                    _index++;
                }

                ArgumentSyntax key = Argument();
                first.Add(key);
                if (Accept("VALUE"))
                {
                    first.Add(Argument());
                }

                return key;
            });
            arguments.AddRange(pairs.Count == 0 ? new List<ArgumentSyntax>() : first);
        }

        return Lowered(name, opened, arguments);
    }
}
