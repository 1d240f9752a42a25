using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Completion;

/// <summary>The words of the grammar by what may stand before them.</summary>
internal static class Vocabulary
{
    public static readonly string[] Queries = { "SELECT", "WITH", "VALUES" };

    public static readonly string[] Statements = { "CREATE SOURCE", "CREATE STREAM", "CREATE SINK", "INSERT INTO", "SELECT", "WITH" };

    public static readonly string[] Expressions = { "CASE", "CAST", "TRY_CAST", "EXTRACT", "INTERVAL", "NOT", "NULL", "TRUE", "FALSE", "DATE", "TIME", "TIMESTAMP" };

    public static readonly string[] Operators = { "AND", "OR", "NOT", "IS", "IN", "BETWEEN", "LIKE", "ILIKE" };

    public static readonly string[] Case = { "WHEN", "THEN", "ELSE", "END" };

    /// <summary>Words that aren't reserved, but an operand or another word follows them.</summary>
    public static readonly HashSet<string> Prefixes = new() { "EMIT", "INTERVAL", "EVERY", "LATENESS", "ALLOW", "LATE", "FILTER", "EXTRACT", "SOURCE", "STREAM", "SINK" };

    public static readonly string[] Types =
    {
        "BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "REAL", "DOUBLE", "DECIMAL", "VARCHAR", "BYTES", "UUID", "DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "INTERVAL",
    };

    /// <summary>Words that only these can follow.</summary>
    public static readonly Dictionary<string, string[]> After = new()
    {
        ["GROUP"] = new[] { "BY" },
        ["ORDER"] = new[] { "BY" },
        ["EMIT"] = new[] { "ON WINDOW CLOSE", "ON UPDATE", "CHANGES", "FINAL", "EVERY" },
        ["ALLOW"] = new[] { "LATENESS" },
        ["LATE"] = new[] { "DATA TO" },
        ["IS"] = new[] { "NULL", "NOT NULL", "TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "DISTINCT FROM", "NOT DISTINCT FROM" },
        ["LEFT"] = new[] { "JOIN" },
        ["INNER"] = new[] { "JOIN" },
        ["CREATE"] = new[] { "SOURCE", "STREAM", "SINK" },
        ["INSERT"] = new[] { "INTO" },
        ["UNION"] = new[] { "ALL", "SELECT" },
    };

    private static readonly string[] Order = { "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "EMIT" };

    private static readonly string[] Written = { "SELECT", "FROM", "WHERE", "GROUP BY", "HAVING", "EMIT" };

    /// <summary>Behind an operand of a clause: operators, and the clauses that may come after it.</summary>
    public static IEnumerable<string> Following(string clause)
    {
        int at = System.Array.IndexOf(Order, clause == "ON" ? "FROM" : clause);
        IEnumerable<string> clauses = clause == "SELECT" ? new[] { "FROM" } : at >= 0 ? Written.Skip(at + 1) : Enumerable.Empty<string>();
        return clause switch
        {
            "SELECT" => clauses.Concat(new[] { "AS" }).Concat(Operators),
            "FROM" => clauses.Concat(new[] { "AS", "JOIN", "LEFT JOIN", "ON" }),
            "EMIT" or "ALLOW" or "LATE" => new[] { "ALLOW LATENESS", "LATE DATA TO" },
            "" => new[] { "AS", "WITH", "FROM", "INTO" },
            _ => clauses.Concat(Operators),
        };
    }
}
