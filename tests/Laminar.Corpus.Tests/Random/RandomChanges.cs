using Laminar.Sql.Catalog;

namespace Laminar.Corpus.Tests.Random;

/// <summary>Random queries over rows that change, as SQL: groups, joins, subqueries and sets over groups of all of a stream.</summary>
internal sealed class RandomChanges(Relation relation, System.Random random, bool risky)
{
    private readonly RandomExpressions _expressions = new(relation.AllColumns, random, risky, true);

    private string Table => relation.Name;

    public string Next() => random.Next(16) switch
    {
        0 => $"SELECT k, a, n * 2 AS m FROM {Groups()} AS g WHERE n {Comparison()} {random.Next(1, 4)}",
        1 or 2 => $"SELECT n, COUNT(*) AS c, SUM(n) AS s, MAX(k) AS most, COUNT(DISTINCT a) AS d FROM {Groups()} AS g GROUP BY n{(random.Next(3) == 0 ? " HAVING COUNT(*) > 1" : string.Empty)}",
        3 or 4 => $"SELECT x.k, x.n, y.k AS k2, y.n AS n2 FROM {Groups()} AS x {Kind()} JOIN {Groups()} AS y ON x.n = y.n{(random.Next(2) == 0 ? " AND y.n < x.n + " + random.Next(-1, 3) : string.Empty)}",
        5 => $"SELECT o.{Column()} AS c0, o.ts FROM {Table} AS o {Kind()} JOIN {Groups()} AS y ON o.{Column()} IS NOT NULL AND y.n > {random.Next(3)} AND y.n < {random.Next(3, 6)}",
        6 => In(),
        7 => Exists(),
        8 => Set(Column()),
        9 => $"SELECT DISTINCT n FROM {Groups()} AS g UNION ALL SELECT COUNT(*) FROM {Table}",
        10 => $"SELECT k, n, LAG(n) OVER (ORDER BY n, k) AS p, SUM(n) OVER (ORDER BY n, k ROWS {random.Next(3)} PRECEDING) AS s, RANK() OVER (ORDER BY n DESC) AS r FROM {Groups()} AS g",
        11 => $"SELECT n, GROUPING(n) AS g, COUNT(*) AS c, MAX(k) AS m FROM {Groups()} AS g GROUP BY ROLLUP (n)",
        12 => Compared(),
        13 => $"SELECT {Column()} AS c0, COUNT(*) AS n FROM {Table} GROUP BY 1 HAVING COUNT(*) {Comparison()} (SELECT MAX(n) FROM {Groups()} AS g)",
        14 => Set(Column(), " ALL"),
        _ => $"SELECT k, n FROM {Groups()} AS g ORDER BY n{(random.Next(2) == 0 ? " DESC" : string.Empty)}, k LIMIT {random.Next(1, 4)}{(random.Next(3) == 0 ? " OFFSET 1" : string.Empty)}",
    };

    private string Groups() => $"(SELECT {Column()} AS k, {_expressions.Aggregate()} AS a, COUNT(*) AS n FROM {Table}{(random.Next(2) == 0 ? $" WHERE {_expressions.Boolean(1)}" : string.Empty)} GROUP BY 1)";

    private string Set(string column, string all = "") => $"SELECT {column} AS c0 FROM {Table} {(random.Next(2) == 0 ? "INTERSECT" : "EXCEPT")}{all} SELECT {column} FROM {Table} WHERE {_expressions.Boolean(2)}";

    private string In()
    {
        string column = Column();
        return $"SELECT {_expressions.Value(2)} AS c0, {column} AS c1 FROM {Table} WHERE {column} {(random.Next(2) == 0 ? "NOT " : string.Empty)}IN (SELECT {column} FROM {Table} WHERE {_expressions.Boolean(2)}{(random.Next(3) == 0 ? $" GROUP BY {column} HAVING COUNT(*) > 1" : string.Empty)})";
    }

    private string Exists()
    {
        string column = Column();

        // By times it would be a join within a bound, which rows can be late for.
        string other = Column();
        while (other == "ts")
        {
            other = Column();
        }

        return $"SELECT COUNT(*) AS n, MAX(o.{other}) AS m FROM {Table} AS o WHERE {(random.Next(2) == 0 ? "NOT " : string.Empty)}EXISTS (SELECT 1 FROM {Table} AS u WHERE u.{column} = o.{column} AND u.{other} {Comparison()} o.{other})";
    }

    private string Compared()
    {
        string column = Column();
        string shared = random.Next(2) == 0 ? $"u.{Column()} IS NOT NULL AND " : string.Empty;
        return $"SELECT o.{column} AS c0, (SELECT {(random.Next(2) == 0 ? "COUNT(*)" : $"MAX(u.{Column()})")} FROM {Table} AS u WHERE {shared}u.{column} {Comparison()} o.{column}) AS c1 FROM {Table} AS o";
    }

    private string Kind() => new[] { "INNER", "LEFT", "RIGHT", "FULL" }[random.Next(4)];

    private string Comparison() => new[] { "<", ">", "<>", "<=" }[random.Next(4)];

    private string Column() => _expressions.Column();
}
