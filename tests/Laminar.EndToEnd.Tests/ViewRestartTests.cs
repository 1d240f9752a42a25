using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

/// <summary>Views as state: there again after a restart, only committed rows where those are asked for, and refused where they can't be right.</summary>
public sealed class ViewRestartTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-views-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(60_000)]
    public async Task Views_are_there_again_behind_a_restart_and_go_on([Values(1, 2, 3)] int cores, CancellationToken token)
    {
        Tick[] ticks = MakeTicks(6000);
        await using (Run first = await Run.StartAsync(Options(cores), token))
        {
            await first.Source.PushAsync(ticks.AsMemory(0, 3000), token);
            await first.Laminar.StopAsync(token);
            Assert.That(first.Totals.Scan(committed: true).Sum(r => r.N), Is.EqualTo(3000), "a view can be read when the runtime has stopped");
        }

        await using Run second = await Run.StartAsync(Options(cores), token);
        Assert.That(second.Totals.Scan(committed: true).Sum(r => r.N), Is.EqualTo(3000));
        Assert.That(second.Totals.Scan().Epoch, Is.Null);
        Assert.That(second.Rows.Scan(), Is.EquivalentTo(Doubles(ticks.AsSpan(0, 3000))));
        await second.Source.PushAsync(ticks.AsMemory(3000), token);
        second.Source.Complete();
        await second.Laminar.WaitForCompletionAsync(token);
        Assert.That(
            second.Totals.Scan(committed: true).Select(r => (r.Symbol, r.N, r.Volume)),
            Is.EquivalentTo(ticks.GroupBy(t => t.Symbol).Select(g => (g.Key, g.LongCount(), g.Sum(t => t.Volume)))));
        Assert.That(second.Dearest.Lookup(("SYM3", 1)).Select(r => r.Price), Is.EqualTo([ticks.Where(t => t.Symbol == "SYM3").Max(t => t.Price)]));
        Assert.That(second.Rows.Scan(committed: true), Is.EquivalentTo(Doubles(ticks)));
    }

    [Test, CancelAfter(60_000)]
    public async Task Committed_reads_show_epochs_and_a_crash_forgets_what_was_not_one(CancellationToken token)
    {
        Tick[] ticks = MakeTicks(3000);
        await using (Run first = await Run.StartAsync(Options(2), token))
        {
            Assert.That(first.Totals.Scan(committed: true), Is.Empty);
            Assert.That(first.Totals.Scan(committed: true).Epoch, Is.Zero);
            await first.Source.PushAsync(ticks.AsMemory(0, 1000), token);
            await first.Laminar.CheckpointAsync(token);
            long epoch = first.Totals.Scan(committed: true).Epoch!.Value;
            await first.Source.PushAsync(ticks.AsMemory(1000, 1000), token);
            await WaitAsync(first, 2000, token);
            Assert.That(first.Totals.Scan(committed: true).Sum(r => r.N), Is.EqualTo(1000));
            Assert.That(first.Totals.Scan(committed: true).Epoch, Is.EqualTo(epoch));
            Assert.That(first.Totals.Lookup("SYM3", committed: true).Single().N, Is.LessThan(first.Totals.Lookup("SYM3").Single().N));
        }

        await using Run second = await Run.StartAsync(Options(2), token);
        Assert.That(second.Totals.Scan(committed: true).Sum(r => r.N), Is.EqualTo(1000));
        for (long next = second.Source.DurableRows; next < ticks.Length; next = ticks.Length)
        {
            await second.Source.PushAsync(ticks.AsMemory((int)next), token);
        }

        second.Source.Complete();
        await second.Laminar.WaitForCompletionAsync(token);
        Assert.That(second.Totals.Scan(committed: true).Sum(r => r.N), Is.EqualTo(3000));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_view_over_saved_state_that_has_none_of_its_rows_is_refused(CancellationToken token)
    {
        await using (LaminarRuntime first = LaminarRuntime.Create(Options(1)))
        {
            SourceHandle<Tick> source = first.AddSource<Tick>();
            QueryHandle<KeptTotals.Row> totals = KeptTotals.AddTo(first);
            await first.StartAsync(token);
            await source.PushAsync(MakeTicks(10), token);
            await first.StopAsync(token);
            Assert.That(() => totals.Scan(), Throws.TypeOf<LaminarException>().With.Message.Contains("isn't kept"));
        }

        await using LaminarRuntime second = LaminarRuntime.Create(Options(1));
        second.AddSource<Tick>();
        KeptTotals.AddTo(second).Keep();
        Assert.That(async () => await second.StartAsync(token), Throws.InstanceOf<LaminarException>().With.Message.Contains("KeptTotals/view#0").And.Message.Contains("is new"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Rows_are_retained_by_event_time_and_never_more_than_allowed(CancellationToken token)
    {
        await using (LaminarRuntime laminar = LaminarRuntime.Create(new LaminarOptions { Cores = 2 }))
        {
            SourceHandle<Tick> source = laminar.AddSource<Tick>();
            QueryHandle<Doubled.Row> rows = Doubled.AddTo(laminar).Keep(new ViewOptions { RetainFor = TimeSpan.FromSeconds(64) });
            KeyedQueryHandle<LiveCounts.Row, (string, DateTime)> counts = LiveCounts.AddTo(laminar).Keep(new ViewOptions { RetainFor = TimeSpan.FromSeconds(64) });
            await laminar.StartAsync(token);
            Tick[] ticks = [.. Enumerable.Range(0, 600).Select(i => new Tick("A", 1, i, 3 * i, Start.AddSeconds(i)))];
            await source.PushAsync(ticks, token);
            await source.FlushAsync(token);

            // The watermark is 3 s behind the last row; rows go a second later, by groups of 1/64.
            DateTime oldest = Start.AddSeconds(599 - 3 - 64);
            Assert.That(rows.Scan().Min(r => r.Ts), Is.InRange(oldest.AddSeconds(-1), oldest));
            Assert.That(rows.Scan().Max(r => r.Ts), Is.EqualTo(Start.AddSeconds(599)));
            Assert.That(counts.Scan().Min(r => r.WindowStart), Is.InRange(oldest.AddSeconds(-1), oldest.AddSeconds(5)));
            Assert.That(counts.Scan().Sum(r => r.N), Is.InRange(60, 75));
            source.Complete();
            await laminar.WaitForCompletionAsync(token);
            Assert.That(rows.Scan().Max(r => r.Ts), Is.EqualTo(Start.AddSeconds(599)), "the end of the input makes nothing old");
        }

        await using LaminarRuntime small = LaminarRuntime.Create();
        SourceHandle<Tick> fast = small.AddSource<Tick>();
        Doubled.AddTo(small).Keep(new ViewOptions { MaxRows = 100 });
        await small.StartAsync(token);
        await fast.PushAsync(Enumerable.Range(0, 101).Select(i => new Tick("A", 1, i, 3, Start.AddSeconds(i))).ToArray(), token);
        LaminarException full = Assert.ThrowsAsync<LaminarException>(() => small.WaitForCompletionAsync(token))!;
        Assert.That(full.ToString(), Does.Contain("view doubled").IgnoreCase.And.Contain("101 rows, and 100 are allowed").And.Contain(nameof(StateLimitException)));
    }

    [Test]
    public async Task What_cannot_be_kept_is_said_before_the_start()
    {
        await using LaminarRuntime laminar = LaminarRuntime.Create();
        laminar.AddSource<Tick>();
        Assert.Multiple(() =>
        {
            Assert.That(() => KeptVenues.AddTo(laminar).KeepBy(r => r.N), Throws.TypeOf<LaminarException>().With.Message.Contains("EMIT CHANGES"));
            Assert.That(() => KeptTotals.AddTo(laminar).Keep(new ViewOptions { RetainFor = TimeSpan.FromHours(1) }), Throws.TypeOf<LaminarException>().With.Message.Contains("event time"));
            Assert.That(() => KeptTotals.AddTo(laminar).Keep(new ViewOptions { MaxRows = 0 }), Throws.TypeOf<LaminarException>().With.Message.Contains("MaxRows"));
            Assert.That(() => Doubled.AddTo(laminar).Keep(new ViewOptions { RetainFor = TimeSpan.Zero }), Throws.TypeOf<LaminarException>().With.Message.Contains("RetainFor"));
            KeptTotals.AddTo(laminar).Keep();
            Assert.That(KeptTotals.AddTo(laminar).Keep(), Is.SameAs(KeptTotals.AddTo(laminar)), "once and again is once");
            Assert.That(() => KeptTotals.AddTo(laminar).KeepBy(r => r.N), Throws.TypeOf<LaminarException>().With.Message.Contains("already"));
        });
        Assert.That(KeptTotals.Info.View, Is.EqualTo(new ViewInfo(KeptTotals.Info.View.Key, true)));
        Assert.That(KeptVenues.Info.View is { IsUpsert: true, IsUnique: true, Key: ["venue"] });
        Assert.That(KeptCheapest.Info.View is { IsUnique: false, Key: ["symbol"] });
        Assert.That(KeptFive.Info.View.Key, Is.Null);
        Assert.That(Candles.Info.View is { Key: ["symbol", "window_start"], EventTime: "window_time" or "window_start" });
    }

    private static IEnumerable<Doubled.Row> Doubles(ReadOnlySpan<Tick> ticks) => [.. ticks.ToArray().Where(t => t.Volume % 3 == 0).Select(t => new Doubled.Row(t.Symbol, t.Price * 2, t.Ts))];

    private static Tick[] MakeTicks(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(i => new Tick($"SYM{random.Next(9)}", random.Next(3), random.Next(4000) / 4.0, random.Next(50), Start.AddMilliseconds(i * 7)))];
    }

    /// <summary>Rows that are durable have come as far as the view when a reader of the query has seen them: no clock is asked.</summary>
    private static async Task WaitAsync(Run run, long rows, CancellationToken token)
    {
        await foreach (KeptSum.Row row in run.Sums.ReadAllAsync(token))
        {
            if (row is { N: var n, Kind: not RowKind.UpdateBefore } && n >= rows)
            {
                break;
            }
        }

        while (run.Totals.Scan().Sum(r => r.N) < rows)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
        }
    }

    private LaminarOptions Options(int cores) => new() { Cores = cores, DataDirectory = Path.Combine(_folder, "state"), CheckpointInterval = TimeSpan.Zero };

    private sealed class Run : IAsyncDisposable
    {
        private Run(LaminarRuntime laminar)
        {
            Laminar = laminar;
            Source = laminar.AddSource<Tick>();
            Totals = KeptTotals.AddTo(laminar).Keep();
            Dearest = KeptDearest.AddTo(laminar).Keep();
            Rows = Doubled.AddTo(laminar).Keep();
            Sums = KeptSum.AddTo(laminar);
        }

        public LaminarRuntime Laminar { get; }

        public SourceHandle<Tick> Source { get; }

        public KeyedQueryHandle<KeptTotals.Row, string> Totals { get; }

        public KeyedQueryHandle<KeptDearest.Row, (string Symbol, long Place)> Dearest { get; }

        public QueryHandle<Doubled.Row> Rows { get; }

        public QueryHandle<KeptSum.Row> Sums { get; }

        public static async Task<Run> StartAsync(LaminarOptions options, CancellationToken token)
        {
            var run = new Run(LaminarRuntime.Create(options));
            await run.Laminar.StartAsync(token);
            return run;
        }

        public ValueTask DisposeAsync() => Laminar.DisposeAsync();
    }
}
