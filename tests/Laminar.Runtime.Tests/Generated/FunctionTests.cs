using Laminar.Runtime.Tests.Support;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

/// <summary>A key, an argument and an aggregate that are another project's C#.</summary>
[StreamQuery("""
    SELECT last_digit(symbol) AS digit, window_end, mean_price(price, checked(volume)) AS mean, COUNT(*) AS n
    FROM trades GROUP BY last_digit(symbol), HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)
    """)]
public sealed partial class Means;

/// <summary>Functions and aggregates in C# on cores, against LINQ over the same rows.</summary>
public class FunctionTests
{
    private const int Seed = 99;

    [Test, CancelAfter(60_000)]
    public async Task On_cores([Values(1, 2, 3)] int cores, [Values(1, 4)] int partitions, CancellationToken token)
    {
        // Quarters times integers: sums are exact in any order.
        Trade[] rows = [.. Trade.Make(Seed, 10_000).Where(r => r.Volume % 50 != 0)];
        TestContext.Out.WriteLine($"seed {Seed}");
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { Partitions = partitions });
        QueryHandle<Means.Row> means = Means.AddTo(runtime);
        await runtime.StartAsync(token);
        Task<List<Means.Row>> got = means.ReadAllAsync(token).ToListAsync();
        for (int at = 0; at < rows.Length; at += 500)
        {
            for (int p = 0; p < partitions; p++)
            {
                Trade[] part = [.. Enumerable.Range(at, Math.Min(500, rows.Length - at)).Where(n => n % partitions == p).Select(n => rows[n])];
                await source.PushAsync(part, p, token);
            }
        }

        source.Complete();
        IEnumerable<Means.Row> expected = rows
            .SelectMany(r => Ends(r.Ts).Select(end => (Digit: r.Symbol[^1..], End: end, Row: r)))
            .GroupBy(r => (r.Digit, r.End))
            .Select(g => new Means.Row(g.Key.Digit, g.Key.End, g.Sum(r => r.Row.Price * r.Row.Volume) / g.Sum(r => r.Row.Volume), g.Count()));
        Assert.That(Sorted(await got), Is.EqualTo(Sorted(expected)));
        await runtime.StopAsync(token);
    }

    [Test]
    public void Of_another_project_as_one_batch()
    {
        using var means = StreamTest.Of<Trade, Means.Row>(Means.Create, Means.Restore);
        means.SkipErrors().Push(Trade.Make(Seed, 60)).Push(new Trade("SYM1", 1, 100, Trade.Make(Seed, 1)[0].Ts)).Complete();
        Assert.That(means.Errors[^1].InnerException!.Message, Is.EqualTo("Function Checked failed: InvalidDataException: a round volume"));
        means.AssertMatchesBatch();
    }

    private static IEnumerable<DateTime> Ends(DateTime time)
    {
        long slide = 5 * TimeSpan.TicksPerSecond;
        long start = time.Ticks / slide * slide;
        return [new DateTime(start + slide, DateTimeKind.Utc), new DateTime(start + (2 * slide), DateTimeKind.Utc)];
    }

    private static string[] Sorted(IEnumerable<Means.Row> rows) => [.. rows.Select(r => r.ToString()).Order(StringComparer.Ordinal)];
}
