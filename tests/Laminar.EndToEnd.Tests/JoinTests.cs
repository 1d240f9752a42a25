using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT b.symbol, b.volume, s.amount, b.ts FROM buys b JOIN sells s ON b.symbol = s.name AND s.at BETWEEN b.ts - INTERVAL '0.2' SECOND AND b.ts + INTERVAL '0.5' SECOND")]
public sealed partial class Pairs;

[StreamQuery("SELECT b.symbol, b.volume, b.ts, s.name, s.amount, s.at FROM buys b FULL JOIN sells s ON b.symbol = s.name AND b.volume = s.amount AND s.at >= b.ts AND s.at < b.ts + INTERVAL '0.3' SECOND")]
public sealed partial class AllPairs;

[StreamQuery("SELECT x.symbol, x.ts, COUNT(*) AS n, window_start FROM buys x, buys y WHERE x.symbol = y.symbol AND y.ts > x.ts AND y.ts <= x.ts + INTERVAL '1' SECOND GROUP BY x.symbol, x.ts, TUMBLE(y.ts, INTERVAL '10' SECOND)")]
public sealed partial class Followers;

[StreamQuery("SELECT b.symbol, b.ts, s.amount, s.at FROM buys b ASOF LEFT JOIN sells s MATCH_CONDITION (b.ts >= s.at, TOLERANCE INTERVAL '0.2' SECOND) ON b.symbol = s.name")]
public sealed partial class Before;

[StreamQuery("SELECT s.name, s.amount, b.volume, b.ts FROM sells s JOIN buys FOR SYSTEM_TIME AS OF s.at AS b ON s.name = b.symbol")]
public sealed partial class Versions;

[StreamQuery("SELECT s.name, s.amount, s.at FROM sells s ANTI JOIN buys b ON s.name = b.symbol AND s.amount = b.volume AND b.ts BETWEEN s.at - INTERVAL '1' SECOND AND s.at + INTERVAL '1' SECOND")]
public sealed partial class Alone;

/// <summary>Joins through the runtime and by themselves, against LINQ.</summary>
public sealed class JoinTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Buy[] Buys = [.. Enumerable.Range(0, 3000).Select(i => new Buy("S" + (i % 7), i % 13, Start.AddMilliseconds(i * 20)))];

    // Out of order by less than their watermark allows, so that no row is late whichever source is ahead.
    private static readonly Sell[] Sells = [.. Enumerable.Range(0, 1500).Select(i => new Sell("S" + (i % 9), i % 11, Start.AddMilliseconds((i * 40) - (i * 7919 % 900) + 900)))];

    private static string[] ExpectedPairs => [.. from b in Buys from s in Sells where b.Symbol == s.Name && s.At >= b.Ts.AddSeconds(-0.2) && s.At <= b.Ts.AddSeconds(0.5) select new Pairs.Row(b.Symbol, b.Volume, s.Amount, b.Ts).ToString()];

    private static string[] ExpectedAll
    {
        get
        {
            (Buy B, Sell S)[] pairs = [.. from b in Buys from s in Sells where b.Symbol == s.Name && b.Volume == s.Amount && s.At >= b.Ts && s.At < b.Ts.AddSeconds(0.3) select (b, s)];
            IEnumerable<AllPairs.Row> rows = pairs.Select(p => new AllPairs.Row(p.B.Symbol, p.B.Volume, p.B.Ts, p.S.Name, p.S.Amount, p.S.At))
                .Concat(Buys.Except(pairs.Select(p => p.B)).Select(b => new AllPairs.Row(b.Symbol, b.Volume, b.Ts, null, null, null)))
                .Concat(Sells.Except(pairs.Select(p => p.S)).Select(s => new AllPairs.Row(null, null, null, s.Name, s.Amount, s.At)));
            return [.. rows.Select(r => r.ToString())];
        }
    }

    private static string[] ExpectedFollowers => [.. from x in Buys from y in Buys where x.Symbol == y.Symbol && y.Ts > x.Ts && y.Ts <= x.Ts.AddSeconds(1)
        group y by (x.Symbol, x.Ts, Window: new DateTime(y.Ts.Ticks - (y.Ts.Ticks % TimeSpan.FromSeconds(10).Ticks), DateTimeKind.Utc)) into g
        select new Followers.Row(g.Key.Symbol, g.Key.Ts, g.Count(), g.Key.Window).ToString()];

    private static string[] ExpectedBefore => [.. from b in Buys
        let best = Sells.Where(s => s.Name == b.Symbol && s.At <= b.Ts && s.At >= b.Ts.AddSeconds(-0.2)).OrderByDescending(s => s.At).Select(s => (Sell?)s).FirstOrDefault()
        select new Before.Row(b.Symbol, b.Ts, best?.Amount, best?.At).ToString()];

    private static string[] ExpectedVersions => [.. from s in Sells let best = Buys.LastOrDefault(b => b.Symbol == s.Name && b.Ts <= s.At) where best.Symbol is not null select new Versions.Row(s.Name, s.Amount, best.Volume, best.Ts).ToString()];

    private static string[] ExpectedAlone => [.. Sells.Where(s => !Buys.Any(b => b.Symbol == s.Name && b.Volume == s.Amount && Math.Abs((b.Ts - s.At).TotalSeconds) <= 1)).Select(s => new Alone.Row(s.Name, s.Amount, s.At).ToString())];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_runtime_gives_the_same_on_any_number_of_cores(int cores)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Buy> buys = laminar.AddSource<Buy>(new SourceOptions { Partitions = 1 });
        SourceHandle<Sell> sells = laminar.AddSource<Sell>();
        QueryHandle<Pairs.Row> pairs = Pairs.AddTo(laminar);
        QueryHandle<AllPairs.Row> all = AllPairs.AddTo(laminar);
        QueryHandle<Followers.Row> followers = Followers.AddTo(laminar);
        QueryHandle<Before.Row> before = Before.AddTo(laminar);
        QueryHandle<Versions.Row> versions = Versions.AddTo(laminar);
        QueryHandle<Alone.Row> alone = Alone.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<Before.Row>> beforeRows = Rows.Of(before);
        Task<List<Versions.Row>> versionRows = Rows.Of(versions);
        Task<List<Alone.Row>> aloneRows = Rows.Of(alone);
        Task<List<Pairs.Row>> pairRows = Rows.Of(pairs);
        Task<List<AllPairs.Row>> allRows = Rows.Of(all);
        Task<List<Followers.Row>> followerRows = Rows.Of(followers);
        Task push = Task.Run(async () =>
        {
            await Rows.PushAsync(sells, Sells, 97);
            sells.Complete();
        });
        await Rows.PushAsync(buys, Buys, 173);
        buys.Complete();
        await push;
        AssertSame(await pairRows, ExpectedPairs);
        AssertSame(await allRows, ExpectedAll);
        AssertSame(await followerRows, ExpectedFollowers);
        AssertSame(await beforeRows, ExpectedBefore);
        AssertSame(await versionRows, ExpectedVersions);
        AssertSame(await aloneRows, ExpectedAlone);
        Assert.That((pairs.Statistics.LateRows, all.Statistics.LateRows, followers.Statistics.LateRows), Is.EqualTo((0L, 0L, 0L)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(int.MaxValue)]
    public void Saved_and_restored_between_pushes(int size)
    {
        var rows = new List<AllPairs.Row>();
        AllPairs.Query<Execution.ActionSink<AllPairs.Row>> query = AllPairs.Create(rows.Add);
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
                query = AllPairs.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
            }
        }

        query.Complete();
        query.Dispose();
        AssertSame(rows, ExpectedAll);
    }

    [Test]
    public void A_row_far_ahead_keeps_no_others_in_the_state([Values] bool pairs)
    {
        // Only the buys' own time runs ahead: what counts is the lesser one of both.
        Buy[] buys = [.. Enumerable.Range(0, 60_000).Select(i => i == 500 ? new Buy("S1", 4, Start.AddYears(1)) : new Buy("S" + (i % 7), i % 13, Start.AddMilliseconds((i * 5) - (i * 7919 % 150))))];
        Sell[] sells = [.. Enumerable.Range(0, 30_000).Select(i => new Sell("S" + (i % 9), i % 11, Start.AddMilliseconds(i * 10)))];
        var found = new List<string>();
        using AllPairs.Query<Execution.ActionSink<AllPairs.Row>> all = AllPairs.Create(row => found.Add(row.ToString()));
        using Pairs.Query<Execution.ActionSink<Pairs.Row>> some = Pairs.Create(row => found.Add(row.ToString()));
        IStreamInput<Buy> buysTo = pairs ? some : all;
        IStreamInput<Sell> sellsTo = pairs ? some : all;
        long most = 0;
        for (int i = 0; i < buys.Length; i += 1000)
        {
            buysTo.Push(buys.AsSpan(i, 1000));
            sellsTo.Push(sells.AsSpan(i / 2, 500));
            most = Math.Max(most, pairs ? some.Statistics.StateBytes : all.Statistics.StateBytes);
        }

        if (pairs)
        {
            some.Complete();
        }
        else
        {
            all.Complete();
        }

        ILookup<string, Sell> ofName = sells.ToLookup(s => s.Name);
        var expected = new List<string>();
        var matched = new HashSet<Sell>();
        foreach (Buy b in buys)
        {
            Sell[] near = [.. ofName[b.Symbol].Where(s => pairs ? s.At >= b.Ts.AddSeconds(-0.2) && s.At <= b.Ts.AddSeconds(0.5) : s.Amount == b.Volume && s.At >= b.Ts && s.At < b.Ts.AddSeconds(0.3))];
            matched.UnionWith(near);
            expected.AddRange(near.Select(s => pairs ? new Pairs.Row(b.Symbol, b.Volume, s.Amount, b.Ts).ToString() : new AllPairs.Row(b.Symbol, b.Volume, b.Ts, s.Name, s.Amount, s.At).ToString()));
            if (near.Length == 0 && !pairs)
            {
                expected.Add(new AllPairs.Row(b.Symbol, b.Volume, b.Ts, null, null, null).ToString());
            }
        }

        expected.AddRange(pairs ? [] : sells.Where(s => !matched.Contains(s)).Select(s => new AllPairs.Row(null, null, null, s.Name, s.Amount, s.At).ToString()));
        Assert.Multiple(() =>
        {
            Assert.That(found.Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
            Assert.That(most, Is.LessThan(1 << 20));
        });
    }

    private static void AssertSame<TRow>(List<TRow> actual, string[] expected) =>
        Assert.That(actual.Select(row => row!.ToString()).Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
}
