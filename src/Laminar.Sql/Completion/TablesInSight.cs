using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Completion;

/// <summary>A table of FROM under the name that may stand before a dot.</summary>
internal sealed record TableInSight(string Alias, Relation Relation);

/// <summary>Reads the FROM clause of a frame's query from its tokens, before or behind the place.</summary>
internal static class TablesInSight
{
    private static readonly HashSet<string> Ends = new()
    {
        "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "OFFSET", "EMIT", "ALLOW", "LATE", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "SELECT",
    };

    public static IReadOnlyList<TableInSight> Of(CaretFrame frame, ICatalog catalog)
    {
        List<TableInSight> tables = new();
        int from = From(frame);
        for (int i = from + 1; from >= 0 && i < frame.Tokens.Length && !Closes(frame.Tokens, from, i); i++)
        {
            bool starts = frame.Tokens[i - 1].Keyword is "FROM" or "JOIN" or "," or "TABLE";
            if (starts && IsName(frame.Tokens[i]) && catalog.Find(frame.Tokens[i].Text) is { } relation)
            {
                tables.Add(new TableInSight(Alias(frame.Tokens, i, relation), relation));
            }
        }

        return tables;
    }

    /// <summary>Whether the query has a group window, so that its bounds are columns.</summary>
    public static bool HasWindow(CaretFrame frame)
    {
        int depth = 0;
        for (int i = frame.Start; i < frame.Tokens.Length && depth >= 0 && !frame.Tokens[i].Is(";"); i++)
        {
            depth += frame.Tokens[i].Is("(") ? 1 : frame.Tokens[i].Is(")") ? -1 : 0;
            if (frame.Tokens[i].Keyword is "TUMBLE" or "HOP" or "SLIDE" or "SESSION" or "CUMULATE" && i + 1 < frame.Tokens.Length && frame.Tokens[i + 1].Is("("))
            {
                return true;
            }
        }

        return false;
    }

    private static int From(CaretFrame frame)
    {
        int depth = 0;
        for (int i = Math.Max(frame.Start, frame.Select); i < frame.Tokens.Length && depth >= 0 && !frame.Tokens[i].Is(";"); i++)
        {
            Token token = frame.Tokens[i];
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (depth == 0 && token.Is("FROM") && !(i > 1 && frame.Tokens[i - 1].Is("DISTINCT") && !frame.Tokens[i - 2].Is("SELECT")))
            {
                return i;
            }
        }

        // A parenthesis that isn't closed yet hides the FROM behind it.
        for (int i = frame.At; i < frame.Tokens.Length && !frame.Tokens[i].Is(";") && !frame.Tokens[i].Is(")"); i++)
        {
            if (frame.Tokens[i].Is("FROM"))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Closes(Token[] tokens, int from, int at)
    {
        int depth = 0;
        for (int i = from; i <= at; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
        }

        return depth < 0 || (depth == 0 && (Ends.Contains(tokens[at].Keyword) || tokens[at].Is(";")));
    }

    private static string Alias(Token[] tokens, int name, Relation relation)
    {
        int next = name + 1 < tokens.Length && tokens[name + 1].Is("AS") ? name + 2 : name + 1;
        return next < tokens.Length && IsName(tokens[next]) && !tokens[next].IsContextual() ? tokens[next].Text : relation.Name;
    }

    private static bool IsName(Token token) => token.Kind == TokenKind.QuotedName || (token.IsWord && !Keywords.IsReserved(token.Keyword));

    /// <summary>Words that follow a table and are no alias, though they aren't reserved.</summary>
    private static bool IsContextual(this Token token) => token.Keyword is "EMIT" or "ALLOW" or "LATE" or "WINDOW" or "ASOF" or "FETCH" or "SEMI" or "ANTI";
}
