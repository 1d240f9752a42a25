using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Formatting;

/// <summary>Where lines of a query or statement may begin.</summary>
internal static class Clauses
{
    private static readonly HashSet<string> Starters = new()
    {
        "SELECT", "FROM", "WHERE", "HAVING", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "LIMIT", "OFFSET", "FETCH", "EMIT", "ALLOW", "LATE", "VALUES",
    };

    private static readonly HashSet<string> JoinWords = new() { "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ASOF", "SEMI", "ANTI", "OUTER" };

    public static bool IsQuery(IReadOnlyList<Node> items) => items.Count > 0 && items[0].Key is "SELECT" or "WITH" or "VALUES";

    public static List<List<Node>> Split(IReadOnlyList<Node> items)
    {
        List<List<Node>> clauses = new();
        for (int i = 0; i < items.Count; i++)
        {
            if (i == 0 || Starts(items, i))
            {
                clauses.Add(new List<Node>());
            }

            clauses[clauses.Count - 1].Add(items[i]);
        }

        return clauses;
    }

    /// <summary>How many words begin a clause: <c>GROUP BY</c>, <c>SELECT DISTINCT</c>, <c>LEFT OUTER JOIN</c>.</summary>
    public static int HeadLength(IReadOnlyList<Node> clause)
    {
        string first = clause[0].Key;
        int length = first is "GROUP" or "ORDER" ? 2 : 1;
        while (JoinWords.Contains(first) && length < clause.Count && JoinWords.Contains(clause[length].Key))
        {
            length++;
        }

        bool more = length < clause.Count && ((first == "SELECT" && clause[length].Key is "DISTINCT" or "ALL") || (first == "WITH" && clause[length].Key == "RECURSIVE"));
        return System.Math.Min(clause.Count, more ? length + 1 : length);
    }

    /// <summary>Parts at the commas of this level; each comma ends its part.</summary>
    public static List<List<Node>> Elements(IEnumerable<Node> items)
    {
        List<List<Node>> elements = new() { new List<Node>() };
        bool full = false;
        foreach (Node item in items)
        {
            if (full)
            {
                elements.Add(new List<Node>());
            }

            elements[elements.Count - 1].Add(item);
            full = item.Key == "," && !item.IsGroup;
        }

        return elements;
    }

    /// <summary>Parts at AND and OR of this level, which begin their parts; the AND of BETWEEN doesn't count.</summary>
    public static List<List<Node>> Conditions(IEnumerable<Node> items)
    {
        List<List<Node>> parts = new() { new List<Node>() };
        int between = 0;
        foreach (Node item in items)
        {
            between += item.Key == "BETWEEN" ? 1 : 0;
            bool ofBetween = item.Key == "AND" && between > 0;
            between -= ofBetween ? 1 : 0;
            if (item.Key is "AND" or "OR" && !ofBetween && parts[parts.Count - 1].Count > 0)
            {
                parts.Add(new List<Node>());
            }

            parts[parts.Count - 1].Add(item);
        }

        return parts;
    }

    private static bool Starts(IReadOnlyList<Node> items, int i)
    {
        string key = items[i].Key;
        string before = items[i - 1].Key;
        string after = i + 1 < items.Count ? items[i + 1].Key : string.Empty;
        return key switch
        {
            "FROM" => before != "DISTINCT",
            "GROUP" or "ORDER" => after == "BY",
            "WINDOW" => i + 2 < items.Count && items[i + 2].Key == "AS",
            "WITH" => after == "(" || before == "AS",
            "INTO" => before != "INSERT",
            "ALLOW" => after == "LATENESS",
            "LATE" => after == "DATA",
            _ when JoinWords.Contains(key) => !JoinWords.Contains(before) && items.Skip(i).TakeWhile(n => JoinWords.Contains(n.Key)).Any(n => n.Key == "JOIN"),
            _ => Starters.Contains(key),
        };
    }
}
