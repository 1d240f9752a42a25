using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>Files into and out of a database: the same connectors, options and checks as in a pipeline that is built.</summary>
public sealed class ConnectorTests
{
    [Test]
    public async Task A_script_runs_from_file_to_file()
    {
        using var folder = new TempFolder();
        folder.Write("cars.jsonl", """{"car_id":1,"speed":120,"ts":"2024-01-01T08:00:01Z"}""", """{"car_id":2,"speed":80,"ts":"2024-01-01T08:00:02Z"}""", """{"car_id":1,"speed":130.5,"ts":"2024-01-01T08:00:03Z"}""", """{"car_id":2,"speed":101,"ts":"2024-01-01T08:01:30Z"}""");
        var options = new LaminarDatabaseOptions();
        options.Variables["FOLDER"] = folder.Path;
        await using var db = LaminarDatabase.Open(options);
        await db.ExecuteAsync("""
            CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${FOLDER}/fast.jsonl') AS SELECT * FROM fast;
            CREATE STREAM fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
            CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
                WITH (connector = 'file', format = 'json', path = '${FOLDER}/cars.jsonl');
            INSERT INTO fast_file SELECT car_id, CAST(-1 AS BIGINT) AS n, ts FROM cars WHERE speed < 100;
            """);
        await db.WaitForCompletionAsync(Limit);
        Assert.That(File.ReadAllLines(folder.File("fast.jsonl")).Order(), Is.EqualTo(new[]
        {
            """{"car_id":1,"n":2,"window_end":"2024-01-01T08:01:00Z"}""",
            """{"car_id":2,"n":-1,"window_end":"2024-01-01T08:00:02Z"}""",
            """{"car_id":2,"n":1,"window_end":"2024-01-01T08:02:00Z"}""",
        }));
        Assert.That(Rows.Text(await db.QueryAsync("SHOW SINKS")), Is.EqualTo(new[] { "fast_file|file|car_id, n, window_end|fast, cars" }));
        Assert.That(() => db.Source("cars"), Throws.InstanceOf<LaminarException>().With.Message.Contains("is read by its connector"));
    }

    [Test]
    public async Task Changes_are_written_with_their_kind_and_a_later_feed_begins_with_what_a_view_holds()
    {
        using var folder = new TempFolder();
        await using LaminarDatabase db = await DatabaseTests.Open(Rows.Trades + $"""
            CREATE MATERIALIZED VIEW v AS SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol;
            CREATE SINK changes WITH (connector = 'file', path = '{folder.File("changes.csv")}');
            """);
        db.Source("trades").Push(Rows.Of("A 1 1 08:00:00", "A 1 1 08:00:01"));
        await db.ExecuteAsync("INSERT INTO changes SELECT * FROM v");
        db.Source("trades").Push(Rows.Of("A 1 1 08:00:02"));
        await db.CheckpointAsync();
        Assert.That(File.ReadAllLines(folder.File("changes.csv")), Is.EqualTo(new[] { "kind,symbol,n", "insert,A,2", "update_before,A,2", "update_after,A,3" }));
    }

    [Test]
    public async Task Each_file_of_a_folder_has_a_watermark_of_its_own()
    {
        using var folder = new TempFolder();
        folder.Write("a.csv", "k,ts", "A,2024-01-01 08:00:01", "A,2024-01-01 08:09:00");
        folder.Write("b.csv", "k,ts", "B,2024-01-01 08:00:02", "B,2024-01-01 08:09:01");
        await using LaminarDatabase db = await DatabaseTests.Open($"""
            CREATE SOURCE s (k VARCHAR, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'file', path = '{folder.Path}/*.csv');
            CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n, window_end FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);
            """);
        await db.WaitForCompletionAsync(Limit);
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM v ORDER BY window_end")), Is.EqualTo(new[] { "2|08:01:00", "2|08:10:00" }));
    }

    [Test]
    public async Task What_can_not_be_decoded_ends_the_source_or_is_skipped()
    {
        using var folder = new TempFolder();
        string file = folder.Write("a.jsonl", """{"k":1}""", """{"k":"x"}""", """{"k":3}""");
        await using LaminarDatabase db = await DatabaseTests.Open($"""
            CREATE SOURCE good (k BIGINT) WITH (connector = 'file', path = '{file}', on_error = 'skip');
            CREATE MATERIALIZED VIEW v AS SELECT SUM(k) AS s FROM good;
            """);
        await db.WaitForCompletionAsync(Limit);
        Assert.That(Rows.Text(await db.QueryAsync("SELECT s FROM v")), Is.EqualTo(new[] { "4" }));
        await db.ExecuteAsync($"CREATE SOURCE bad (k BIGINT) WITH (connector = 'file', path = '{file}'); CREATE MATERIALIZED VIEW w AS SELECT SUM(k) AS s FROM bad");
        Assert.That(() => db.WaitForCompletionAsync(Limit), Throws.InstanceOf<LaminarException>().With.Message.Contains("a.jsonl"));
        Assert.That(() => db.QueryAsync("SELECT s FROM w"), Throws.InstanceOf<LaminarException>().With.Message.Contains("w reads bad, which has failed"));
    }

    [Test]
    public async Task A_select_reads_files_from_their_beginning_whether_they_run_or_not()
    {
        using var folder = new TempFolder();
        string file = folder.Write("a.csv", "k,v", "A,1", "B,2", "A,3");
        await using LaminarDatabase db = await DatabaseTests.Open($"CREATE SOURCE s (k VARCHAR, v BIGINT) WITH (connector = 'file', path = '{file}')");
        const string Sql = "SELECT k, SUM(v) AS s FROM s GROUP BY k ORDER BY k";
        Assert.That(Rows.Text(await db.QueryAsync(Sql)), Is.EqualTo(new[] { "A|4", "B|2" }));
        await db.ExecuteAsync("CREATE MATERIALIZED VIEW v AS SELECT SUM(v) AS s FROM s");
        await db.WaitForCompletionAsync(Limit);
        Assert.That(Rows.Text(await db.QueryAsync(Sql)), Is.EqualTo(new[] { "A|4", "B|2" }));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT s FROM v")), Is.EqualTo(new[] { "6" }));
    }

    [TestCase("connector = 'fil', path = 'x.csv'", "LAM5101 at 1:43")]
    [TestCase("connector = 'file', pth = 'x.csv'", "LAM5106 at 1:51")]
    [TestCase("connector = 'file', path = 'x.csv', path = 'y.csv'", "LAM5107 at 1:67")]
    [TestCase("connector = 'file', path = 'x.csv', header = 'maybe'", "LAM5108 at 1:76")]
    [TestCase("connector = 'file', path = 'x.csv', idle_timeout = '1s'", "LAM2118 at 1:67")]
    [TestCase("connector = 'file', path = '/nowhere/x.csv'", "LAM2119 at 1:15")]
    [TestCase("connector = 'file', path = 'x.unknown'", "LAM2119 at 1:15")]
    public void Wrong_options_are_told_at_their_place(string options, string expected)
    {
        LaminarSqlException error = Assert.ThrowsAsync<LaminarSqlException>(() => DatabaseTests.Open($"CREATE SOURCE s (k INT) WITH ({options})"))!;
        Assert.That(error.Message, Does.StartWith(expected));
    }

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
