using System.Collections.Generic;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Completion;

/// <summary>Where a place stands: its query, the clause of that query, and the call around it.</summary>
internal sealed class CaretFrame
{
    private static readonly HashSet<string> ClauseWords = new()
    {
        "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "EMIT", "ALLOW", "LATE", "UNION", "INTERSECT", "EXCEPT", "ON", "WITH", "VALUES",
    };

    /// <param name="tokens">Of the whole text; the last one is the end.</param>
    /// <param name="at">Index of the first token that isn't before the place.</param>
    public CaretFrame(Token[] tokens, int at)
    {
        Tokens = tokens;
        At = at;
        Stack<int> open = new();
        for (int i = 0; i < at; i++)
        {
            if (tokens[i].Is("("))
            {
                open.Push(i + 1);
            }
            else if (tokens[i].Is(")") && open.Count > 0)
            {
                open.Pop();
            }
            else if (tokens[i].Is(";"))
            {
                open.Clear();
                Statement = i + 1;
            }
        }

        Start = Statement;
        bool innermost = true;
        foreach (int inner in open)
        {
            if (tokens[inner].Keyword is "SELECT" or "WITH" or "VALUES")
            {
                Start = inner;
                break;
            }

            if (innermost && inner >= 2)
            {
                Call = tokens[inner - 2].Keyword;
                CallStart = inner;
            }

            innermost = false;
        }

        InParentheses = open.Count > 0 && (Start == Statement || CallStart > 0 || !innermost);
        FindClause();
    }

    public Token[] Tokens { get; }

    public int At { get; }

    /// <summary>First token of the statement.</summary>
    public int Statement { get; }

    /// <summary>First token of the innermost query, or of the statement.</summary>
    public int Start { get; }

    /// <summary>The last word that begins a clause of that query, before the place; empty before the first.</summary>
    public string Clause { get; private set; } = string.Empty;

    /// <summary>The last SELECT of that query before the place; -1 without one.</summary>
    public int Select { get; private set; } = -1;

    /// <summary>The word before the innermost open parenthesis of an expression; empty outside.</summary>
    public string Call { get; } = string.Empty;

    /// <summary>First token inside it; 0 outside.</summary>
    public int CallStart { get; }

    /// <summary>Whether the place is in parentheses inside its query.</summary>
    public bool InParentheses { get; }

    /// <summary>The token before the place; the end token when there is none in this statement.</summary>
    public Token Before(int count = 1) => At - count >= Statement ? Tokens[At - count] : Tokens[Tokens.Length - 1];

    private void FindClause()
    {
        int depth = 0;
        for (int i = Start; i < At; i++)
        {
            Token token = Tokens[i];
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (depth != 0 || !token.IsWord || !ClauseWords.Contains(token.Keyword) || (token.Is("FROM") && i > 0 && Tokens[i - 1].Is("DISTINCT") && i > 1 && !Tokens[i - 2].Is("SELECT")))
            {
                continue;
            }

            Clause = token.Keyword;
            Select = token.Is("SELECT") ? i : Select;
        }
    }
}
