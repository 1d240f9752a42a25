using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// Text to tokens. What isn't a token is reported once and skipped, so the parser sees only tokens; the last one is always <see cref="TokenKind.End"/>,
/// an empty span behind the last real token.
/// </summary>
internal sealed partial class Lexer
{
    // The longest first. ">>" is two tokens, because it also closes ARRAY<ARRAY<INT>>; the parser joins them.
    private static readonly string[] Symbols =
    {
        "->>", "!~*", "!~", "~*", "::", "->", "=>", "<=", ">=", "<>", "!=", "||", "<<", "==", "&&",
        "+", "-", "*", "/", "%", "=", "<", ">", "&", "|", "^", "#", "~", "(", ")", "[", "]", ",", ".", ";", ":", "!",
    };

    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Token> _tokens = new();
    private int _position;

    private Lexer(string text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
    }

    private char Current => Peek(0);

    public static Token[] Tokenize(string text, DiagnosticBag diagnostics)
    {
        Lexer lexer = new(text, diagnostics);
        if (text.Length > SqlParser.MaxTextLength)
        {
            diagnostics.Report(SqlRules.TextTooLong, new TextSpan(SqlParser.MaxTextLength, 1), Number(text.Length), Number(SqlParser.MaxTextLength));
        }
        else
        {
            lexer.Run();
        }

        int end = lexer._tokens.Count == 0 ? 0 : lexer._tokens[lexer._tokens.Count - 1].Span.End;
        lexer._tokens.Add(new Token(TokenKind.End, string.Empty, string.Empty, new TextSpan(end, 0)));
        return lexer._tokens.ToArray();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsNameStart(char c) => c == '_' || char.IsLetter(c);

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private void Run()
    {
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(Current) || Current == '\uFEFF')
            {
                _position++;
            }
            else if (Current == '-' && Peek(1) == '-')
            {
                SkipLine();
            }
            else if (Current == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else
            {
                ReadToken();
            }
        }
    }

    private void SkipLine()
    {
        while (_position < _text.Length && Current is not ('\n' or '\r'))
        {
            _position++;
        }
    }

    /// <summary>Block comments nest, as in the standard.</summary>
    private void SkipBlockComment()
    {
        int start = _position;
        int depth = 0;
        do
        {
            if (Current == '/' && Peek(1) == '*')
            {
                depth++;
                _position += 2;
            }
            else if (Current == '*' && Peek(1) == '/')
            {
                depth--;
                _position += 2;
            }
            else if (_position >= _text.Length)
            {
                _diagnostics.Report(SqlRules.Unterminated, new TextSpan(start, 2), "comment", "*/");
                return;
            }
            else
            {
                _position++;
            }
        }
        while (depth > 0);
    }

    private void ReadToken()
    {
        char c = Current;
        if (c == '\'')
        {
            ReadString(_position, _position);
        }
        else if (c is 'e' or 'E' && Peek(1) == '\'')
        {
            ReadEscapedString();
        }
        else if (c is 'x' or 'X' && Peek(1) == '\'')
        {
            ReadBytes();
        }
        else if (c is '"' or '`')
        {
            ReadQuotedName(c);
        }
        else if (IsNameStart(c) || char.IsSurrogate(c))
        {
            ReadWord();
        }
        else if (IsDigit(c) || (c == '.' && IsDigit(Peek(1))))
        {
            ReadNumber();
        }
        else if (c == '$')
        {
            ReadDollar();
        }
        else if (c == '?')
        {
            Add(TokenKind.Parameter, "?", _position, _position + 1);
        }
        else if (c is ':' or '@' && IsNameStart(Peek(1)))
        {
            ReadNamedParameter();
        }
        else
        {
            ReadSymbol();
        }
    }

    private void ReadWord()
    {
        int start = _position;
        while (_position < _text.Length)
        {
            if (IsNamePart(Current))
            {
                _position++;
            }
            else if (char.IsHighSurrogate(Current) && char.IsLowSurrogate(Peek(1)) && char.IsLetterOrDigit(_text, _position))
            {
                _position += 2;
            }
            else
            {
                break;
            }
        }

        if (_position == start)
        {
            ReportCharacter(char.IsHighSurrogate(Current) && char.IsLowSurrogate(Peek(1)) ? 2 : 1);
            return;
        }

        string word = _text.Substring(start, _position - start);
        _tokens.Add(new Token(TokenKind.Word, word, word.ToUpperInvariant(), TextSpan.FromBounds(start, _position)));
    }

    private void ReadNamedParameter()
    {
        int start = _position++;
        while (IsNamePart(Current))
        {
            _position++;
        }

        Add(TokenKind.Parameter, _text.Substring(start, _position - start), start, _position);
    }

    private void ReadSymbol()
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, _position, symbol, 0, symbol.Length) == 0)
            {
                _tokens.Add(new Token(TokenKind.Symbol, symbol, symbol, new TextSpan(_position, symbol.Length)));
                _position += symbol.Length;
                return;
            }
        }

        ReportCharacter(1);
    }

    private void ReportCharacter(int length)
    {
        int code = length == 2 ? char.ConvertToUtf32(_text, _position) : _text[_position];
        string shown = char.IsControl(Current) || (length == 1 && char.IsSurrogate(Current)) ? string.Empty : " '" + _text.Substring(_position, length) + "'";
        _diagnostics.Report(SqlRules.InvalidCharacter, new TextSpan(_position, length), "U+" + code.ToString("X4", CultureInfo.InvariantCulture) + shown);
        _position += length;
    }

    private void Add(TokenKind kind, string text, int start, int end)
    {
        _tokens.Add(new Token(kind, text, string.Empty, TextSpan.FromBounds(start, end)));
        _position = end;
    }
}
