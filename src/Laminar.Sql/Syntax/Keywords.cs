using System;
using System.Collections.Generic;

namespace Laminar.Sql.Syntax;

/// <summary>The words the grammar gives a meaning. Few are reserved: the others are names wherever a name can stand.</summary>
internal static class Keywords
{
    /// <summary>Clauses that may follow a FROM clause or stand at the end of a query; what a misspelt word there is compared with.</summary>
    public static readonly string[] Clauses =
    {
        "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "EMIT", "ALLOW", "LATE",
    };

    /// <summary>What may follow a table besides a clause.</summary>
    public static readonly string[] TableClauses =
    {
        "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "EMIT", "ALLOW", "LATE",
        "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ASOF", "USING", "MATCH_CONDITION", "MATCH_RECOGNIZE", "INTO",
    };

    /// <summary>Words that join two operands.</summary>
    public static readonly string[] Operators = { "AND", "BETWEEN", "LIKE", "ILIKE", "SIMILAR", "NOT" };

    public static readonly string[] Statements = { "SELECT", "WITH", "VALUES", "CREATE", "INSERT", "EXPLAIN", "SHOW", "DESCRIBE", "DROP" };

    public static readonly string[] Units = { "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND" };

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "ALL", "AND", "ANY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CAST", "CREATE", "CROSS", "DESC", "DISTINCT", "ELSE", "END", "EXCEPT", "EXISTS", "FALSE",
        "FOR", "FROM", "FULL", "GROUP", "HAVING", "ILIKE", "IN", "INNER", "INTERSECT", "INTO", "IS", "JOIN", "LATERAL", "LEFT", "LIKE", "LIMIT", "NATURAL",
        "NOT", "NULL", "OFFSET", "ON", "OR", "ORDER", "OUTER", "PRIMARY", "QUALIFY", "RIGHT", "SELECT", "SIMILAR", "TABLE", "THEN", "TRUE", "TRY_CAST", "UNION",
        "USING", "VALUES", "WHEN", "WHERE", "WITH",
    };

    /// <summary>Where reading an expression again makes sense after a mistake.</summary>
    private static readonly HashSet<string> ExpressionStops = new(StringComparer.Ordinal)
    {
        ",", ")", "]", ";", "AND", "OR", "THEN", "ELSE", "WHEN", "END", "AS", "ASC", "DESC",
        "FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET",
        "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ON", "USING", "INTO", "WITH",
    };

    private static readonly HashSet<string> QueryStops = new(StringComparer.Ordinal)
    {
        "FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "INTO",
    };

    private static readonly HashSet<string> JoinWords = new(StringComparer.Ordinal)
    {
        "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "ON", "USING",
    };

    // Words that hold an expression together; taking one for a name would only hide the real mistake.
    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal)
    {
        "AND", "OR", "NOT", "THEN", "ELSE", "WHEN", "ON", "USING", "AS", "IS", "IN", "BETWEEN", "LIKE", "ILIKE", "SIMILAR", "BY", "SELECT", "CASE", "CAST",
        "TRY_CAST", "EXISTS", "NULL", "TRUE", "FALSE", "DISTINCT", "VALUES", "WITH", "JOIN", "INTO",
    };

    public static bool IsReserved(string keyword) => Reserved.Contains(keyword);

    public static bool StopsExpression(string keyword) => ExpressionStops.Contains(keyword);

    public static bool StopsQuery(string keyword) => QueryStops.Contains(keyword);

    public static bool IsJoinWord(string keyword) => JoinWords.Contains(keyword);

    public static bool IsStructural(string keyword) => Structural.Contains(keyword);
}
