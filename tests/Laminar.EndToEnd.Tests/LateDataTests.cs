using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamSource("hasty_ticks", Watermark = "ts - INTERVAL '0.5' SECOND")]
public readonly partial record struct HastyTick(string Symbol, long Volume, DateTime Ts);

[StreamQuery("SELECT symbol, window_start, COUNT(*) AS n FROM hasty_ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '1' SECOND) LATE DATA TO late_ticks")]
public sealed partial class HastyCounts;

[StreamQuery("SELECT symbol, volume FROM late_ticks WHERE volume % 2 = 0")]
public sealed partial class EvenLateTicks;

/// <summary>LATE DATA TO as C# sees it: a member of a query by itself, a handle of a runtime, a name that other queries read.</summary>
public sealed class LateDataTests
{
    private static readonly HastyTick[] Ticks = MakeTicks(20_000);

    [Test]
    public void A_query_by_itself_hands_them_to_a_callback()
    {
        var rows = new List<HastyCounts.Row>();
        var late = new List<HastyTick>();
        using HastyCounts.Query<Execution.ActionSink<HastyCounts.Row>> query = HastyCounts.Create(rows.Add);
        query.LateTicks = late.Add;
        query.Push(Ticks);
        query.Complete();

        (List<HastyTick> expected, List<string> results) = Expected();
        Assert.That(expected, Has.Count.GreaterThan(1000));
        Assert.That(late, Is.EqualTo(expected));
        Assert.That(query.Statistics.LateRows, Is.EqualTo(expected.Count));
        Assert.That(rows.Select(Text).Order(StringComparer.Ordinal), Is.EqualTo(results.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Nobody_need_take_them()
    {
        using HastyCounts.Query<Execution.ActionSink<HastyCounts.Row>> query = HastyCounts.Create(_ => { });
        query.Push(Ticks);
        Assert.That(query.Statistics.LateRows, Is.EqualTo(Expected().Late.Count));
    }

    [Test]
    public void A_query_that_reads_them_takes_the_source_by_itself()
    {
        var rows = new List<EvenLateTicks.Row>();
        using EvenLateTicks.Query<Execution.ActionSink<EvenLateTicks.Row>> query = EvenLateTicks.Create(rows.Add);
        query.Push(Ticks);
        query.Complete();
        Assert.That(rows.Select(r => (r.Symbol, r.Volume)), Is.EqualTo(Expected().Late.Where(r => r.Volume % 2 == 0).Select(r => (r.Symbol, r.Volume))));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_runtime_gives_the_same_on_any_number_of_cores(int cores)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<HastyTick> source = laminar.AddSource<HastyTick>();
        QueryHandle<HastyCounts.Row> counts = HastyCounts.AddTo(laminar);
        QueryHandle<HastyTick> late = HastyCounts.LateTicks.AddTo(laminar);
        QueryHandle<EvenLateTicks.Row> even = EvenLateTicks.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<HastyCounts.Row>> countRows = Rows.Of(counts);
        Task<List<HastyTick>> lateRows = Rows.Of(late);
        Task<List<EvenLateTicks.Row>> evenRows = Rows.Of(even);
        await Rows.PushAsync(source, Ticks, 173);
        source.Complete();
        (List<HastyTick> expected, List<string> results) = Expected();
        Assert.That((await countRows).Select(Text).Order(StringComparer.Ordinal), Is.EqualTo(results.Order(StringComparer.Ordinal)));
        Assert.That((await lateRows).Select(r => r.ToString()).Order(StringComparer.Ordinal), Is.EqualTo(expected.Select(r => r.ToString()).Order(StringComparer.Ordinal)));
        Assert.That(await evenRows, Has.Count.EqualTo(expected.Count(r => r.Volume % 2 == 0)));
        Assert.That((counts.Statistics.LateRows, late.Statistics.RowsOut), Is.EqualTo(((long)expected.Count, (long)expected.Count)));
    }

    [Test]
    public async Task Only_the_late_rows_may_be_asked_for()
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { ReadBufferRows = 16 });
        SourceHandle<HastyTick> source = laminar.AddSource<HastyTick>();
        QueryHandle<HastyTick> late = HastyCounts.LateTicks.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<HastyTick>> rows = Rows.Of(late);
        await source.PushAsync(Ticks);
        source.Complete();
        Assert.That(await rows, Is.EqualTo(Expected().Late));
    }

    [Test]
    public void Late_rows_allocate_nothing_in_steady_state()
    {
        long seen = 0;
        using HastyCounts.Query<Execution.ActionSink<HastyCounts.Row>> query = HastyCounts.Create(_ => { });
        query.LateTicks = row => seen += row.Volume;
        HastyTick[] late = [.. Enumerable.Range(0, 500).Select(i => new HastyTick("A", i, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(i)))];
        query.Push(new HastyTick("A", 1, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        for (int i = 0; i < 20; i++)
        {
            query.Push(late);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            query.Push(late);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(seen, Is.EqualTo(40 * 500 * 499 / 2));
    }

    private static string Text(HastyCounts.Row row) => $"{row.Symbol} {row.WindowStart:O} {row.N}";

    /// <summary>By the definition: late is a row whose second has ended by the watermark before it.</summary>
    private static (List<HastyTick> Late, List<string> Results) Expected()
    {
        var late = new List<HastyTick>();
        var counts = new Dictionary<(string, DateTime), long>();
        DateTime watermark = DateTime.MinValue;
        foreach (HastyTick tick in Ticks)
        {
            var start = new DateTime(tick.Ts.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
            if (start.AddSeconds(1) <= watermark)
            {
                late.Add(tick);
            }
            else
            {
                counts[(tick.Symbol, start)] = counts.GetValueOrDefault((tick.Symbol, start)) + 1;
            }

            watermark = tick.Ts.AddSeconds(-0.5) > watermark ? tick.Ts.AddSeconds(-0.5) : watermark;
        }

        return (late, [.. counts.Select(c => $"{c.Key.Item1} {c.Key.Item2:O} {c.Value}")]);
    }

    private static HastyTick[] MakeTicks(int count)
    {
        var random = new Random(11);
        DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i => new HastyTick($"SYM{random.Next(17)}", random.Next(1000), start.AddMilliseconds((i * 5L) - random.Next(2500)).AddTicks(i)))];
    }
}
