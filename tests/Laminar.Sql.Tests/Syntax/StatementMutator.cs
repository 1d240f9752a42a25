using System.Text;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>
/// Spoils SQL texts: deletes, doubles, swaps and replaces pieces (words, numbers, strings, symbols) and single characters. Everything follows from the seed.
/// It cuts the text into pieces on its own, not with the lexer under test.
/// </summary>
public sealed class StatementMutator
{
    private static readonly string[] Fragments =
    [
        "SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "JOIN", "ON", "AS", "AND", "OR", "NOT", "NULL", "CASE", "WHEN", "END", "IN", "(", ")", "[", "]", ",", ".", ";",
        "*", "+", "-", "/", "::", "=>", "->", "'", "\"", "`", "$$", "--", "/*", "*/", "E'", "X'", "''", "1", "1e999", "99999999999999999999999999999999999999", "0x", "1.", "?", ":x",
        "INTERVAL", "SECOND", "TUMBLE(", "HOP(", "TABLE(", "DESCRIPTOR(", "OVER (", "EMIT", "CHANGES", "WATERMARK FOR", "CREATE SOURCE", "WITH (", "UNION", "VALUES", "LATERAL", "UNNEST(",
        "\u0000", "\uD83D", "\uDE00", "😀", "é", "\u00A0", "\uFEFF", "\r", "\n", "@", "#", "\\", "{", "}", "!", "~", "^", "%", "<<", ">>",
    ];

    private readonly Random _random;
    private readonly IReadOnlyList<IReadOnlyList<string>> _corpus;

    public StatementMutator(int seed, IReadOnlyList<string> corpus)
    {
        _random = new Random(seed);
        _corpus = corpus.Select(Pieces).ToArray();
    }

    /// <summary>A statement of the corpus with one to six changes.</summary>
    public string Next()
    {
        List<string> pieces = [.. Pick(_corpus)];
        int changes = 1 + _random.Next(6);
        for (int i = 0; i < changes; i++)
        {
            Change(pieces);
        }

        return string.Concat(pieces);
    }

    private static List<string> Pieces(string text)
    {
        List<string> pieces = [];
        int start = 0;
        while (start < text.Length)
        {
            int end = start + 1;
            if (char.IsLetterOrDigit(text[start]) || text[start] == '_')
            {
                while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }
            }
            else if (text[start] == '\'' && text.IndexOf('\'', end) is int close and >= 0)
            {
                end = close + 1;
            }

            pieces.Add(text[start..end]);
            start = end;
        }

        return pieces;
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private void Change(List<string> pieces)
    {
        if (pieces.Count == 0)
        {
            pieces.Add(Pick(Fragments));
            return;
        }

        int at = _random.Next(pieces.Count);
        int other = _random.Next(pieces.Count);
        switch (_random.Next(9))
        {
            case 0:
                pieces.RemoveAt(at);
                break;
            case 1:
                pieces.Insert(at, pieces[at]);
                break;
            case 2:
                (pieces[at], pieces[other]) = (pieces[other], pieces[at]);
                break;
            case 3:
                pieces[at] = Pick(Pick(_corpus));
                break;
            case 4:
                pieces[at] = Pick(Fragments);
                break;
            case 5:
                pieces.Insert(at, " " + Pick(Fragments) + " ");
                break;
            case 6:
                pieces[at] = ChangeCharacter(pieces[at]);
                break;
            case 7:
                pieces.RemoveRange(at, Math.Min(pieces.Count - at, 1 + _random.Next(5)));
                break;
            default:
                // The tail of another statement, as when a paste goes wrong.
                IReadOnlyList<string> donor = Pick(_corpus);
                pieces.RemoveRange(at, pieces.Count - at);
                pieces.AddRange(donor.Skip(_random.Next(donor.Count)));
                break;
        }
    }

    private string ChangeCharacter(string piece)
    {
        if (piece.Length == 0)
        {
            return piece;
        }

        StringBuilder text = new(piece);
        int at = _random.Next(text.Length);
        switch (_random.Next(4))
        {
            case 0:
                text.Remove(at, 1);
                break;
            case 1:
                text.Insert(at, text[at]);
                break;
            case 2:
                text[at] = (char)_random.Next(0x20, 0x7F);
                break;
            default:
                int other = _random.Next(text.Length);
                (text[at], text[other]) = (text[other], text[at]);
                break;
        }

        return text.ToString();
    }
}
