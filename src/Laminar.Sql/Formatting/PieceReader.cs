using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Formatting;

/// <summary>Text to pieces: tells names from keywords by the tree, finds the comments between tokens, and decides where spaces belong.</summary>
internal sealed class PieceReader
{
    private static readonly HashSet<string> CallLike = new(StringComparer.Ordinal) { "CAST", "TRY_CAST", "EXTRACT", "TABLE", "DESCRIPTOR", "UNNEST", "ROW", "ARRAY", "MAP", "MATCH_CONDITION" };

    private readonly string _sql;
    private readonly HashSet<int> _names = new();
    private readonly HashSet<int> _calls = new();
    private readonly HashSet<int> _signs = new();
    private readonly List<TextSpan> _types = new();
    private readonly List<TextSpan> _kept = new();

    private PieceReader(string sql) => _sql = sql;

    /// <returns>The pieces, and the comments behind the last one on lines of their own.</returns>
    public static (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Last) Read(string sql, SyntaxNode root)
    {
        PieceReader reader = new(sql);
        reader.Walk(root);
        return reader.Pieces();
    }

    private void Walk(SyntaxNode root)
    {
        Stack<SyntaxNode> open = new();
        open.Push(root);
        while (open.Count > 0)
        {
            SyntaxNode node = open.Pop();
            switch (node)
            {
                case Identifier name:
                    _kept.Add(name.Span);
                    break;
                case OptionSyntax option:
                    _kept.Add(option.KeySpan);
                    break;
                case CreateFunctionStatement or MatchRecognizeTable:
                    _kept.Add(node.Span);
                    break;
                case CallExpression call:
                    _calls.Add(call.Name.Span.Start);
                    break;
                case WindowTable window:
                    _calls.Add(window.Function.Span.Start);
                    break;
                case TypeSyntax type:
                    _types.Add(type.Span);
                    break;
                case UnaryExpression unary:
                    _signs.Add(unary.OperatorSpan.Start);
                    break;
                case LiteralExpression literal:
                    _signs.Add(literal.Span.Start);
                    break;
                case IntervalExpression interval:
                    _signs.Add(interval.TextSpan.Start);
                    break;
            }

            foreach (SyntaxNode child in SyntaxChildren.Of(node))
            {
                open.Push(child);
            }
        }

        _kept.Sort((a, b) => a.Start.CompareTo(b.Start));
        _types.Sort((a, b) => a.Start.CompareTo(b.Start));
    }

    private (IReadOnlyList<Piece> Pieces, IReadOnlyList<string> Last) Pieces()
    {
        Token[] tokens = Lexer.Tokenize(_sql, new DiagnosticBag());
        Marks names = new(_kept);
        Marks types = new(_types);
        List<Piece> pieces = new();
        List<string> leading = new();
        bool inType = false;
        for (int i = 0; i < tokens.Length; i++)
        {
            Token token = tokens[i];
            int gap = i == 0 ? 0 : tokens[i - 1].Span.End;
            bool end = token.Kind == TokenKind.End;
            leading = Comments(gap, end ? _sql.Length : token.Span.Start, pieces.Count == 0 ? null : pieces[pieces.Count - 1]);
            if (end)
            {
                break;
            }

            bool isName = names.Contains(token.Span);
            if (isName)
            {
                _names.Add(token.Span.Start);
            }

            bool wasInType = inType;
            inType = types.Contains(token.Span);
            string written = _sql.Substring(token.Span.Start, token.Span.Length);
            bool keyword = token.IsWord && !isName;
            Piece piece = new(keyword ? written.ToUpperInvariant() : written, isName ? string.Empty : token.Keyword, i > 0 && Spaced(tokens, i, inType, wasInType));
            piece.Leading.AddRange(leading);
            pieces.Add(piece);
        }

        return (pieces, leading);
    }

    /// <summary>Comments of a gap: those on the line of the piece before it become its own, the others are given back.</summary>
    private List<string> Comments(int start, int end, Piece? before)
    {
        List<string> leading = new();
        bool newLine = before is null;
        int i = start;
        while (i < end)
        {
            bool line = _sql[i] == '-';
            if (!line && _sql[i] != '/')
            {
                newLine |= _sql[i] is '\n' or '\r';
                i++;
                continue;
            }

            int stop = line ? LineEnd(i, end) : BlockEnd(i, end);
            string comment = _sql.Substring(i, stop - i).Replace("\r\n", "\n").TrimEnd();
            (newLine ? leading : before!.Trailing).Add(comment);
            newLine |= line;
            i = stop;
        }

        return leading;
    }

    private int LineEnd(int i, int end)
    {
        while (i < end && _sql[i] is not ('\n' or '\r'))
        {
            i++;
        }

        return i;
    }

    private int BlockEnd(int i, int end)
    {
        int depth = 0;
        while (i < end)
        {
            bool opens = _sql[i] == '/' && i + 1 < end && _sql[i + 1] == '*';
            bool closes = _sql[i] == '*' && i + 1 < end && _sql[i + 1] == '/';
            depth += opens ? 1 : closes ? -1 : 0;
            i += opens || closes ? 2 : 1;
            if (closes && depth == 0)
            {
                return i;
            }
        }

        return end;
    }

    private bool Spaced(Token[] tokens, int i, bool inType, bool wasInType)
    {
        Token a = tokens[i - 1];
        Token b = tokens[i];
        bool adjacent = a.Span.End == b.Span.Start;
        if (a.Is(">") && b.Is(">"))
        {
            // Two side by side are the shift operator, apart they aren't.
            return !adjacent;
        }

        bool number = a.Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Double;
        if (b.Is(",") || b.Is(";") || b.Is(")") || b.Is("]") || b.Is("::") || a.Is("::") || a.Is("(") || a.Is("[") || (b.Is(".") && !number) || (a.Is(".") && (b.IsWord || b.Kind == TokenKind.QuotedName || b.Is("*"))))
        {
            return b.Is("::") && a.Is(":");
        }

        if (b.Is("("))
        {
            bool call = a.IsWord && (_calls.Contains(a.Span.Start) || wasInType || (!_names.Contains(a.Span.Start) && CallLike.Contains(a.Keyword)));
            return !call;
        }

        if (b.Is("["))
        {
            return !(a.IsWord || a.Kind == TokenKind.QuotedName || a.Is(")") || a.Is("]") || a.Is(">"));
        }

        if (inType && wasInType && (b.Is("<") || a.Is("<") || b.Is(">")))
        {
            return false;
        }

        bool sign = (a.Is("-") || a.Is("+") || a.Is("~")) && _signs.Contains(a.Span.Start);
        return !(sign && !b.Is("-") && !b.Is("+"));
    }

    /// <summary>Spans in order, asked for tokens in order.</summary>
    private sealed class Marks
    {
        private readonly List<TextSpan> _spans;
        private int _next;
        private int _end;

        public Marks(List<TextSpan> spans) => _spans = spans;

        public bool Contains(TextSpan token)
        {
            while (_next < _spans.Count && _spans[_next].Start <= token.Start)
            {
                _end = Math.Max(_end, _spans[_next++].End);
            }

            return token.End <= _end;
        }
    }
}
