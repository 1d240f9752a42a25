using System.Text;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Numbers, strings, bytes, quoted names.</content>
internal sealed partial class Lexer
{
    private void ReadNumber()
    {
        int start = _position;
        TokenKind kind = TokenKind.Integer;
        SkipDigits();
        if (Current == '.' && Peek(1) != '.')
        {
            kind = TokenKind.Decimal;
            _position++;
            SkipDigits();
        }

        if (Current is 'e' or 'E' && (IsDigit(Peek(1)) || (Peek(1) is '+' or '-' && IsDigit(Peek(2)))))
        {
            kind = TokenKind.Double;
            _position += 2;
            SkipDigits();
        }

        int end = _position;
        bool junk = IsNamePart(Current) || (Current == '.' && IsDigit(Peek(1)));
        while (IsNamePart(Current) || (Current == '.' && IsNamePart(Peek(1))))
        {
            _position++;
        }

        if (junk)
        {
            TextSpan span = TextSpan.FromBounds(start, _position);
            _diagnostics.Report(SqlRules.InvalidNumber, span, _text.Substring(span.Start, span.Length));
        }

        Add(kind, _text.Substring(start, end - start), start, _position);
    }

    private void SkipDigits()
    {
        while (IsDigit(Current))
        {
            _position++;
        }
    }

    /// <summary>A plain string; the two quotes are the only escape. <paramref name="start"/> may lie before the quote (a prefix).</summary>
    private void ReadString(int start, int quote)
    {
        StringBuilder value = new();
        _position = quote + 1;
        if (ReadQuoted('\'', value))
        {
            Add(TokenKind.String, value.ToString(), start, _position);
            return;
        }

        ReportUnterminated(start, quote + 1 - start, "string", "', and write a quote inside it as ''");
        Add(TokenKind.String, value.ToString(), start, _text.Length);
    }

    private void ReadQuotedName(char quote)
    {
        int start = _position++;
        StringBuilder value = new();
        if (!ReadQuoted(quote, value))
        {
            ReportUnterminated(start, 1, "quoted name", quote.ToString());
        }
        else if (value.Length == 0)
        {
            _diagnostics.Report(SqlRules.UnexpectedToken, TextSpan.FromBounds(start, _position), "an empty quoted name", "a name between the quotes");
        }

        Add(TokenKind.QuotedName, value.ToString(), start, _position);
    }

    /// <summary>Reads behind the opening quote up to and with the closing one; false at the end of the text.</summary>
    private bool ReadQuoted(char quote, StringBuilder value)
    {
        while (_position < _text.Length)
        {
            if (Current == quote)
            {
                _position++;
                if (Current != quote)
                {
                    return true;
                }
            }

            value.Append(Current);
            _position++;
        }

        return false;
    }

    private void ReadBytes()
    {
        int start = _position++;
        StringBuilder value = new();
        _position++;
        if (!ReadQuoted('\'', value))
        {
            ReportUnterminated(start, 2, "bytes literal", "'");
        }
        else
        {
            string digits = value.ToString();
            for (int i = 0; i < digits.Length; i++)
            {
                if (!IsHex(digits[i]))
                {
                    _diagnostics.Report(SqlRules.InvalidEscape, new TextSpan(start + 2 + i, 1), digits[i].ToString(), "a bytes literal", "use the digits 0-9 and A-F, two for each byte");
                    Add(TokenKind.Bytes, string.Empty, start, _position);
                    return;
                }
            }

            if (digits.Length % 2 != 0)
            {
                _diagnostics.Report(SqlRules.InvalidEscape, TextSpan.FromBounds(start, _position), _text.Substring(start, _position - start), "SQL", "write two hex digits for each byte");
                value.Clear();
            }
        }

        Add(TokenKind.Bytes, value.ToString(), start, _position);
    }

    /// <summary><c>E'...'</c> with the escapes of PostgreSQL.</summary>
    private void ReadEscapedString()
    {
        int start = _position;
        StringBuilder value = new();
        _position += 2;
        while (_position < _text.Length)
        {
            if (Current == '\'')
            {
                _position++;
                if (Current != '\'')
                {
                    Add(TokenKind.String, value.ToString(), start, _position);
                    return;
                }
            }

            if (Current == '\\' && _position + 1 < _text.Length)
            {
                ReadEscape(value);
            }
            else
            {
                value.Append(Current);
                _position++;
            }
        }

        ReportUnterminated(start, 2, "string", "'");
        Add(TokenKind.String, value.ToString(), start, _text.Length);
    }

    private void ReadEscape(StringBuilder value)
    {
        int start = _position;
        char c = Peek(1);
        _position += 2;
        switch (c)
        {
            case 'n': value.Append('\n'); break;
            case 't': value.Append('\t'); break;
            case 'r': value.Append('\r'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case '\\' or '\'' or '"': value.Append(c); break;
            case 'x': ReadCode(value, start, 16, 1, 2); break;
            case 'u': ReadCode(value, start, 16, 4, 4); break;
            case 'U': ReadCode(value, start, 16, 8, 8); break;
            case >= '0' and <= '7':
                _position--;
                ReadCode(value, start, 8, 1, 3);
                break;
            default:
                ReportEscape(start, char.IsHighSurrogate(c) && char.IsLowSurrogate(Current) ? 3 : 2);
                value.Append(c);
                break;
        }
    }

    private void ReadCode(StringBuilder value, int start, int numberBase, int least, int most)
    {
        int digits = 0;
        long code = 0;
        while (digits < most && DigitOf(Current) < numberBase)
        {
            code = (code * numberBase) + DigitOf(Current);
            digits++;
            _position++;
        }

        if (digits < least || code is 0 or > 0x10FFFF)
        {
            ReportEscape(start, _position - start);
        }
        else if (code < 0x10000)
        {
            value.Append((char)code);
        }
        else
        {
            value.Append(char.ConvertFromUtf32((int)code));
        }
    }

    private void ReportEscape(int start, int length)
    {
        _diagnostics.Report(
            SqlRules.InvalidEscape,
            new TextSpan(start, length),
            _text.Substring(start, length),
            "E'...'",
            "use \\n \\t \\r \\b \\f \\\\ \\' \\xHH \\uXXXX or \\UXXXXXXXX, or a plain string");
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };

    private static bool IsHex(char c) => DigitOf(c) < 16;

    /// <summary><c>$$...$$</c> and <c>$tag$...$tag$</c> strings; <c>$1</c> parameters.</summary>
    private void ReadDollar()
    {
        int start = _position;
        int end = start + 1;
        if (IsDigit(Peek(1)))
        {
            while (end < _text.Length && IsDigit(_text[end]))
            {
                end++;
            }

            Add(TokenKind.Parameter, _text.Substring(start, end - start), start, end);
            return;
        }

        while (end < _text.Length && IsNamePart(_text[end]))
        {
            end++;
        }

        if (end >= _text.Length || _text[end] != '$')
        {
            ReportCharacter(1);
            return;
        }

        string tag = _text.Substring(start, end + 1 - start);
        int close = _text.IndexOf(tag, end + 1, System.StringComparison.Ordinal);
        if (close < 0)
        {
            ReportUnterminated(start, tag.Length, "string", tag);
            Add(TokenKind.String, _text.Substring(end + 1), start, _text.Length);
            return;
        }

        Add(TokenKind.String, _text.Substring(end + 1, close - end - 1), start, close + tag.Length);
    }

    private void ReportUnterminated(int start, int length, string what, string closing) =>
        _diagnostics.Report(SqlRules.Unterminated, new TextSpan(start, length), what, closing);
}
