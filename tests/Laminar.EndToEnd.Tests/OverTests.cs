using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT symbol, ts, volume - LAG(volume) OVER w AS step, ROW_NUMBER() OVER w AS n, SUM(volume) OVER w AS total FROM ticks WINDOW w AS (PARTITION BY symbol ORDER BY ts)")]
public sealed partial class Steps;

[StreamQuery("SELECT symbol, ts, LEAD(volume, 2) OVER w AS later, MAX(volume) OVER (w ROWS BETWEEN 4 PRECEDING AND 1 FOLLOWING) AS most FROM ticks WINDOW w AS (PARTITION BY symbol ORDER BY ts)")]
public sealed partial class Neighbours;

[StreamQuery("SELECT symbol, ts, COUNT(*) OVER w AS n, SUM(volume) OVER w AS total FROM ticks WINDOW w AS (PARTITION BY symbol, venue ORDER BY ts RANGE BETWEEN INTERVAL '0.2' SECOND PRECEDING AND INTERVAL '0.1' SECOND FOLLOWING)")]
public sealed partial class Lately;

[StreamQuery("SELECT symbol, ts FROM ticks QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol, venue ORDER BY ts) = 1")]
public sealed partial class FirstSeen;

[StreamQuery("SELECT symbol, venue, volume, ts FROM ticks QUALIFY ROW_NUMBER() OVER (PARTITION BY symbol, venue ORDER BY ts DESC) <= 2")]
public sealed partial class LastTwo;

/// <summary>Functions over partitions in the order of time, through the runtime, against LINQ. Rows come up to two seconds out of order, no two at one time.</summary>
public sealed class OverTests
{
    private static readonly Tick[] Ticks = MakeTicks(4000);

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(2, 3)]
    [TestCase(3, 4)]
    public async Task A_runtime_gives_the_same_on_any_number_of_cores(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Tick> source = laminar.AddSource<Tick>(new SourceOptions { Partitions = partitions });
        QueryHandle<Steps.Row> steps = Steps.AddTo(laminar);
        QueryHandle<Neighbours.Row> neighbours = Neighbours.AddTo(laminar);
        QueryHandle<Lately.Row> lately = Lately.AddTo(laminar);
        QueryHandle<FirstSeen.Row> first = FirstSeen.AddTo(laminar);
        QueryHandle<LastTwo.Row> last = LastTwo.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<LastTwo.Row>> lastRows = Rows.Of(last);
        Task<List<Steps.Row>> stepRows = Rows.Of(steps);
        Task<List<Neighbours.Row>> neighbourRows = Rows.Of(neighbours);
        Task<List<Lately.Row>> latelyRows = Rows.Of(lately);
        Task<List<FirstSeen.Row>> firstRows = Rows.Of(first);
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Task.Run(() => Rows.PushAsync(source, Ticks, 173, p, partitions))));
        source.Complete();

        Tick[][] symbols = [.. Ticks.OrderBy(t => t.Ts).GroupBy(t => t.Symbol).Select(g => g.ToArray())];
        Same(await stepRows, symbols.SelectMany(s => s.Select((t, i) => new Steps.Row(t.Symbol, t.Ts, i == 0 ? null : t.Volume - s[i - 1].Volume, i + 1, s.Take(i + 1).Sum(x => x.Volume)))));
        Same(await neighbourRows, symbols.SelectMany(s => s.Select((t, i) => new Neighbours.Row(t.Symbol, t.Ts, i + 2 < s.Length ? s[i + 2].Volume : null, s.Skip(i - 4).Take(i < 4 ? i + 2 : 6).Max(x => x.Volume)))));
        Tick[][] venues = [.. Ticks.OrderBy(t => t.Ts).GroupBy(t => (t.Symbol, t.Venue)).Select(g => g.ToArray())];
        Same(await latelyRows, from v in venues from t in v let near = v.Where(x => x.Ts >= t.Ts.AddSeconds(-0.2) && x.Ts <= t.Ts.AddSeconds(0.1)).ToArray() select new Lately.Row(t.Symbol, t.Ts, near.Length, near.Sum(x => x.Volume)));
        Same(Left(await lastRows), venues.SelectMany(v => v.TakeLast(2)).Select(t => new LastTwo.Row(RowKind.Insert, t.Symbol, t.Venue, t.Volume, t.Ts)));
        Same(await firstRows, venues.Select(v => new FirstSeen.Row(v[0].Symbol, v[0].Ts)));
    }

    /// <summary>What changes leave behind.</summary>
    private static List<LastTwo.Row> Left(List<LastTwo.Row> changes)
    {
        var left = new List<LastTwo.Row>();
        foreach (LastTwo.Row change in changes)
        {
            LastTwo.Row row = change with { Kind = RowKind.Insert };
            if (change.Kind is RowKind.Insert or RowKind.UpdateAfter)
            {
                left.Add(row);
            }
            else
            {
                Assert.That(left.Remove(row), change.ToString());
            }
        }

        return left;
    }

    private static void Same<TRow>(IEnumerable<TRow> actual, IEnumerable<TRow> expected) => Assert.That(
        actual.Select(row => row!.ToString()).Order(StringComparer.Ordinal), Is.EqualTo(expected.Select(row => row!.ToString()).Order(StringComparer.Ordinal)).AsCollection);

    private static Tick[] MakeTicks(int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(i => new Tick(
            $"SYM{random.Next(23)}",
            random.Next(3) == 0 ? null : random.Next(2),
            0,
            random.Next(50),
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds((i * 7) - random.Next(1000)).AddTicks(i)))];
    }
}
