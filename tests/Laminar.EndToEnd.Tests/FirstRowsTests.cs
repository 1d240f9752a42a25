using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("""
    SELECT symbol, volume, ts FROM TABLE(TUMBLE(TABLE buys, DESCRIPTOR(ts), INTERVAL '10' SECOND))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, symbol ORDER BY volume DESC, ts) <= 20
    """)]
public sealed partial class TwentyGreatest;

[StreamQuery("""
    SELECT symbol, volume, ts FROM TABLE(TUMBLE(TABLE buys, DESCRIPTOR(ts), INTERVAL '10' SECOND))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY window_start, symbol ORDER BY volume DESC, ts) <= 2
    """)]
public sealed partial class TwoGreatest;

[StreamQuery("SELECT symbol, SUM(volume) AS v FROM buys GROUP BY symbol HAVING SUM(volume) < 500 ORDER BY v DESC, symbol LIMIT 300")]
public sealed partial class GreatestBelow;

/// <summary>The first rows of partitions that are larger than what is looked at together, against LINQ.</summary>
public sealed class FirstRowsTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    [TestCase(20)]
    [TestCase(2)]
    public void Of_partitions_of_a_window(int most)
    {
        var random = new Random(most);
        Buy[] buys = [.. Enumerable.Range(0, 20_000).Select(i => new Buy("S" + random.Next(i % 5 == 0 ? 400 : 3), random.Next(1000), Start.AddMilliseconds(i * 2)))];
        var found = new List<(string, long, DateTime)>();
        using TwentyGreatest.Query<Execution.ActionSink<TwentyGreatest.Row>> twenty = TwentyGreatest.Create(row => found.Add((row.Symbol, row.Volume, row.Ts)));
        using TwoGreatest.Query<Execution.ActionSink<TwoGreatest.Row>> two = TwoGreatest.Create(row => found.Add((row.Symbol, row.Volume, row.Ts)));
        for (int i = 0; i < buys.Length; i += 1000)
        {
            (most == 2 ? (IStreamInput<Buy>)two : twenty).Push(buys.AsSpan(i, 1000));
        }

        twenty.Complete();
        two.Complete();

        // Window by window, partitions in the order of their first rows, and each in its own.
        Assert.That(found, Is.EqualTo(buys
            .GroupBy(b => b.Ts.Ticks / TimeSpan.FromSeconds(10).Ticks)
            .SelectMany(w => w.GroupBy(b => b.Symbol))
            .SelectMany(p => p.OrderByDescending(b => b.Volume).ThenBy(b => b.Ts).Take(most))
            .Select(b => (b.Symbol, b.Volume, b.Ts))).AsCollection);
    }

    [Test]
    public void Of_groups_that_come_move_and_go()
    {
        var random = new Random(5);
        var sums = new Dictionary<string, long>();
        var result = new HashSet<(string, long)>();
        using GreatestBelow.Query<Execution.ActionSink<GreatestBelow.Row>> query = GreatestBelow.Create(row =>
            Assert.That(row.Kind is RowKind.Insert or RowKind.UpdateAfter ? result.Add((row.Symbol, row.V)) : result.Remove((row.Symbol, row.V)), row.ToString()));
        for (int i = 0; i < 60_000; i++)
        {
            var buy = new Buy("S" + random.Next(2000), random.Next(1, 100), Start.AddMilliseconds(i));
            query.Push(in buy);
            sums[buy.Symbol] = sums.GetValueOrDefault(buy.Symbol) + buy.Volume;
            if (i % 3000 == 0)
            {
                Assert.That(result, Is.EquivalentTo(sums.Where(s => s.Value < 500).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(300).Select(s => (s.Key, s.Value))));
            }
        }

        Assert.That(sums.Values.Count(v => v < 500), Is.LessThan(100), "most groups are gone");
    }
}
