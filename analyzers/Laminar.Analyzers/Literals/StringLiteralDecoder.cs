using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Analyzers.Literals;

/// <summary>
/// Where each UTF-16 character of a string literal's value comes from in the source: regular, verbatim, raw on one line and raw on many lines with its indentation taken off.
/// </summary>
internal static class StringLiteralDecoder
{
    /// <summary>The source span of each character of the value, in order; null when the token is no string literal that this understands.</summary>
    public static IReadOnlyList<TextSpan>? Decode(SyntaxToken token)
    {
        List<TextSpan> spans = new(token.ValueText.Length);
        string text = token.Text;
        int start = token.SpanStart;
        if (token.IsKind(SyntaxKind.StringLiteralToken))
        {
            if (text.StartsWith("@", StringComparison.Ordinal))
            {
                Verbatim(text, start, spans);
            }
            else
            {
                Regular(text, start, spans);
            }
        }
        else if (token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
        {
            int quotes = Quotes(text);
            Plain(start + quotes, text.Length - (2 * quotes), spans);
        }
        else if (token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
        {
            MultiLine(text, start, spans);
        }
        else
        {
            return null;
        }

        // The compiler's own value is the judge: a literal with a mistake of C# is taken as a whole.
        return spans.Count == token.ValueText.Length ? spans : null;
    }

    private static int Quotes(string text)
    {
        int quotes = 0;
        while (quotes < text.Length && text[quotes] == '"')
        {
            quotes++;
        }

        return quotes;
    }

    private static void Plain(int start, int length, List<TextSpan> spans)
    {
        for (int i = 0; i < length; i++)
        {
            spans.Add(new TextSpan(start + i, 1));
        }
    }

    private static void Verbatim(string text, int start, List<TextSpan> spans)
    {
        for (int i = 2; i < text.Length - 1;)
        {
            int length = text[i] == '"' ? 2 : 1;
            spans.Add(new TextSpan(start + i, length));
            i += length;
        }
    }

    private static void Regular(string text, int start, List<TextSpan> spans)
    {
        for (int i = 1; i < text.Length - 1;)
        {
            int length = EscapeLength(text, i, out int units);
            for (int unit = 0; unit < units; unit++)
            {
                // Both halves of \U0001F600 stand on the whole escape.
                spans.Add(new TextSpan(start + i, length));
            }

            i += length;
        }
    }

    /// <summary>Source characters of the character or escape at <paramref name="i"/>, and how many UTF-16 units it stands for.</summary>
    private static int EscapeLength(string text, int i, out int units)
    {
        units = 1;
        if (text[i] != '\\' || i + 1 >= text.Length)
        {
            return 1;
        }

        switch (text[i + 1])
        {
            case 'u':
                return Math.Min(6, text.Length - i);
            case 'U':
                string digits = text.Substring(i + 2, Math.Min(8, text.Length - i - 2));
                units = uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint code) && code > 0xFFFF ? 2 : 1;
                return Math.Min(10, text.Length - i);
            case 'x':
                int end = i + 2;
                while (end < text.Length && end < i + 6 && Uri.IsHexDigit(text[end]))
                {
                    end++;
                }

                return end - i;
            default:
                return 2;
        }
    }

    private static void MultiLine(string text, int start, List<TextSpan> spans)
    {
        int quotes = Quotes(text);
        int lastLine = text.LastIndexOfAny(new[] { '\n', '\r' }) + 1;
        int indentation = text.Length - quotes - lastLine;
        int line = NextLine(text, quotes);
        while (line < lastLine)
        {
            int next = NextLine(text, line);
            int end = LineEnd(text, line);

            // A blank line may be shorter than the indentation.
            int content = Math.Min(line + indentation, end);
            bool last = next >= lastLine;
            Plain(start + content, (last ? end : next) - content, spans);
            line = next;
        }
    }

    private static int LineEnd(string text, int line)
    {
        int end = line;
        while (end < text.Length && text[end] is not ('\n' or '\r'))
        {
            end++;
        }

        return end;
    }

    private static int NextLine(string text, int line)
    {
        int end = LineEnd(text, line);
        return end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
