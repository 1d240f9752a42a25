using Apache.Arrow;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>Tables in memory beside sources, streams and views; what SELECT makes of them is in tests/sqllogictest.</summary>
public sealed class TableTests
{
    private const string Sectors = "CREATE TABLE sectors (symbol VARCHAR PRIMARY KEY, sector VARCHAR NOT NULL, since DATE);";

    [Test]
    public async Task A_stream_is_joined_with_the_rows_that_a_table_has_and_gets()
    {
        await using LaminarDatabase db = await DatabaseTests.Open(Rows.Trades + Sectors + "INSERT INTO sectors VALUES ('A', 'x', '2024-01-01')");
        await db.ExecuteAsync("CREATE STREAM joined AS SELECT t.symbol, t.volume, s.sector FROM trades t JOIN sectors s ON t.symbol = s.symbol");
        IAsyncEnumerable<RecordBatch> joined = db.Subscribe("joined");
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "B 1 7 08:00:30"));
        await db.ExecuteAsync("INSERT INTO sectors (sector, symbol) VALUES ('y', 'B')");
        db.Source("trades").Push(Rows.Of("B 1 5 08:00:40"));
        var seen = new List<string>();
        await foreach (RecordBatch batch in joined)
        {
            seen.AddRange(Rows.Text(batch));
            if (seen.Count == 3)
            {
                break;
            }
        }

        Assert.That(seen, Is.EquivalentTo(new[] { "A|10|x", "B|7|y", "B|5|y" }));
    }

    [Test]
    public async Task Rows_and_keys_are_there_after_it_was_closed_and_after_a_crash()
    {
        using var folder = new TempFolder();
        using var crashed = new TempFolder();
        await using (LaminarDatabase db = Open(folder.Path))
        {
            await db.ExecuteAsync(Sectors + "CREATE TABLE log (n INT); CREATE MATERIALIZED VIEW counted AS SELECT COUNT(*) AS n FROM log");
            await db.ExecuteAsync("INSERT INTO sectors VALUES ('A', 'x', NULL), ('B', 'y', '2024-02-29')");

            // Behind the last checkpoint: what INSERT INTO has answered is in the log.
            await db.ExecuteAsync("INSERT INTO log VALUES (1), (1), (2)");
            Copy(folder.Path, crashed.Path);
        }

        foreach (string path in new[] { folder.Path, crashed.Path })
        {
            await using LaminarDatabase db = Open(path);
            Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM sectors ORDER BY symbol")), Is.EqualTo(new[] { "A|x|NULL", "B|y|2024-02-29" }));
            Assert.That(Rows.Text(await db.QueryAsync("SELECT n FROM log ORDER BY n")), Is.EqualTo(new[] { "1", "1", "2" }));
            Assert.That(() => db.ExecuteAsync("INSERT INTO sectors VALUES ('C', 'z', NULL), ('B', 'z', NULL)"), Throws.InstanceOf<LaminarException>().With.Message.Contains("symbol = B"));
            await db.ExecuteAsync("INSERT INTO sectors VALUES ('C', 'z', NULL); INSERT INTO log SELECT 3 AS n FROM sectors");
            Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM counted")), Is.EqualTo(new[] { "6" }));
        }
    }

    [Test]
    public async Task Show_and_describe_know_tables_and_nothing_of_what_they_are_made_of()
    {
        await using LaminarDatabase db = await DatabaseTests.Open(Rows.Trades + Sectors + "INSERT INTO sectors VALUES ('A', 'x', NULL)");
        Assert.That(Rows.Text(await db.QueryAsync("SHOW TABLES")), Is.EqualTo(new[] { "sectors|symbol, sector, since|symbol|1" }));
        Assert.That(Rows.Text(await db.QueryAsync("SHOW SOURCES")).Select(s => s.Split('|')[0]), Is.EqualTo(new[] { "trades" }));
        Assert.That(Rows.Text(await db.QueryAsync("SHOW STREAMS")), Is.Empty);
        Assert.That(Rows.Text(await db.QueryAsync("DESCRIBE sectors")), Is.EqualTo(new[] { "symbol|VARCHAR|NO|key", "sector|VARCHAR|NO|", "since|DATE|YES|" }));
        Assert.That(() => db.Source("rows of sectors"), Throws.InstanceOf<LaminarException>());
        Assert.That(() => db.Source("sectors"), Throws.InstanceOf<LaminarException>().With.Message.Contains("is a table, not a source"));
        await db.ExecuteAsync("DROP TABLE sectors");
        await db.ExecuteAsync("CREATE TABLE sectors (a INT)");
        Assert.That(Rows.Text(await db.QueryAsync("SHOW TABLES")), Is.EqualTo(new[] { "sectors|a||0" }));
    }

    [TestCase("CREATE TABLE x (a INT, a INT)", "LAM2026 at 1:24")]
    [TestCase("CREATE TABLE x (a NOPE)", "at 1:19")]
    [TestCase("CREATE TABLE x (a INT, PRIMARY KEY (b))", "at 1:37")]
    [TestCase("CREATE TABLE x (ts TIMESTAMP, WATERMARK FOR ts AS ts)", "LAM2104 at 1:31")]
    [TestCase("CREATE TABLE x (a INT) WITH (connector = 'file', path = 'x')", "LAM1900 at 1:14")]
    [TestCase("INSERT INTO sectors VALUES ('A')", "LAM2027 at 1:21")]
    [TestCase("INSERT INTO sectors (symbol, nope) VALUES ('A', 'b')", "LAM2003 at 1:30")]
    public async Task Mistakes_stand_where_they_are(string sql, string at)
    {
        await using LaminarDatabase db = await DatabaseTests.Open(Sectors);
        Assert.That(() => db.ExecuteAsync(sql), Throws.InstanceOf<LaminarSqlException>().With.Message.Contains(at));
    }

    private static LaminarDatabase Open(string path) => LaminarDatabase.Open(new() { DataDirectory = path, CheckpointInterval = TimeSpan.Zero });

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "LOCK"))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream copy = File.Create(target);
            source.CopyTo(copy);
        }
    }
}
