using Apache.Arrow;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>Sources, streams and views that are made, read and dropped at run time.</summary>
public sealed class DatabaseTests
{
    private const string Totals = "CREATE MATERIALIZED VIEW v AS SELECT symbol, COUNT(*) AS n, SUM(volume) AS volume FROM trades GROUP BY symbol;";

    private const string Minutes = """
        CREATE STREAM minutes AS SELECT symbol, window_end, SUM(volume) AS volume FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE);
        """;

    [Test]
    public async Task The_snippet_of_the_design_runs_as_written()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        CancellationToken ct = limit.Token;
        RecordBatch recordBatch = Rows.Of("A 1.5 10 08:00:00", "B 2 5 08:00:01", "A 2.5 1 08:00:02");

        await using var db = LaminarDatabase.Open(new());
        await db.ExecuteAsync("CREATE SOURCE trades (symbol VARCHAR NOT NULL, price DOUBLE, volume BIGINT, ts TIMESTAMP NOT NULL)");
        await db.ExecuteAsync("CREATE MATERIALIZED VIEW v AS SELECT symbol, COUNT(*) AS n, SUM(volume) AS volume FROM trades GROUP BY symbol");
        db.Source("trades").Push(recordBatch);
        var seen = new List<RecordBatch>();
        await foreach (RecordBatch b in db.Subscribe("v", ct))
        {
            seen.Add(b);
            break;
        }

        RecordBatch now = await db.QueryAsync("SELECT * FROM v WHERE symbol = 'A'");
        Assert.Multiple(() =>
        {
            Assert.That(Rows.Text(now), Is.EqualTo(new[] { "A|2|11" }));
            Assert.That(Rows.Text(seen), Is.EquivalentTo(new[] { "insert|A|2|11", "insert|B|1|5" }));
        });
    }

    [Test]
    public async Task A_subscription_gets_what_comes_out_and_ends_with_the_source()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + Minutes);
        IAsyncEnumerable<RecordBatch> minutes = db.Subscribe("minutes");
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "A 1 5 08:00:30", "B 1 7 08:01:06"));
        db.Source("trades").Push(Rows.Of("A 1 1 08:00:59", "A 1 2 08:01:30"));
        db.Source("TRADES").Complete();
        Assert.That(Rows.Text(await All(minutes)), Is.EqualTo(new[] { "A|08:01:00|15", "B|08:02:00|7", "A|08:02:00|2" }));
    }

    [Test]
    public async Task Changes_carry_their_kind_and_a_view_is_what_they_leave()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + Totals);
        IAsyncEnumerable<RecordBatch> changes = db.Subscribe("v");
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "A 1 5 08:00:30"));
        db.Source("trades").Complete();
        Assert.That(Rows.Text(await All(changes)), Is.EqualTo(new[] { "insert|A|1|10", "update_before|A|1|10", "update_after|A|2|15" }));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM v")), Is.EqualTo(new[] { "A|2|15" }));
    }

    [Test]
    public async Task A_view_over_a_view_begins_with_what_that_holds()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + Totals);
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "B 1 5 08:00:30"));
        await db.ExecuteAsync("CREATE MATERIALIZED VIEW big AS SELECT symbol, volume FROM v WHERE volume >= 10");
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM big")), Is.EqualTo(new[] { "A|10" }));
        db.Source("trades").Push(Rows.Of("B 1 6 08:00:31", "A 1 1 08:00:32"));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM big ORDER BY symbol")), Is.EqualTo(new[] { "A|11", "B|11" }));
    }

    [Test]
    public async Task A_new_window_query_begins_at_the_time_that_has_come()
    {
        await using LaminarDatabase db = await Open(Rows.Trades);
        db.Source("trades").Push(Rows.Of("A 1 10 08:01:10"));
        await db.ExecuteAsync(Minutes);
        IAsyncEnumerable<RecordBatch> minutes = db.Subscribe("minutes");
        db.Source("trades").Push(Rows.Of("A 1 1 08:00:59", "A 1 2 08:01:30"));
        db.Source("trades").Complete();
        Assert.That(Rows.Text(await All(minutes)), Is.EqualTo(new[] { "A|08:02:00|2" }), "the row of 08:00:59 is late");
        Assert.That(Rows.Text(await db.QueryAsync("SHOW QUERIES"))[0], Does.StartWith("minutes|2|1|1|0|"));
    }

    [Test]
    public async Task A_query_that_meets_itself_does_not_depend_on_how_rows_are_cut()
    {
        string[] rows = ["A 1 10 08:00:00", "A 1 5 08:02:30", "A 1 3 08:00:10", "A 1 7 08:05:06"];
        var results = new List<string[]>();
        foreach (int size in new[] { 1, 4 })
        {
            await using LaminarDatabase db = await Open(Rows.Trades + """
                CREATE STREAM a AS SELECT symbol, volume, ts FROM trades WHERE volume > 4;
                CREATE STREAM b AS SELECT symbol, volume, ts FROM trades;
                CREATE STREAM both AS SELECT symbol, COUNT(*) AS n, window_end FROM (SELECT * FROM a UNION ALL SELECT * FROM b) GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE);
                """);
            IAsyncEnumerable<RecordBatch> both = db.Subscribe("both");
            foreach (string[] chunk in rows.Chunk(size))
            {
                db.Source("trades").Push(Rows.Of(chunk));
            }

            db.Source("trades").Complete();
            results.Add(Rows.Text(await All(both)));
        }

        Assert.That(results[0], Is.EqualTo(new[] { "A|2|08:01:00", "A|2|08:03:00", "A|2|08:06:00" }));
        Assert.That(results[1], Is.EqualTo(results[0]));
    }

    [Test]
    public async Task Late_rows_are_a_stream_of_their_own()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + """
            CREATE STREAM minutes AS SELECT symbol, window_end, SUM(volume) AS volume FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO missed;
            CREATE MATERIALIZED VIEW losses WITH (max_rows = 100) AS SELECT symbol, volume FROM missed;
            """);
        db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "A 1 5 08:02:30", "B 1 3 08:00:10"));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM losses")), Is.EqualTo(new[] { "B|3" }));
    }

    [Test]
    public async Task A_query_that_fails_tells_who_reads_it_and_leaves_the_others_alone()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + Totals + """
            CREATE STREAM ratios AS SELECT symbol, 100 / volume AS ratio FROM trades;
            CREATE MATERIALIZED VIEW highest AS SELECT symbol, MAX(ratio) AS ratio FROM ratios GROUP BY symbol;
            """);
        IAsyncEnumerable<RecordBatch> ratios = db.Subscribe("ratios");
        StreamRowException failed = Assert.Throws<StreamRowException>(() => db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "A 1 0 08:00:01", "A 1 4 08:00:02")))!;
        db.Source("trades").Push(Rows.Of("A 1 1 08:00:03"));
        var before = new List<RecordBatch>();
        Exception? end = Assert.CatchAsync(async () =>
        {
            await foreach (RecordBatch batch in ratios)
            {
                before.Add(batch);
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(failed.Message, Does.StartWith("Query ratios failed on the row"));
            Assert.That(Rows.Text(before), Is.EqualTo(new[] { "A|10" }));
            Assert.That(end, Is.SameAs(failed));
            Assert.That(async () => Rows.Text(await db.QueryAsync("SELECT * FROM v")), Is.EqualTo(new[] { "A|4|15" }));
            Assert.That(async () => await db.QueryAsync("SELECT * FROM highest"), Throws.InstanceOf<LaminarException>().With.Message.Contains("highest reads ratios, which has failed"));
        });
    }

    [Test]
    public async Task A_reader_that_is_too_far_behind_ends_with_an_error_and_nobody_else_does()
    {
        await using var db = LaminarDatabase.Open(new LaminarDatabaseOptions { SubscriptionRows = 3 });
        await db.ExecuteAsync(Rows.Trades + "CREATE STREAM s AS SELECT symbol FROM trades; CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM trades");
        IAsyncEnumerable<RecordBatch> slow = db.Subscribe("s");
        for (int i = 0; i < 4; i++)
        {
            db.Source("trades").Push(Rows.Of("A 1 10 08:00:00"));
        }

        var got = new List<RecordBatch>();
        LaminarException error = Assert.ThrowsAsync<LaminarException>(async () =>
        {
            await foreach (RecordBatch batch in slow)
            {
                got.Add(batch);
            }
        })!;
        Assert.That(error.Message, Does.Contain("4 rows behind, and at most 3 wait"));
        Assert.That(got, Has.Count.EqualTo(3));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT n FROM v")), Is.EqualTo(new[] { "4" }));
    }

    [Test]
    public async Task PushAsync_waits_for_readers()
    {
        await using var db = LaminarDatabase.Open(new LaminarDatabaseOptions { SubscriptionRows = 2 });
        await db.ExecuteAsync(Rows.Trades + "CREATE STREAM s AS SELECT volume FROM trades");
        IAsyncEnumerable<RecordBatch> read = db.Subscribe("s");
        Task pushing = Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                await db.Source("trades").PushAsync(Rows.Of($"A 1 {i} 08:00:00"));
            }

            db.Source("trades").Complete();
        });
        Assert.That(Rows.Text(await All(read)), Is.EqualTo(Enumerable.Range(0, 200).Select(i => i.ToString())));
        await pushing;
    }

    [Test]
    public async Task Several_threads_push_and_ask_at_once()
    {
        await using LaminarDatabase db = await Open(Rows.Trades + Totals);
        DatabaseSource trades = db.Source("trades");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(async () =>
        {
            for (int i = 0; i < 50; i++)
            {
                trades.Push(Rows.Of($"S{t} 1 1 08:00:00", "ALL 1 1 08:00:00"));
                string[] now = Rows.Text(await db.QueryAsync("SELECT n FROM v WHERE symbol = @s", new Dictionary<string, object?> { ["s"] = $"S{t}" }));
                Assert.That(now, Is.EqualTo(new[] { (i + 1).ToString() }));
            }
        })));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT n FROM v WHERE symbol = 'ALL'")), Is.EqualTo(new[] { "200" }));
    }

    [Test]
    public async Task Rows_that_do_not_fit_are_refused_whole_or_skipped_as_the_source_says()
    {
        await using LaminarDatabase db = await Open("""
            CREATE SOURCE a (k INT NOT NULL);
            CREATE SOURCE b (k INT NOT NULL) WITH (on_error = 'skip');
            CREATE MATERIALIZED VIEW va AS SELECT COUNT(*) AS n, SUM(k) AS s FROM a;
            CREATE MATERIALIZED VIEW vb AS SELECT COUNT(*) AS n, SUM(k) AS s FROM b;
            """);
        RecordBatch batch = new RecordBatch.Builder().Append("k", false, new Int64Array.Builder().Append(1).Append(5_000_000_000).Append(2).Build()).Build();
        LaminarException error = Assert.Throws<LaminarException>(() => db.Source("a").Push(batch))!;
        db.Source("b").Push(batch);
        Assert.That(error.Message, Does.StartWith("Row 1 of the batch doesn't fit the source a, column k"));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM va")), Is.Empty);
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM vb")), Is.EqualTo(new[] { "2|3" }));
        Assert.That(Rows.Text(await db.QueryAsync("SHOW SOURCES"))[1], Is.EqualTo("b||k||2|1|running"));
    }

    [Test]
    public async Task After_disposal_readers_end_and_calls_are_refused()
    {
        LaminarDatabase db = await Open(Rows.Trades + "CREATE STREAM s AS SELECT volume FROM trades");
        IAsyncEnumerable<RecordBatch> read = db.Subscribe("s");
        DatabaseSource trades = db.Source("trades");
        trades.Push(Rows.Of("A 1 1 08:00:00"));
        await db.DisposeAsync();
        Assert.That(Rows.Text(await All(read)), Is.EqualTo(new[] { "1" }));
        Assert.That(() => trades.Push(Rows.Of("A 1 1 08:00:00")), Throws.InstanceOf<ObjectDisposedException>());
    }

    internal static async Task<LaminarDatabase> Open(string script)
    {
        LaminarDatabase db = LaminarDatabase.Open();
        await db.ExecuteAsync(script);
        return db;
    }

    internal static async Task<List<RecordBatch>> All(IAsyncEnumerable<RecordBatch> source)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var all = new List<RecordBatch>();
        await foreach (RecordBatch batch in source.WithCancellation(limit.Token))
        {
            all.Add(batch);
        }

        return all;
    }
}
