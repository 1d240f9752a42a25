using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Laminar.Sql.Formatting;

/// <summary>Writes groups of pieces in lines. What it does follows from the pieces and their comments alone, so that its own output comes out the same.</summary>
internal sealed class Layout
{
    private const int Step = 4;

    /// <summary>Up to here a whole statement stays on one line.</summary>
    private const int Short = 72;

    private readonly StringBuilder _text = new();
    private int _column;
    private int _lineIndent = -1;
    private bool _mustBreak;

    public override string ToString() => _text.ToString();

    public void Write(IReadOnlyList<Node> script, IReadOnlyList<string> last)
    {
        List<Node> statement = new();
        bool any = false;
        foreach (Node? node in script.Append<Node?>(null))
        {
            if (node is not null && (node.IsGroup || node.Key != ";"))
            {
                statement.Add(node);
                continue;
            }

            if (any && statement.Count > 0)
            {
                Newline(0);
                Emit(string.Empty);
                Newline(0);
            }

            Statement(statement);
            any |= statement.Count > 0;
            if (node is not null)
            {
                Put(node.Piece, 0);
            }

            statement = new List<Node>();
        }

        foreach (string comment in last)
        {
            Newline(0);
            Emit(comment);
        }
    }

    private void Statement(IReadOnlyList<Node> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        if (Flat(items, Short) is { } flat)
        {
            Emit(flat);
            return;
        }

        Query(items, 0);
    }

    private void Query(IReadOnlyList<Node> items, int indent)
    {
        bool first = true;
        foreach (List<Node> clause in Clauses.Split(items))
        {
            if (!first)
            {
                Newline(indent);
            }

            first = false;
            Clause(clause, indent);
        }
    }

    private void Clause(List<Node> clause, int indent)
    {
        if (Fits(clause, indent))
        {
            Inline(clause, indent);
            return;
        }

        int head = Clauses.HeadLength(clause);
        Inline(clause.Take(head), indent);
        List<List<Node>> elements = Clauses.Elements(clause.Skip(head));
        if (elements.Count == 1 || clause[0].Key is "CREATE")
        {
            Condition(clause.Skip(head), indent);
            return;
        }

        foreach (List<Node> element in elements)
        {
            Newline(indent + Step);
            Condition(element, indent + Step);
        }
    }

    /// <summary>An expression or what else stands between commas; if it is too long, broken before AND and OR.</summary>
    private void Condition(IEnumerable<Node> items, int indent)
    {
        List<Node> all = items.ToList();
        if (Fits(all, indent))
        {
            Inline(all, indent);
            return;
        }

        List<List<Node>> parts = Clauses.Conditions(all);
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                Newline(indent + Step);
            }

            Inline(parts[i], i > 0 ? indent + Step : indent);
        }
    }

    private void Inline(IEnumerable<Node> items, int indent)
    {
        foreach (Node item in items)
        {
            if (!item.IsGroup)
            {
                Put(item.Piece, indent);
            }
            else if (item.Items!.Count == 0 || Fits(new[] { item }, indent))
            {
                Put(item.Piece, indent);
                Inline(item.Items!, indent);
                Put(item.Close!, indent);
            }
            else
            {
                Broken(item, indent);
            }
        }
    }

    private void Broken(Node group, int indent)
    {
        Put(group.Piece, indent);
        int inner = indent + Step;
        if (group.Key == "CASE")
        {
            foreach (Node item in group.Items!)
            {
                if (item.Key is "WHEN" or "ELSE")
                {
                    Newline(inner);
                }

                Inline(new[] { item }, inner);
            }
        }
        else if (Clauses.IsQuery(group.Items!))
        {
            Newline(inner);
            Query(group.Items!, inner);
        }
        else
        {
            foreach (List<Node> element in Clauses.Elements(group.Items!))
            {
                Newline(inner);
                Condition(element, inner);
            }
        }

        Newline(indent);
        Put(group.Close!, indent);
    }

    private bool Fits(IReadOnlyList<Node> items, int indent)
    {
        int column = _lineIndent >= 0 ? _lineIndent : _mustBreak ? indent : _column + 1;
        return Flat(items, SqlFormatter.Width - column) is not null;
    }

    /// <summary>All on one line without its leading space; null when it is longer than the limit or has a comment that needs a line.</summary>
    private static string? Flat(IReadOnlyList<Node> items, int limit)
    {
        StringBuilder line = new();
        return Append(items, line, limit) ? line.ToString() : null;
    }

    private static bool Append(IEnumerable<Node> items, StringBuilder line, int limit) => items.All(item =>
        Append(item.Piece, line, limit) && (item.Items is null || (Append(item.Items, line, limit) && Append(item.Close!, line, limit))));

    private static bool Append(Piece piece, StringBuilder line, int limit)
    {
        if (piece.Leading.Count > 0 || piece.Trailing.Any(c => c[0] == '-' || c.Contains('\n')))
        {
            return false;
        }

        line.Append(piece.SpaceBefore && line.Length > 0 ? " " : string.Empty).Append(piece.Text);
        foreach (string comment in piece.Trailing)
        {
            line.Append(' ').Append(comment);
        }

        return line.Length <= limit;
    }

    private void Put(Piece piece, int indent)
    {
        if (piece.Leading.Count > 0 && _column > 0)
        {
            Newline(_lineIndent >= 0 ? _lineIndent : indent);
        }

        foreach (string comment in piece.Leading)
        {
            int at = _lineIndent >= 0 ? _lineIndent : indent;
            Emit(comment);
            Newline(at);
        }

        if (_mustBreak && _lineIndent < 0)
        {
            Newline(indent);
        }

        Emit((piece.SpaceBefore && _lineIndent < 0 && _column > 0 ? " " : string.Empty) + piece.Text);
        foreach (string comment in piece.Trailing)
        {
            Emit(" " + comment);
            _mustBreak |= comment[0] == '-';
        }
    }

    /// <summary>The next text stands on a line of its own.</summary>
    private void Newline(int indent)
    {
        _lineIndent = _text.Length == 0 ? -1 : indent;
    }

    private void Emit(string text)
    {
        if (_lineIndent >= 0)
        {
            _text.Append('\n').Append(' ', text.Length == 0 ? 0 : _lineIndent);
            _column = _lineIndent;
            _lineIndent = -1;
            _mustBreak = false;
        }

        _text.Append(text);
        int line = text.LastIndexOf('\n');
        _column = line < 0 ? _column + text.Length : text.Length - line - 1;
    }
}
