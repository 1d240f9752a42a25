using System.Diagnostics;
using Apache.Arrow;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>What a database with a directory holds after it was closed, and after it was killed.</summary>
public sealed class DurabilityTests
{
    private const string Script = """
        CREATE SOURCE trades (symbol VARCHAR NOT NULL, price DOUBLE, volume BIGINT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND);
        CREATE MATERIALIZED VIEW totals AS SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol;
        CREATE MATERIALIZED VIEW big AS SELECT symbol FROM totals WHERE volume > 10;
        CREATE MATERIALIZED VIEW minutes WITH (max_rows = 100) AS SELECT symbol, window_end, SUM(volume) AS volume FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE);
        """;

    [Test]
    public async Task It_goes_on_where_it_was_closed()
    {
        using var folder = new TempFolder();
        await using (LaminarDatabase db = Open(folder))
        {
            await db.ExecuteAsync(Script);
            db.Source("trades").Push(Rows.Of("A 1 10 08:00:00", "B 1 7 08:00:30"));
            await db.ExecuteAsync("DROP VIEW big; CREATE MATERIALIZED VIEW small AS SELECT symbol FROM totals WHERE volume < 10");
            db.Source("trades").Push(Rows.Of("C 1 1 08:01:00"));
        }

        await using (LaminarDatabase db = Open(folder))
        {
            Assert.That(db.Source("trades").Rows, Is.EqualTo(3));
            db.Source("trades").Push(Rows.Of("B 1 5 08:00:59", "A 1 1 08:02:30"));
            Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM totals ORDER BY symbol")), Is.EqualTo(new[] { "A|11", "B|12", "C|1" }));
            Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM small")), Is.EqualTo(new[] { "C" }));
            Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM minutes ORDER BY window_end, symbol")), Is.EqualTo(new[] { "A|08:01:00|10", "B|08:01:00|12", "C|08:02:00|1" }));
            Assert.That(() => db.ExecuteAsync("DROP SOURCE trades"), Throws.InstanceOf<LaminarSqlException>().With.Message.Contains("materialized view small"));
        }
    }

    [Test]
    public async Task What_was_pushed_behind_the_last_checkpoint_is_taken_again()
    {
        using var folder = new TempFolder();
        using var copy = new TempFolder();
        await using (LaminarDatabase db = Open(folder))
        {
            await db.ExecuteAsync(Script);
            DatabaseSource trades = db.Source("trades");
            trades.Push(Rows.Of("A 1 10 08:00:00", "B 1 7 08:00:30"));
            trades.AdvanceWatermark(new DateTime(2024, 1, 1, 8, 1, 0, DateTimeKind.Utc));
            trades.Push(Rows.Of("A 1 1 08:01:10"));
            trades.Complete();
            await trades.FlushAsync();

            // As a crash leaves it: no checkpoint has come since the views were made.
            foreach (string file in Directory.EnumerateFiles(folder.File("state")).Where(f => Path.GetFileName(f) != "LOCK"))
            {
                File.Copy(file, Path.Combine(Directory.CreateDirectory(copy.File("state")).FullName, Path.GetFileName(file)));
            }
        }

        await using LaminarDatabase again = Open(copy);
        Assert.That(Rows.Text(await again.QueryAsync("SELECT * FROM minutes ORDER BY window_end, symbol")), Is.EqualTo(new[] { "A|08:01:00|10", "B|08:01:00|7", "A|08:02:00|1" }));
        Assert.That(Rows.Text(await again.QueryAsync("SELECT * FROM big")), Is.EqualTo(new[] { "A" }));
        Assert.That(() => again.Source("trades").Push(Rows.Of("A 1 1 08:01:10")), Throws.InstanceOf<LaminarException>().With.Message.Contains("has ended"));
    }

    [Test]
    public async Task A_query_that_had_failed_has_still_failed()
    {
        using var folder = new TempFolder();
        await using (LaminarDatabase db = Open(folder))
        {
            await db.ExecuteAsync(Script + "CREATE MATERIALIZED VIEW ratios WITH (max_rows = 9) AS SELECT 100 / volume AS r FROM trades");
            Assert.That(() => db.Source("trades").Push(Rows.Of("A 1 0 08:00:00")), Throws.InstanceOf<StreamRowException>());
        }

        await using LaminarDatabase again = Open(folder);
        again.Source("trades").Push(Rows.Of("A 1 1 08:00:00"));
        Assert.That(() => again.QueryAsync("SELECT * FROM ratios"), Throws.InstanceOf<LaminarException>().With.Message.Contains("ratios has failed"));
    }

    [Test]
    public void Two_can_not_have_it_open()
    {
        using var folder = new TempFolder();
        LaminarDatabase db = Open(folder);
        Assert.That(() => Open(folder), Throws.InstanceOf<LaminarException>());
        Assert.That(async () => await db.DisposeAsync(), Throws.Nothing);
    }

    [Test]
    public async Task Killed_at_any_moment_it_ends_as_if_it_never_had_been()
    {
        const int Count = 6000;
        using var folder = new TempFolder();
        var random = new Random(20261124);
        int kills = 0;
        while (true)
        {
            using Process child = Child(folder.Path, Count);
            int lines = kills < 12 ? random.Next(1, 12) : int.MaxValue;
            bool done = false;
            for (int i = 0; i < lines && await child.StandardOutput.ReadLineAsync() is { } line; i++)
            {
                done = line == "done";
            }

            if (lines < int.MaxValue && !done)
            {
                child.Kill();
                await child.WaitForExitAsync();
                kills++;
                continue;
            }

            await child.WaitForExitAsync();
            Assert.That(child.ExitCode, Is.Zero, await child.StandardError.ReadToEndAsync());
            break;
        }

        Assert.That(kills, Is.GreaterThan(5));
        await using LaminarDatabase db = Open(folder);
        string[] sums = [.. Enumerable.Range(0, 7).Select(k => Enumerable.Range(0, Count).Where(i => i % 7 == k)).Select((rows, k) => $"{k}|{rows.Count()}|{rows.Sum()}")];
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM sums ORDER BY k")), Is.EqualTo(sums));
        Assert.That(Rows.Text(await db.QueryAsync("SELECT * FROM most")), Is.EqualTo(new[] { sums.Max(s => long.Parse(s.Split('|')[2])).ToString() }));
        db.Source("rows").Complete();
        await db.CheckpointAsync();
        string[] windows = [.. Enumerable.Range(0, Count).GroupBy(i => (Key: i % 7, Start: i / 100 * 1000)).Select(g => $$"""{"k":{{g.Key.Key}},"window_start":{{g.Key.Start}},"s":{{g.Sum()}}}""")];
        Assert.That(File.ReadAllLines(folder.File("windows.jsonl")).Order(StringComparer.Ordinal), Is.EqualTo(windows.Order(StringComparer.Ordinal)));
    }

    private static LaminarDatabase Open(TempFolder folder) => LaminarDatabase.Open(new LaminarDatabaseOptions { DataDirectory = folder.File("state"), CheckpointInterval = TimeSpan.Zero });

    private static Process Child(string folder, int count)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "Laminar.Database.Tests.Child.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [dll, folder, count.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
