using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

/// <summary>Generated queries on cores against LINQ over the same rows.</summary>
public class GeneratedQueryTests
{
    private const int Seed = 1234;

    [Test, CancelAfter(60_000)]
    public async Task Four_queries_at_once(
        [Values(1, 2, 3)] int cores, [Values(1, 4)] int partitions, [Values(64, 65_536)] int ringRows, CancellationToken token)
    {
        Trade[] rows = Trade.Make(Seed, 20_000);
        TestContext.Out.WriteLine($"seed {Seed}");
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows));
        SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { Partitions = partitions });
        QueryHandle<Bars.Row> bars = Bars.AddTo(runtime);
        QueryHandle<Hundreds.Row> hundreds = Hundreds.AddTo(runtime);
        QueryHandle<TurnoverCounts.Row> counts = TurnoverCounts.AddTo(runtime);
        QueryHandle<Turnovers.Row> turnovers = Turnovers.AddTo(runtime);
        await runtime.StartAsync(token);
        Task<List<Bars.Row>> gotBars = bars.ReadAllAsync(token).ToListAsync();
        Task<List<Hundreds.Row>> gotHundreds = hundreds.ReadAllAsync(token).ToListAsync();
        Task<List<TurnoverCounts.Row>> gotCounts = counts.ReadAllAsync(token).ToListAsync();
        Task<List<Turnovers.Row>> gotTurnovers = turnovers.ReadAllAsync(token).ToListAsync();
        await PushAsync(source, rows, 0, rows.Length, token);
        source.Complete();

        Assert.That(Sorted(await gotBars), Is.EqualTo(Sorted(ExpectBars(rows))));
        Assert.That(Sorted(await gotHundreds), Is.EqualTo(Sorted(rows.Where(r => r.Price > 20)
            .SelectMany(r => WindowEnds(r.Ts, 5, 20).Select(end => (Hundred: r.Volume / 100, End: end)))
            .GroupBy(r => r).Select(g => new Hundreds.Row(g.Key.Hundred, g.Key.End, g.Count())))));
        Trade[] even = [.. rows.Where(r => r.Volume % 2 == 0)];
        Assert.That(Sorted(await gotTurnovers), Is.EqualTo(Sorted(even.Select(r => new Turnovers.Row(r.Symbol, r.Price * r.Volume, r.Ts)))));
        Assert.That(Sorted(await gotCounts), Is.EqualTo(Sorted(even.GroupBy(r => WindowEnds(r.Ts, 60, 60).Single())
            .Select(g => new TurnoverCounts.Row(g.Key, g.Count(), g.Select(r => r.Symbol).Distinct().Count())))));
        Assert.That(bars.Statistics.LateRows + hundreds.Statistics.LateRows + counts.Statistics.LateRows, Is.Zero);
        await runtime.StopAsync(token);
    }

    [Test, CancelAfter(60_000)]
    public async Task State_with_text_keys_is_restored([Values(1, 2)] int cores, [Values(1, 3)] int partitions, CancellationToken token)
    {
        Trade[] rows = Trade.Make(Seed, 10_000);
        string folder = Directory.CreateTempSubdirectory("laminar-generated-").FullName;
        try
        {
            int[] cuts = [0, 3_210, 6_543, rows.Length];
            for (int i = 0; i + 1 < cuts.Length; i++)
            {
                LaminarOptions options = Run.Options(cores);
                options.DataDirectory = Path.Combine(folder, "state");
                await using LaminarRuntime runtime = LaminarRuntime.Create(options);
                SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { Partitions = partitions });
                Bars.AddTo(runtime).To(new FileAppendSink<Bars.Row>(new FileSinkOptions { Path = Path.Combine(folder, "bars") + "/", Format = FileFormat.Json }));
                Hundreds.AddTo(runtime).To(new FileAppendSink<Hundreds.Row>(new FileSinkOptions { Path = Path.Combine(folder, "hundreds") + "/", Format = FileFormat.Json }));
                await runtime.StartAsync(token);
                Assert.That(Enumerable.Range(0, partitions).Sum(source.GetDurableRows), Is.EqualTo(cuts[i]));
                await PushAsync(source, rows, cuts[i], cuts[i + 1], token);
                if (i + 2 == cuts.Length)
                {
                    source.Complete();
                    await runtime.WaitForCompletionAsync(token);
                }

                await runtime.StopAsync(token);
            }

            Assert.That(
                Lines(folder, "bars"),
                Is.EqualTo(ExpectBars(rows).Select(r =>
                    $$"""{"symbol":"{{r.Symbol}}","window_end":"{{r.WindowEnd:yyyy-MM-ddTHH:mm:ss}}Z","volume":{{r.Volume}},"trades":{{r.Trades}},"high":{{r.High}}}""")
                    .Order(StringComparer.Ordinal)));
            Assert.That(Lines(folder, "hundreds"), Has.Length.EqualTo(rows.Where(r => r.Price > 20)
                .SelectMany(r => WindowEnds(r.Ts, 5, 20).Select(end => (r.Volume / 100, end))).Distinct().Count()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string[] Lines(string folder, string sink) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, sink), "part-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal)];

    private static IEnumerable<Bars.Row> ExpectBars(Trade[] rows) => rows.GroupBy(r => (r.Symbol, End: WindowEnds(r.Ts, 10, 10).Single()))
        .Select(g => new Bars.Row(g.Key.Symbol, g.Key.End, g.Sum(r => r.Volume), g.Count(), g.Max(r => r.Price)));

    private static IEnumerable<DateTime> WindowEnds(DateTime ts, int slideSeconds, int sizeSeconds)
    {
        long slide = slideSeconds * TimeSpan.TicksPerSecond;
        long first = ts.Ticks / slide * slide;
        for (long start = first; start > ts.Ticks - (sizeSeconds * TimeSpan.TicksPerSecond); start -= slide)
        {
            yield return new DateTime(start + (sizeSeconds * TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        }
    }

    private static string[] Sorted<T>(IEnumerable<T> rows) => [.. rows.Select(r => r!.ToString()!).Order(StringComparer.Ordinal)];

    /// <summary>Row i goes to partition i modulo the number of partitions, in chunks.</summary>
    private static async Task PushAsync(SourceHandle<Trade> source, Trade[] rows, int from, int to, CancellationToken token)
    {
        for (int at = from; at < to; at += 700)
        {
            for (int p = 0; p < source.Partitions; p++)
            {
                Trade[] part = [.. Enumerable.Range(at, Math.Min(700, to - at)).Where(i => i % source.Partitions == p).Select(i => rows[i])];
                await source.PushAsync(part, p, token);
            }
        }
    }
}
