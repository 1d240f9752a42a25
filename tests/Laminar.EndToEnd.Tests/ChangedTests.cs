using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT n, COUNT(*) AS keys, SUM(total) AS s, MAX(total) AS most FROM (SELECT symbol, COUNT(*) AS n, SUM(volume) AS total FROM buys GROUP BY symbol, volume) GROUP BY n")]
public sealed partial class Sizes;

[StreamQuery("SELECT b.symbol, b.total, s.name, s.n FROM (SELECT symbol, SUM(volume) AS total FROM buys GROUP BY symbol) b FULL JOIN (SELECT name, COUNT(*) AS n FROM sells GROUP BY name) s ON b.symbol = s.name AND b.total > s.n * 5")]
public sealed partial class Ledger;

[StreamQuery("SELECT b.symbol, b.volume, b.ts FROM buys b WHERE NOT EXISTS (SELECT 1 FROM sells s WHERE s.name = b.symbol AND s.amount = b.volume)")]
public sealed partial class Unsold;

[StreamQuery("SELECT symbol, volume FROM buys EXCEPT SELECT name, amount FROM sells WHERE at > TIMESTAMP '2024-01-01 08:00:30'")]
public sealed partial class Rest;

[StreamQuery("SELECT symbol, total FROM ledger WHERE total > (SELECT AVG(amount) * 100 FROM sells)")]
public sealed partial class Great;

/// <summary>Queries over rows that change, through the runtime and by themselves, against LINQ.</summary>
public sealed class ChangedTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Buy[] Buys = [.. Enumerable.Range(0, 3000).Select(i => new Buy("S" + (i * i % 17), i % 13, Start.AddMilliseconds(i * 20)))];
    private static readonly Sell[] Sells = [.. Enumerable.Range(0, 1500).Select(i => new Sell("S" + (i % 9), i * i % 11, Start.AddMilliseconds(i * 40)))];

    private static string[] ExpectedSizes => [.. Buys.GroupBy(b => (b.Symbol, b.Volume)).GroupBy(g => g.LongCount())
        .Select(g => new Sizes.Row(RowKind.Insert, g.Key, g.LongCount(), g.Sum(k => k.Sum(b => b.Volume)), g.Max(k => k.Sum(b => b.Volume))).ToString())];

    private static string[] ExpectedTotals
    {
        get
        {
            (string Symbol, long Total)[] buys = [.. Buys.GroupBy(b => b.Symbol).Select(g => (g.Key, g.Sum(b => b.Volume)))];
            (string Name, long N)[] sells = [.. Sells.GroupBy(s => s.Name).Select(g => (g.Key, g.LongCount()))];
            var pairs = (from b in buys from s in sells where b.Symbol == s.Name && b.Total > s.N * 5 select (b, s)).ToList();
            return
            [
                .. pairs.Select(p => new Ledger.Row(RowKind.Insert, p.b.Symbol, p.b.Total, p.s.Name, p.s.N).ToString()),
                .. buys.Except(pairs.Select(p => p.b)).Select(b => new Ledger.Row(RowKind.Insert, b.Symbol, b.Total, null, null).ToString()),
                .. sells.Except(pairs.Select(p => p.s)).Select(s => new Ledger.Row(RowKind.Insert, null, null, s.Name, s.N).ToString()),
            ];
        }
    }

    private static string[] ExpectedUnsold => [.. Buys.Where(b => !Sells.Any(s => s.Name == b.Symbol && s.Amount == b.Volume)).Select(b => new Unsold.Row(RowKind.Insert, b.Symbol, b.Volume, b.Ts).ToString())];

    private static string[] ExpectedRest => [.. Buys.Select(b => (b.Symbol, b.Volume)).Except(Sells.Where(s => s.At > Start.AddSeconds(30)).Select(s => (s.Name, (long)s.Amount))).Select(r => new Rest.Row(RowKind.Insert, r.Item1, r.Item2).ToString())];

    private static string[] ExpectedGreat
    {
        get
        {
            (string Symbol, long Total)[] buys = [.. Buys.GroupBy(b => b.Symbol).Select(g => (g.Key, g.Sum(b => b.Volume)))];
            double least = Sells.Average(s => s.Amount) * 100;
            return [.. buys.Where(b => b.Total > least).Select(b => new Great.Row(RowKind.Insert, b.Symbol, b.Total).ToString())];
        }
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 3)]
    [TestCase(3, 2)]
    public async Task A_runtime_comes_to_the_same_on_any_number_of_cores(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Buy> buys = laminar.AddSource<Buy>(new SourceOptions { Partitions = partitions });
        SourceHandle<Sell> sells = laminar.AddSource<Sell>(new SourceOptions { Partitions = partitions });
        QueryHandle<Sizes.Row> sizes = Sizes.AddTo(laminar);
        QueryHandle<Ledger.Row> totals = Ledger.AddTo(laminar);
        QueryHandle<Unsold.Row> unsold = Unsold.AddTo(laminar);
        QueryHandle<Rest.Row> rest = Rest.AddTo(laminar);
        QueryHandle<Great.Row> great = Great.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<Sizes.Row>> sizeRows = Rows.Of(sizes);
        Task<List<Ledger.Row>> totalRows = Rows.Of(totals);
        Task<List<Unsold.Row>> unsoldRows = Rows.Of(unsold);
        Task<List<Rest.Row>> restRows = Rows.Of(rest);
        Task<List<Great.Row>> greatRows = Rows.Of(great);
        Task push = Task.Run(async () =>
        {
            await Rows.PushAsync(sells, Sells, 97);
            sells.Complete();
        });
        await Rows.PushAsync(buys, Buys, 173);
        buys.Complete();
        await push;
        AssertFinal(await sizeRows, r => r with { Kind = RowKind.Insert }, ExpectedSizes);
        AssertFinal(await totalRows, r => r with { Kind = RowKind.Insert }, ExpectedTotals);
        AssertFinal(await unsoldRows, r => r with { Kind = RowKind.Insert }, ExpectedUnsold);
        AssertFinal(await restRows, r => r with { Kind = RowKind.Insert }, ExpectedRest);
        AssertFinal(await greatRows, r => r with { Kind = RowKind.Insert }, ExpectedGreat);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(int.MaxValue)]
    public void Saved_and_restored_between_pushes(int size)
    {
        var rows = new List<Ledger.Row>();
        Ledger.Query<Execution.ActionSink<Ledger.Row>> query = Ledger.Create(rows.Add);
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
                query = Ledger.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
            }
        }

        query.Complete();
        query.Dispose();
        AssertFinal(rows, r => r with { Kind = RowKind.Insert }, ExpectedTotals);
    }

    /// <summary>Applies changes: none takes a row back that isn't there.</summary>
    internal static void AssertFinal<TRow>(List<TRow> changes, Func<TRow, TRow> plain, string[] expected)
        where TRow : struct, IChangelogRow
    {
        var counts = new Dictionary<string, int>();
        foreach (TRow change in changes)
        {
            string row = plain(change).ToString()!;
            int count = counts.GetValueOrDefault(row) + (change.Kind is RowKind.Insert or RowKind.UpdateAfter ? 1 : -1);
            Assert.That(count, Is.Not.Negative, () => $"{row} is taken back");
            counts[row] = count;
        }

        Assert.That(counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value)).Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
    }
}
