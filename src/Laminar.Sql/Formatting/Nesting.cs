using System.Collections.Generic;

namespace Laminar.Sql.Formatting;

/// <summary>Pieces to groups: what stands between parentheses, brackets, CASE and END.</summary>
internal static class Nesting
{
    public static IReadOnlyList<Node> Of(IReadOnlyList<Piece> pieces)
    {
        Stack<(Piece Open, List<Node> Items)> open = new();
        List<Node> items = new();
        foreach (Piece piece in pieces)
        {
            if (piece.Key is "(" or "[" or "CASE")
            {
                open.Push((piece, items));
                items = new List<Node>();
            }
            else if (piece.Key is ")" or "]" or "END" && open.Count > 0 && Closes(open.Peek().Open.Key, piece.Key))
            {
                (Piece opening, List<Node> outer) = open.Pop();
                outer.Add(new Node(opening, items, piece));
                items = outer;
            }
            else
            {
                items.Add(new Node(piece));
            }
        }

        // The text has no syntax errors, so all that was opened is closed; what isn't stays as it is.
        while (open.Count > 0)
        {
            (Piece opening, List<Node> outer) = open.Pop();
            outer.Add(new Node(opening));
            outer.AddRange(items);
            items = outer;
        }

        return items;
    }

    private static bool Closes(string open, string close) => (open, close) is ("(", ")") or ("[", "]") or ("CASE", "END");
}
