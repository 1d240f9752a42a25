using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT symbol, window_time, COUNT(*) AS n, SUM(volume) AS volume FROM buys GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND) EMIT CHANGES")]
public sealed partial class Waves;

[StreamQuery("SELECT window_start, MAX(volume) AS most, COUNT(*) AS waves, SUM(n) AS n FROM waves GROUP BY TUMBLE(window_time, INTERVAL '20' SECOND)")]
public sealed partial class Tides;

[StreamQuery("SELECT symbol, total, RANK() OVER (ORDER BY total DESC) AS place, LAG(symbol) OVER (ORDER BY total DESC, symbol) AS better FROM (SELECT symbol, SUM(volume) AS total FROM buys GROUP BY symbol)")]
public sealed partial class Standings;

[StreamQuery("SELECT symbol, GROUPING(symbol) AS g, SUM(total) AS total FROM (SELECT symbol, volume, SUM(volume) AS total FROM buys GROUP BY symbol, volume) GROUP BY ROLLUP (symbol)")]
public sealed partial class Sums;

[StreamQuery("SELECT b.symbol, b.volume, b.ts, s.amount FROM buys b ASOF LEFT JOIN sells s MATCH_CONDITION (b.ts >= s.at) ON b.symbol = s.name EMIT CHANGES")]
public sealed partial class LastSold;

[StreamQuery("SELECT symbol, SUM(volume) AS total FROM buys GROUP BY symbol HAVING SUM(volume) > (SELECT AVG(amount) * 200 FROM sells)")]
public sealed partial class Weighty;

/// <summary>Windows, grouping sets, OVER and ASOF JOIN whose rows change, through the runtime and by themselves, against LINQ.</summary>
public sealed class ChangedWindowsTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Buy[] Buys = [.. Enumerable.Range(0, 3000).Select(i => new Buy("S" + (i * i % 17), i % 13, Start.AddMilliseconds(i * 20)))];
    private static readonly Sell[] Sells = [.. Enumerable.Range(0, 1500).Select(i => new Sell("S" + (i % 9), i * i % 11, Start.AddMilliseconds(i * 40)))];

    private static string[] ExpectedTides => [.. Buys.GroupBy(b => (b.Symbol, Wave: b.Ts.Ticks / TimeSpan.TicksPerSecond / 5)).GroupBy(w => w.Key.Wave / 4)
        .Select(t => new Tides.Row(new DateTime(t.Key * 20 * TimeSpan.TicksPerSecond, DateTimeKind.Utc), t.Max(w => w.Sum(b => b.Volume)), t.LongCount(), t.Sum(w => w.LongCount())).ToString())];

    private static string[] ExpectedStandings
    {
        get
        {
            (string Symbol, long Total)[] totals = [.. Buys.GroupBy(b => b.Symbol).Select(g => (g.Key, g.Sum(b => b.Volume))).OrderByDescending(t => t.Item2).ThenBy(t => t.Key, StringComparer.Ordinal)];
            return [.. totals.Select((t, i) => new Standings.Row(RowKind.Insert, t.Symbol, t.Total, 1 + totals.LongCount(o => o.Total > t.Total), i == 0 ? null : totals[i - 1].Symbol).ToString())];
        }
    }

    private static string[] ExpectedSums => [.. Buys.GroupBy(b => b.Symbol).Select(g => new Sums.Row(RowKind.Insert, g.Key, 0, g.Sum(b => b.Volume)).ToString()).Append(new Sums.Row(RowKind.Insert, null, 1, Buys.Sum(b => b.Volume)).ToString())];

    private static string[] ExpectedLastSold => [.. Buys.Select(b => new LastSold.Row(RowKind.Insert, b.Symbol, b.Volume, b.Ts, Sells.Where(s => s.Name == b.Symbol && s.At <= b.Ts).Select(s => (int?)s.Amount).LastOrDefault()).ToString())];

    private static string[] ExpectedHeavy => [.. Buys.GroupBy(b => b.Symbol).Select(g => (g.Key, Total: g.Sum(b => b.Volume))).Where(g => g.Total > Sells.Average(s => s.Amount) * 200).Select(g => new Weighty.Row(RowKind.Insert, g.Key, g.Total).ToString())];

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 3)]
    [TestCase(3, 2)]
    public async Task A_runtime_comes_to_the_same_on_any_number_of_cores(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Buy> buys = laminar.AddSource<Buy>(new SourceOptions { Partitions = partitions });
        SourceHandle<Sell> sells = laminar.AddSource<Sell>(new SourceOptions { Partitions = partitions });
        QueryHandle<Tides.Row> tides = Tides.AddTo(laminar);
        QueryHandle<Standings.Row> standings = Standings.AddTo(laminar);
        QueryHandle<Sums.Row> sums = Sums.AddTo(laminar);
        QueryHandle<LastSold.Row> lastSold = LastSold.AddTo(laminar);
        QueryHandle<Weighty.Row> heavy = Weighty.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<Tides.Row>> tideRows = Rows.Of(tides);
        Task<List<Standings.Row>> standingRows = Rows.Of(standings);
        Task<List<Sums.Row>> sumRows = Rows.Of(sums);
        Task<List<LastSold.Row>> soldRows = Rows.Of(lastSold);
        Task<List<Weighty.Row>> heavyRows = Rows.Of(heavy);
        Task push = Task.Run(async () =>
        {
            await Rows.PushAsync(sells, Sells, 97);
            sells.Complete();
        });
        await Rows.PushAsync(buys, Buys, 173);
        buys.Complete();
        await push;
        Assert.That((await tideRows).Select(r => r.ToString()), Is.EquivalentTo(ExpectedTides));
        ChangedTests.AssertFinal(await standingRows, r => r with { Kind = RowKind.Insert }, ExpectedStandings);
        ChangedTests.AssertFinal(await sumRows, r => r with { Kind = RowKind.Insert }, ExpectedSums);
        ChangedTests.AssertFinal(await soldRows, r => r with { Kind = RowKind.Insert }, ExpectedLastSold);
        ChangedTests.AssertFinal(await heavyRows, r => r with { Kind = RowKind.Insert }, ExpectedHeavy);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(int.MaxValue)]
    public void Saved_and_restored_between_pushes(int size)
    {
        var rows = new List<LastSold.Row>();
        LastSold.Query<Execution.ActionSink<LastSold.Row>> query = LastSold.Create(rows.Add);
        for (int i = 0, pushes = 0; i < Sells.Length; pushes++)
        {
            int end = (int)Math.Min((long)i + size, Sells.Length);
            query.Push(Buys.AsSpan((2 * i)..(2 * end)));
            query.Push(Sells.AsSpan(i..end));
            i = end;
            if (pushes % 50 == 0)
            {
                var saved = new ArrayBufferWriter<byte>();
                query.Snapshot(saved);
                query.Dispose();
                query = LastSold.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
            }
        }

        query.Complete();
        query.Dispose();
        ChangedTests.AssertFinal(rows, r => r with { Kind = RowKind.Insert }, ExpectedLastSold);
    }
}
