using Apache.Arrow;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>What statements answer, and what is said of wrong ones.</summary>
public sealed class StatementTests
{
    private const string Views = """
        CREATE MATERIALIZED VIEW v AS SELECT symbol, COUNT(*) AS n, SUM(volume) AS volume FROM trades GROUP BY symbol;
        CREATE MATERIALIZED VIEW rows WITH (max_rows = 1000) AS SELECT symbol, price, volume, ts FROM trades;
        """;

    [TestCase("SELECT symbol, volume FROM v ORDER BY volume DESC", "B|20;A|13;C|7")]
    [TestCase("SELECT symbol FROM v ORDER BY 1 DESC LIMIT 2", "C;B")]
    [TestCase("SELECT symbol FROM v ORDER BY symbol LIMIT 1 OFFSET 1", "B")]
    [TestCase("SELECT symbol, price FROM rows ORDER BY price, ts", "A|1;A|2;C|3;B|NULL")]
    [TestCase("SELECT symbol, price FROM rows ORDER BY price DESC NULLS LAST, ts", "C|3;A|2;A|1;B|NULL")]
    [TestCase("SELECT symbol FROM rows ORDER BY volume * 2 DESC", "B;A;C;A")]
    [TestCase("SELECT symbol FROM rows GROUP BY symbol ORDER BY SUM(volume)", "C;A;B")]
    [TestCase("SELECT COUNT(*) AS n, SUM(volume) AS s FROM rows", "4|40")]
    [TestCase("SELECT COUNT(*) AS n FROM v WHERE symbol = 'Z'", "0")]
    [TestCase("SELECT symbol, COUNT(*) AS n FROM rows GROUP BY symbol HAVING COUNT(*) > 1", "A|2")]
    [TestCase("SELECT DISTINCT symbol FROM rows ORDER BY symbol", "A;B;C")]
    [TestCase("SELECT v.symbol, r.volume FROM v JOIN rows AS r ON v.symbol = r.symbol WHERE v.n = 2 ORDER BY r.volume", "A|3;A|10")]
    [TestCase("SELECT x.symbol FROM v AS x LEFT JOIN (SELECT symbol FROM rows WHERE price IS NULL) AS y ON x.symbol = y.symbol WHERE y.symbol IS NULL ORDER BY 1", "A;C")]
    [TestCase("SELECT symbol, window_end, SUM(volume) AS s FROM rows GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) ORDER BY window_end, symbol", "A|08:01:00|10;A|08:02:00|3;C|08:02:00|7;B|08:03:00|20")]
    [TestCase("SELECT symbol, SUM(volume) OVER (ORDER BY ts) AS s FROM rows ORDER BY s", "A|10;A|13;C|20;B|40")]
    [TestCase("SELECT symbol FROM v WHERE volume = (SELECT MAX(volume) FROM rows)", "B")]
    [TestCase("SELECT symbol FROM v WHERE symbol IN (SELECT symbol FROM rows WHERE volume < 8) ORDER BY 1", "A;C")]
    [TestCase("WITH big AS (SELECT * FROM v WHERE volume > 10) SELECT COUNT(*) AS n FROM big", "2")]
    [TestCase("SELECT symbol FROM v UNION ALL SELECT symbol FROM rows ORDER BY symbol", "A;A;A;B;B;C;C")]
    [TestCase("SELECT 1 AS a, 'x' AS b", "1|x")]
    [TestCase("VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC", "2|b;1|a")]
    public async Task A_select_over_views_is_as_of_a_batch(string sql, string expected)
    {
        await using LaminarDatabase db = await WithRows();
        Assert.That(Rows.Text(await db.QueryAsync(sql)), Is.EqualTo(expected.Split(';')));
    }

    [Test]
    public async Task A_select_keeps_all_digits_of_time()
    {
        await using LaminarDatabase db = await DatabaseTests.Open("CREATE MATERIALIZED VIEW v WITH (max_rows = 10) AS SELECT TIMESTAMP '2024-01-01 08:00:00.1234567' AS t");
        Assert.That(Rows.Text(await db.QueryAsync("SELECT COUNT(*) AS n FROM v WHERE t = TIMESTAMP '2024-01-01 08:00:00.1234567'")), Is.EqualTo(new[] { "1" }));
    }

    private static IEnumerable<TestCaseData> Parameters =>
    [
        new("symbol = @p", "B", "B"),
        new("symbol = :p", "x' OR 'a' = 'a", ""),
        new("volume = @p", 20L, "B"),
        new("volume > @p", 12, "A;B"),
        new("volume > @p", 12.5, "A;B"),
        new("volume > @p", 12.5m, "A;B"),
        new("volume > -@p", (sbyte)-19, "B"),
        new("symbol IS NOT DISTINCT FROM @p", null, ""),
        new("@p AND n = 2", true, "A"),
        new("symbol IN (SELECT symbol FROM rows WHERE ts >= @p)", new DateTime(2024, 1, 1, 8, 2, 0, DateTimeKind.Utc), "B"),
        new("symbol IN (SELECT symbol FROM rows WHERE CAST(ts AS DATE) = @p)", new DateOnly(2024, 1, 1), "A;B;C"),
        new("CAST(symbol AS VARCHAR) = CAST(@p AS VARCHAR)", "A", "A"),
    ];

    [TestCaseSource(nameof(Parameters))]
    public async Task A_parameter_is_a_value_and_never_text_of_the_query(string condition, object? value, string expected)
    {
        await using LaminarDatabase db = await WithRows();
        RecordBatch found = await db.QueryAsync($"SELECT symbol FROM v WHERE {condition} ORDER BY symbol", new Dictionary<string, object?> { ["p"] = value });
        Assert.That(string.Join(";", Rows.Text(found)), Is.EqualTo(expected));
    }

    [TestCase("SELECT * FROM v WHERE symbl = 'A'", "LAM2003 at 1:23")]
    [TestCase("SELECT * FROM w", "LAM2001 at 1:15")]
    [TestCase("SELECT *\nFROM trades", "LAM2112 at 2:6")]
    [TestCase("SELECT * FROM v WHERE symbol = @who", "LAM2115 at 1:32")]
    [TestCase("DROP SOURCE tradez", "LAM2110 at 1:13")]
    [TestCase("DROP SOURCE trades", "LAM2111 at 1:13")]
    [TestCase("DROP STREAM trades", "LAM2114 at 1:13")]
    [TestCase("DESCRIBE nothing", "LAM2110 at 1:10")]
    [TestCase("SELECT DISTINCT symbol FROM v ORDER BY n", "LAM2117 at 1:40")]
    [TestCase("SELECT FROM v", "LAM1")]
    [TestCase("EXPLAIN CODE SELECT symbol FROM trades", "LAM2118 at 1:1")]
    [TestCase("CREATE SOURCE x (a INT) WITH (on_error = 'dead_letter')", "LAM2118 at 1:31")]
    [TestCase("CREATE LOOKUP TABLE x (a INT PRIMARY KEY)", "LAM1900 at 1:21")]
    [TestCase("CREATE STREAM v AS SELECT symbol FROM trades", "LAM2025 at 1:15")]
    public async Task A_mistake_is_told_with_its_place(string sql, string expected)
    {
        await using LaminarDatabase db = await WithRows();
        LaminarSqlException error = Assert.ThrowsAsync<LaminarSqlException>(() => db.ExecuteAsync(sql))!;
        Assert.That(error.Message, Does.StartWith(expected));
        Assert.That(db.Check(sql).Select(e => e.ToString()), Is.EqualTo(error.Errors.Select(e => e.ToString())));
    }

    [Test]
    public async Task Several_mistakes_are_told_at_once_with_the_line_and_a_caret_and_nothing_is_done()
    {
        await using LaminarDatabase db = LaminarDatabase.Open();
        LaminarSqlException error = Assert.ThrowsAsync<LaminarSqlException>(() => db.ExecuteAsync(Rows.Trades + """

            CREATE STREAM a AS SELECT prise FROM trades;
            CREATE STREAM b AS
              SELECT symbol, volum FROM trades;
            """))!;
        Assert.That(error.Errors.Select(e => (e.Id, e.Line, e.Column, e.Suggestion)), Is.EqualTo(new[] { ("LAM2003", 2, 27, "price"), ("LAM2003", 4, 18, "volume") }));
        Assert.That(error.Errors[1].ToString().Split('\n')[1..], Is.EqualTo(new[] { "    SELECT symbol, volum FROM trades;", "                   ^^^^^" }));
        Assert.That(Rows.Text(await db.QueryAsync("SHOW SOURCES")), Is.Empty);
    }

    [Test]
    public async Task Dropping_with_cascade_drops_what_reads_it()
    {
        await using LaminarDatabase db = await WithRows();
        await db.ExecuteAsync("CREATE STREAM s AS SELECT symbol FROM v WHERE n > 1");
        IAsyncEnumerable<RecordBatch> reading = db.Subscribe("s");
        LaminarSqlException error = Assert.ThrowsAsync<LaminarSqlException>(() => db.ExecuteAsync("DROP SOURCE trades"))!;
        Assert.That(error.Message, Does.Contain("'trades' is read by materialized view v, materialized view rows, stream s;"));
        await db.ExecuteAsync("DROP MATERIALIZED VIEW v CASCADE; DROP VIEW IF EXISTS v");
        Assert.That(Rows.Text(await db.QueryAsync("SHOW STREAMS")).Select(r => r.Split('|')[0]), Is.EqualTo(new[] { "rows" }));
        Assert.That(async () => await DatabaseTests.All(reading), Throws.InstanceOf<LaminarException>().With.Message.EqualTo("s has been dropped."));
        await db.ExecuteAsync("DROP SOURCE trades CASCADE");
        Assert.That(Rows.Text(await db.QueryAsync("SHOW QUERIES")), Is.Empty);
        Assert.That(() => db.Source("trades"), Throws.InstanceOf<LaminarException>());
    }

    [Test]
    public async Task Create_or_replace_and_if_not_exists()
    {
        await using LaminarDatabase db = await WithRows();
        await db.ExecuteAsync("""
            CREATE MATERIALIZED VIEW IF NOT EXISTS v AS SELECT nonsense FROM nowhere;
            CREATE OR REPLACE MATERIALIZED VIEW rows AS SELECT COUNT(*) AS n FROM trades;
            CREATE STREAM IF NOT EXISTS fresh AS SELECT symbol FROM trades;
            """);
        db.Source("trades").Push(Rows.Of("A 1 1 08:09:00"));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT n FROM rows")), Is.EqualTo(new[] { "1" }), "it sees what comes from now on");
        Assert.That(Rows.Text(await db.QueryAsync("SELECT n FROM v WHERE symbol = 'A'")), Is.EqualTo(new[] { "3" }));
        Assert.That(() => db.ExecuteAsync("CREATE OR REPLACE SOURCE trades (a INT)"), Throws.InstanceOf<LaminarSqlException>().With.Message.Contains("LAM2111"));
    }

    [Test]
    public async Task A_stream_whose_changes_nobody_kept_has_no_late_readers()
    {
        await using LaminarDatabase db = await DatabaseTests.Open(Rows.Trades + "CREATE STREAM s AS SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol");
        await db.ExecuteAsync("CREATE STREAM early AS SELECT symbol FROM s WHERE n > 1");
        db.Source("trades").Push(Rows.Of("A 1 1 08:09:00"));
        Assert.That(() => db.ExecuteAsync("CREATE STREAM later AS SELECT symbol FROM s WHERE n > 1"), Throws.InstanceOf<LaminarSqlException>().With.Message.Contains("LAM2113 at 1:15"));
    }

    [Test]
    public async Task Show_describe_and_explain_answer()
    {
        await using LaminarDatabase db = await WithRows();
        StatementResults results = await db.ExecuteAsync("""
            DESCRIBE trades; DESCRIBE v; SHOW SOURCES; SHOW STREAMS; SHOW SINKS; SHOW TABLES;
            EXPLAIN SELECT symbol FROM trades WHERE volume > 1; EXPLAIN DAG SELECT symbol FROM trades WHERE volume > 1
            """);
        string[][] all = [.. results.Batches.Select(Rows.Text)];
        Assert.Multiple(() =>
        {
            Assert.That(all[0], Is.EqualTo(new[] { "symbol|VARCHAR|NO|", "price|DOUBLE|YES|", "volume|BIGINT|YES|", "ts|TIMESTAMP|NO|event time" }));
            Assert.That(all[1][0], Is.EqualTo("symbol|VARCHAR|NO|key"));
            Assert.That(all[2], Is.EqualTo(new[] { "trades||symbol, price, volume, ts|ts|4|0|running" }));
            Assert.That(all[3], Is.EqualTo(new[] { "v|materialized view|changelog|symbol, n, volume|running", "rows|materialized view|append-only|symbol, price, volume, ts|running" }));
            Assert.That(all[4], Is.Empty);
            Assert.That(all[5], Is.Empty);
            Assert.That(string.Join("\n", all[6]), Does.StartWith("Output: append-only\n").And.Contain("Filter (volume > 1)"));
            Assert.That(all[7][1], Does.StartWith("mermaid|flowchart LR\n"));
            Assert.That(all[7][2], Does.StartWith("dot|digraph plan {\n    rankdir=LR;\n    n0 [shape=cylinder, label=\"trades\\nwatermark: ").And.Contain("n0 -> n1;").And.Contain("[shape=hexagon, label=\"filter (volume > 1)"));
        });
    }

    [Test]
    public async Task Warnings_come_with_the_result()
    {
        await using LaminarDatabase db = LaminarDatabase.Open();
        StatementResults results = await db.ExecuteAsync(Rows.Trades + "CREATE STREAM s AS SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol");
        Assert.That(results.Warnings.Select(w => (w.Id, w.IsError)), Does.Contain(("LAM3011", false)));
    }

    private static async Task<LaminarDatabase> WithRows()
    {
        LaminarDatabase db = await DatabaseTests.Open(Rows.Trades + Views);
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "A 2 3 08:01:00", "C 3 7 08:01:30", "B NULL 20 08:02:00"));
        return db;
    }
}
