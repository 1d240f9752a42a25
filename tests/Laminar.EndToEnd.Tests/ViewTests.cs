using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

/// <summary>Results that are kept, against LINQ over the same rows: every kind of change, on 1, 2 and 3 cores, from 1 and from 4 partitions.</summary>
public sealed class ViewTests
{
    private static readonly Tick[] Ticks = MakeTicks(12_000);

    private static IEnumerable<TestCaseData> Shapes() =>
        from cores in new[] { 1, 2, 3 } from partitions in new[] { 1, 4 } select new TestCaseData(cores, partitions);

    [TestCaseSource(nameof(Shapes)), CancelAfter(60_000)]
    public async Task Views_hold_what_the_same_query_gives_over_all_rows(int cores, int partitions, CancellationToken token)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 2048 });
        SourceHandle<Tick> source = laminar.AddSource<Tick>(new SourceOptions { Partitions = partitions });
        KeyedQueryHandle<KeptTotals.Row, string> totals = KeptTotals.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptEven.Row, string> even = KeptEven.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptVenues.Row, int?> venues = KeptVenues.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptHighs.Row, (string Symbol, int? Venue)> highs = KeptHighs.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptSum.Row, ValueTuple> sum = KeptSum.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptCorrected.Row, (string Symbol, DateTime WindowStart)> corrected = KeptCorrected.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptLast.Row, string> last = KeptLast.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptDearest.Row, (string Symbol, long Place)> dearest = KeptDearest.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptCheapest.Row, string> cheapest = KeptCheapest.AddTo(laminar).Keep();
        QueryHandle<KeptFive.Row> five = KeptFive.AddTo(laminar).Keep();
        KeyedQueryHandle<Candles.Row, (string Symbol, DateTime WindowStart)> candles = Candles.AddTo(laminar).Keep();
        KeyedQueryHandle<Doubled.Row, string> doubled = Doubled.AddTo(laminar).KeepBy(row => row.Symbol);
        await laminar.StartAsync(token);
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Task.Run(() => Rows.PushAsync(source, Ticks, 173, p, partitions), token)));
        source.Complete();
        await laminar.WaitForCompletionAsync(token);

        Assert.Multiple(() =>
        {
            foreach (IGrouping<string, Tick> of in Ticks.GroupBy(t => t.Symbol))
            {
                Assert.That(totals.Lookup(of.Key).Select(r => (r.N, r.Volume)), Is.EqualTo([(of.LongCount(), of.Sum(t => t.Volume))]));
                Assert.That(even.Lookup(of.Key).Select(r => r.More), Is.EqualTo(of.Count() % 2 == 0 ? new[] { of.LongCount() + 1 } : []), "a query over a view that changes is a view of its own");
                Tick newest = of.MaxBy(t => t.Ts);
                Assert.That(last.Lookup(of.Key).Select(r => (r.Price, r.Ts)), Is.EqualTo([(newest.Price, newest.Ts)]));
                Tick[] down = [.. of.OrderByDescending(t => t.Price).ThenBy(t => t.Ts).Take(3)];
                Assert.That(Enumerable.Range(1, 4).SelectMany(place => dearest.Lookup((of.Key, place))).Select(r => (r.Price, r.Ts, r.Place)), Is.EqualTo(down.Select((t, i) => (t.Price, t.Ts, i + 1L))));
                Assert.That(cheapest.Lookup(of.Key).Select(r => (r.Price, r.Ts)), Is.EquivalentTo(of.OrderBy(t => t.Price).ThenBy(t => t.Ts).Take(3).Select(t => (t.Price, t.Ts))));
                Assert.That(
                    doubled.Lookup(of.Key).Select(r => r.ToString()).Order(),
                    Is.EqualTo(of.Where(t => t.Volume % 3 == 0).Select(t => new Doubled.Row(t.Symbol, t.Price * 2, t.Ts).ToString()).Order()));
            }

            foreach (IGrouping<(string Symbol, int? Venue), Tick> of in Ticks.GroupBy(t => (t.Symbol, t.Venue)))
            {
                Assert.That(highs.Lookup(of.Key).Select(r => r.High), Is.EqualTo([of.Max(t => t.Price)]));
            }

            foreach (IGrouping<(string Symbol, DateTime), Tick> of in Ticks.GroupBy(t => (t.Symbol, Floor(t.Ts, 10))))
            {
                Assert.That(corrected.Lookup(of.Key).Select(r => r.N), Is.EqualTo([of.LongCount()]));
            }

            foreach (IGrouping<(string Symbol, DateTime), Tick> of in Ticks.GroupBy(t => (t.Symbol, Floor(t.Ts, 5))))
            {
                Assert.That(candles.Lookup(of.Key).Select(r => (r.N, r.Volume, r.High)), Is.EqualTo([(of.LongCount(), of.Sum(t => t.Volume), of.Max(t => t.Price))]));
            }

            Assert.That(venues.Scan().Select(r => (r.Venue, r.N, r.Volume)), Is.EquivalentTo(Ticks.GroupBy(t => t.Venue).Select(g => (g.Key, g.LongCount(), g.Sum(t => t.Volume)))));
            Assert.That(venues.Lookup(null), Has.Count.EqualTo(1), "NULL is a key");
            Assert.That(sum.Lookup(default).Select(r => (r.N, r.Volume)), Is.EqualTo([(Ticks.LongLength, Ticks.Sum(t => t.Volume))]));
            Assert.That(five.Scan().Select(r => (r.Price, r.Ts)), Is.EquivalentTo(Ticks.OrderByDescending(t => t.Price).ThenBy(t => t.Ts).Take(5).Select(t => (t.Price, t.Ts))));
            Assert.That(totals.Lookup("nobody"), Is.Empty);
            Assert.That(candles.Scan(), Has.Count.EqualTo(Ticks.Select(t => (t.Symbol, Floor(t.Ts, 5))).Distinct().Count()));
            Assert.That(candles.Scan(committed: true), Is.EquivalentTo(candles.Scan()));
            Assert.That(candles.Scan().ToBatches(100).Sum(batch => batch.Length), Is.EqualTo(candles.Scan().Count));
            Assert.That(candles.Lookup(("SYM1", Floor(Ticks[0].Ts, 5)), committed: true), Is.EqualTo(candles.Lookup(("SYM1", Floor(Ticks[0].Ts, 5)))));
        });
    }

    [Test, CancelAfter(60_000)]
    public async Task Readers_meet_whole_batches_while_cores_write([Values(1, 2, 3)] int cores, CancellationToken token)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, CheckpointInterval = TimeSpan.Zero });
        SourceHandle<Tick> source = laminar.AddSource<Tick>();
        KeyedQueryHandle<KeptTotals.Row, string> totals = KeptTotals.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptSum.Row, ValueTuple> sum = KeptSum.AddTo(laminar).Keep();
        KeyedQueryHandle<KeptDearest.Row, (string Symbol, long Place)> dearest = KeptDearest.AddTo(laminar).Keep();
        await laminar.StartAsync(token);
        await source.PushAsync(Ticks.AsMemory(0, 1000), token);
        await source.FlushAsync(token);
        string[] symbols = [.. Ticks.Take(1000).Select(t => t.Symbol).Distinct()];

        using var done = new CancellationTokenSource();
        long epochs = 0;
        Task[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var seen = new Dictionary<string, long>();
            long lastEpoch = 0;
            do
            {
                foreach (string symbol in symbols)
                {
                    // A row and its successor are one change: a reader never meets a key without its row.
                    KeptTotals.Row row = totals.Lookup(symbol).Single();
                    Assert.That(row.N, Is.GreaterThanOrEqualTo(seen.GetValueOrDefault(symbol)));
                    seen[symbol] = row.N;
                    Assert.That(dearest.Lookup((symbol, 1)), Has.Count.EqualTo(1));
                }

                ViewRows<KeptTotals.Row> rows = totals.Scan();
                Assert.That(rows.Select(r => r.Symbol), Is.Unique);
                Assert.That(rows, Has.Count.EqualTo(rows.Count()));

                // Committed rows of two queries of one epoch are of the same input, whatever cores they are on.
                ViewRows<KeptTotals.Row> bySymbol = totals.Scan(committed: true);
                ViewRows<KeptSum.Row> all = sum.Scan(committed: true);
                Assert.That(bySymbol.Epoch, Is.GreaterThanOrEqualTo(lastEpoch));
                lastEpoch = bySymbol.Epoch!.Value;
                if (bySymbol.Epoch == all.Epoch)
                {
                    Interlocked.Increment(ref epochs);
                    Assert.That(bySymbol.Sum(r => r.N), Is.EqualTo(all.Sum(r => r.N)));
                }
            }
            while (!done.IsCancellationRequested);
        }, token))];

        for (int i = 1000; i < Ticks.Length; i += 500)
        {
            await source.PushAsync(Ticks.AsMemory(i, Math.Min(500, Ticks.Length - i)), token);
            await laminar.CheckpointAsync(token);
            Assert.That(sum.Lookup(default, committed: true).Single().N, Is.EqualTo(Math.Min(i + 500, Ticks.Length)));
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.That(epochs, Is.Positive);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_scan_stays_as_it_is_while_the_view_goes_on(CancellationToken token)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions());
        SourceHandle<Tick> source = laminar.AddSource<Tick>();
        KeyedQueryHandle<KeptTotals.Row, string> totals = KeptTotals.AddTo(laminar).Keep();
        await laminar.StartAsync(token);
        await source.PushAsync(Ticks.AsMemory(0, 5000), token);
        await source.FlushAsync(token);
        ViewRows<KeptTotals.Row> before = totals.Scan();
        KeptTotals.Row[] rows = [.. before];
        await source.PushAsync(Ticks.AsMemory(5000), token);
        await source.FlushAsync(token);
        Assert.That(before, Is.EqualTo(rows));
        Assert.That(totals.Scan().Sum(r => r.N), Is.EqualTo(Ticks.Length));
        Assert.That(rows.Sum(r => r.N), Is.EqualTo(5000));
    }

    private static DateTime Floor(DateTime ts, int seconds) => new(ts.Ticks - (ts.Ticks % (seconds * TimeSpan.TicksPerSecond)), DateTimeKind.Utc);

    /// <summary>Up to two seconds of disorder, no two rows of one instant.</summary>
    private static Tick[] MakeTicks(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i => new Tick(
            $"SYM{random.Next(23)}",
            random.Next(3) == 0 ? null : random.Next(4),
            random.Next(1000) / 4.0,
            random.Next(50),
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds((i * 7) - random.Next(2000)).AddTicks(i)))];
    }
}
