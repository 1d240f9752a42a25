using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// Recursive descent over the tokens. A mistake is reported where it stands; then tokens are skipped up to one where reading can go on, and nothing
/// more is said about that token (<see cref="_quietAt"/>), so that one mistake gives one diagnostic and the rest of the tree still exists.
/// </summary>
internal sealed partial class Parser
{
    private readonly Token[] _tokens;
    private readonly DiagnosticBag _diagnostics;
    private readonly int[] _lexicalErrors;
    private readonly bool _cutShort;
    private int _index;
    private int _quietAt = -1;
    private bool _silent;
    private int _depth;
    private int _parentheses;
    private readonly Func<string, ExpressionSyntax?>? _parameters;
    private int _cases;

    public Parser(string text, DiagnosticBag diagnostics, Func<string, ExpressionSyntax?>? parameters = null)
    {
        _parameters = parameters;
        _diagnostics = diagnostics;
        _tokens = Lexer.Tokenize(text, diagnostics);
        _lexicalErrors = diagnostics.Select(d => d.Span.Start).ToArray();

        // A string without end has swallowed the rest: what is missing behind it is no second mistake.
        _cutShort = diagnostics.Any(d => d.Rule == SqlRules.Unterminated || d.Rule == SqlRules.TextTooLong);
    }

    private Token Current => _tokens[_index];

    private bool AtEnd => Current.Kind == TokenKind.End;

    private int PreviousEnd => _index == 0 ? 0 : _tokens[_index - 1].Span.End;

    private Token Peek(int ahead) => _tokens[Math.Min(_index + ahead, _tokens.Length - 1)];

    private bool At(string keyword) => Current.Is(keyword);

    private bool At(string first, string second) => Current.Is(first) && Peek(1).Is(second);

    private Token Take()
    {
        Token token = Current;
        if (token.Kind != TokenKind.End)
        {
            _index++;
        }

        return token;
    }

    private bool Accept(string keyword)
    {
        if (!At(keyword))
        {
            return false;
        }

        _index++;
        return true;
    }

    private bool Accept(string first, string second)
    {
        if (!At(first, second))
        {
            return false;
        }

        _index += 2;
        return true;
    }

    /// <summary>Takes the keyword or says that it is missing; a near miss is taken for it.</summary>
    private bool Expect(string keyword)
    {
        if (Accept(keyword))
        {
            return true;
        }

        if (!char.IsLetter(keyword[0]))
        {
            Unexpected("'" + keyword + "'");
            return false;
        }

        if (Mend(keyword))
        {
            _index++;
            return true;
        }

        Unexpected(keyword);
        if (Current.IsWord && IsName(Current) && IsName(Peek(1)))
        {
            // Two names in a row: the first one stands where the keyword belongs.
            _index++;
        }

        return false;
    }

    private TextSpan From(int start) => TextSpan.FromBounds(start, Math.Max(start, PreviousEnd));

    private TextSpan Here() => new(Current.Span.Start, 0);

    /// <summary>Goes one level deeper; false when that is too deep: then reading ends, with one diagnostic.</summary>
    private bool Enter()
    {
        if (++_depth <= SqlParser.MaxNesting)
        {
            return true;
        }

        Report(SqlRules.NestedTooDeep, Current.Span, SqlParser.MaxNesting.ToString(CultureInfo.InvariantCulture));
        _silent = true;
        _index = _tokens.Length - 1;
        return false;
    }

    private void Leave() => _depth--;

    /// <summary>Opens a parenthesis or bracket; the result goes to <see cref="Close"/>.</summary>
    private bool Open(string symbol = "(")
    {
        if (!Expect(symbol))
        {
            return false;
        }

        _parentheses++;
        return true;
    }

    /// <summary>Closes what <see cref="Open"/> opened. What stands before the closing one is reported and skipped.</summary>
    private void Close(bool opened, string symbol = ")")
    {
        if (!opened)
        {
            return;
        }

        if (!At(symbol))
        {
            Unexpected("'" + symbol + "'");
            SkipWhile(token => token.Is(symbol) || token.Is(";") || Keywords.StopsQuery(token.Keyword));
        }

        Accept(symbol);
        _parentheses--;
    }

    /// <summary>Items with commas between them, at least one.</summary>
    private SyntaxList<T> List<T>(Func<T> item)
    {
        List<T> items = new();
        while (true)
        {
            items.Add(item());
            if (!At(","))
            {
                return new SyntaxList<T>(items);
            }

            Token comma = Take();
            if (EndsList())
            {
                Report(SqlRules.NothingAfterComma, comma.Span);
                _quietAt = _index;
                return new SyntaxList<T>(items);
            }
        }
    }

    /// <summary>Whether the comma just taken has nothing behind it.</summary>
    private bool EndsList() => AtEnd || At(")") || At("]") || At(";") || (Keywords.StopsQuery(Current.Keyword) && !IsNameMistake());

    private Identifier ToIdentifier(Token token) => new(token.Text, token.Kind == TokenKind.QuotedName, token.Span);

    /// <summary>A name is expected; a reserved word is taken for one, with a diagnostic that shows how to quote it.</summary>
    private Identifier Name(string expected)
    {
        if (IsName(Current))
        {
            return ToIdentifier(Take());
        }

        if (Current.IsWord && IsNameMistake())
        {
            return ReservedAsName();
        }

        Unexpected(expected);
        return new Identifier(string.Empty, false, Here());
    }

    /// <summary>The name of something that is being made: no clause can stand here, so any reserved word was meant as the name.</summary>
    private Identifier NewName(string expected) => Current.IsWord && !IsName(Current) ? ReservedAsName() : Name(expected);

    private Identifier ReservedAsName()
    {
        Token token = Current;
        Add(new SqlDiagnostic(SqlRules.ReservedName, token.Span, token.Text) { Suggestion = "\"" + token.Text + "\"" });
        _index++;
        return ToIdentifier(token);
    }

    private QualifiedName DottedName(string expected)
    {
        int start = Current.Span.Start;
        List<Identifier> parts = new() { Name(expected) };
        while (At(".") && Peek(1).Kind is TokenKind.Word or TokenKind.QuotedName)
        {
            _index++;
            parts.Add(ToIdentifier(Take()));
        }

        return new QualifiedName(new SyntaxList<Identifier>(parts), From(start));
    }

    private static bool IsName(Token token) => token.Kind == TokenKind.QuotedName || (token.IsWord && !Keywords.IsReserved(token.Keyword));
}
