using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamSource("buys", Watermark = "ts")]
public readonly partial record struct Buy(string Symbol, long Volume, DateTime Ts);

[StreamSource("sells", Watermark = "at - INTERVAL '1' SECOND")]
public readonly partial record struct Sell(string Name, int Amount, DateTime At);

[StreamQuery("SELECT symbol, volume, ts FROM buys UNION ALL SELECT name, -amount, at FROM sells")]
public sealed partial class Both;

[StreamQuery("""
    SELECT symbol, window_start, COUNT(*) AS n, SUM(volume) AS net
    FROM (SELECT symbol, volume, ts FROM buys UNION ALL SELECT name, -amount, at FROM sells)
    GROUP BY symbol, TUMBLE(ts, INTERVAL '10' SECOND)
    """)]
public sealed partial class Net;

[StreamQuery("SELECT COUNT(*) AS n, SUM(net) AS net, window_start FROM (SELECT symbol, window_time AS w, SUM(volume) AS net FROM both GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND)) GROUP BY TUMBLE(w, INTERVAL '20' SECOND)")]
public sealed partial class Totals;

/// <summary>Queries over several sources, and queries inside queries, as C# sees them.</summary>
public sealed class UnionTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Buy[] Buys = [.. Enumerable.Range(0, 8000).Select(i => new Buy("S" + (i % 7), i % 13, Start.AddMilliseconds(i * 20)))];

    // Out of order by less than their watermark allows, so that no row is late whichever source is ahead.
    private static readonly Sell[] Sells = [.. Enumerable.Range(0, 4000).Select(i => new Sell("S" + (i % 5), i % 11, Start.AddMilliseconds((i * 40) - (i * 7919 % 900) + 900)))];

    [Test]
    public void A_query_by_itself_takes_the_rows_of_each_source()
    {
        var rows = new List<Net.Row>();
        using Net.Query<Execution.ActionSink<Net.Row>> query = Net.Create(rows.Add);
        query.Push(new Buy("A", 5, Start));
        query.Push(new Sell("A", 3, Start.AddSeconds(1)));
        query.AdvanceWatermark<Buy>(Start.AddMinutes(1));
        Assert.That(rows, Is.Empty, "the other source may still bring rows");
        query.AdvanceWatermark<Sell>(Start.AddSeconds(15));
        Assert.That(rows, Is.EqualTo(new[] { new Net.Row("A", Start, 2, 2) }));
        query.Push(new Sell("A", 1, Start.AddSeconds(2)));
        Assert.That(query.Statistics.LateRows, Is.EqualTo(1));
        query.AdvanceWatermark(Start.AddHours(1));
        Assert.Throws<LaminarException>(() => query.AdvanceWatermark<Tick>(Start));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(int.MaxValue)]
    public void Saved_and_restored_between_any_two_pushes(int size)
    {
        var rows = new List<Totals.Row>();
        Totals.Query<Execution.ActionSink<Totals.Row>> query = Totals.Create(rows.Add);
        Buy[] buys = Buys[..400];
        Sell[] sells = Sells[..200];
        for (int i = 0, pushes = 0; i < buys.Length; i += Math.Min(size, buys.Length), pushes++)
        {
            int end = (int)Math.Min((long)i + size, buys.Length);
            query.Push(buys.AsSpan(i..end));
            query.Push(sells.AsSpan((i / 2)..(end / 2)));
            if (pushes % 50 == 0)
            {
                var saved = new ArrayBufferWriter<byte>();
                query.Snapshot(saved);
                query.Dispose();
                query = Totals.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
            }
        }

        query.Complete();
        query.Dispose();
        Assert.That(rows.Select(r => r.ToString()), Is.EquivalentTo(ExpectedTotals(buys, sells).Select(r => r.ToString())));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_runtime_gives_the_same_on_any_number_of_cores(int cores)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Buy> buys = laminar.AddSource<Buy>(new SourceOptions { Partitions = 1 });
        SourceHandle<Sell> sells = laminar.AddSource<Sell>();
        QueryHandle<Both.Row> both = Both.AddTo(laminar);
        QueryHandle<Net.Row> net = Net.AddTo(laminar);
        QueryHandle<Totals.Row> totals = Totals.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<Both.Row>> bothRows = Rows.Of(both);
        Task<List<Net.Row>> netRows = Rows.Of(net);
        Task<List<Totals.Row>> totalRows = Rows.Of(totals);
        Task push = Task.Run(async () =>
        {
            await Rows.PushAsync(sells, Sells, 97);
            sells.Complete();
        });
        await Rows.PushAsync(buys, Buys, 173);
        buys.Complete();
        await push;
        (string Symbol, long Volume, DateTime Ts)[] all = All(Buys, Sells);
        Assert.That((await bothRows).Select(r => (r.Symbol, r.Volume, r.Ts)), Is.EquivalentTo(all));
        Assert.That(
            (await netRows).Select(r => r.ToString()),
            Is.EquivalentTo(all.GroupBy(r => (r.Symbol, Window: Floor(r.Ts, 10))).Select(g => new Net.Row(g.Key.Symbol, g.Key.Window, g.Count(), g.Sum(r => r.Volume)).ToString())));
        Assert.That((await totalRows).Select(r => r.ToString()), Is.EquivalentTo(ExpectedTotals(Buys, Sells).Select(r => r.ToString())));
        Assert.That((net.Statistics.LateRows, totals.Statistics.LateRows, both.Statistics.RowsOut), Is.EqualTo((0L, 0L, (long)all.Length)));
    }

    private static (string Symbol, long Volume, DateTime Ts)[] All(Buy[] buys, Sell[] sells) =>
        [.. buys.Select(b => (b.Symbol, b.Volume, b.Ts)), .. sells.Select(s => (s.Name, (long)-s.Amount, s.At))];

    private static IEnumerable<Totals.Row> ExpectedTotals(Buy[] buys, Sell[] sells) => All(buys, sells)
        .GroupBy(r => (r.Symbol, Window: Floor(r.Ts, 5)))
        .Select(g => (g.Key.Window, Net: g.Sum(r => r.Volume)))
        .GroupBy(g => Floor(g.Window, 20))
        .Select(g => new Totals.Row(g.Count(), g.Sum(r => r.Net), g.Key));

    private static DateTime Floor(DateTime time, int seconds) => new(time.Ticks - (time.Ticks % (seconds * TimeSpan.TicksPerSecond)), DateTimeKind.Utc);
}
