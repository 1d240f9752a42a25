using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

/// <summary>
/// FIRST_VALUE and LAST_VALUE over rows of one instant from several partitions: (partition, offset) decides, however the partitions meet.
/// Expected values are LINQ's over the same rows.
/// </summary>
public class TieTests
{
    private const int Seed = 4711;

    [Test, CancelAfter(60_000)]
    public async Task Partition_then_offset([Values(1, 2, 3)] int cores, [Values(2, 3, 4)] int partitions, [Values] bool backward, CancellationToken token)
    {
        Sample[] rows = Sample.Make(Seed, 3_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, 64));
        SourceHandle<Sample> source = runtime.AddSource<Sample>(new SourceOptions { Partitions = partitions });
        QueryHandle<TieEdges.Row> edges = TieEdges.AddTo(runtime);
        QueryHandle<TieHops.Row> hops = TieHops.AddTo(runtime);
        QueryHandle<TieLabels.Row> labels = TieLabels.AddTo(runtime);
        QueryHandle<TieChanges.Row> changes = TieChanges.AddTo(runtime);
        await runtime.StartAsync(token);
        Task<List<TieEdges.Row>> gotEdges = edges.ReadAllAsync(token).ToListAsync();
        Task<List<TieHops.Row>> gotHops = hops.ReadAllAsync(token).ToListAsync();
        Task<List<TieLabels.Row>> gotLabels = labels.ReadAllAsync(token).ToListAsync();
        Task<List<TieChanges.Row>> gotChanges = changes.ReadAllAsync(token).ToListAsync();
        await PushAsync(source, rows, 0, rows.Length, backward, token);
        source.Complete();

        var groups = rows.GroupBy(r => (r.Sensor, End: End(r.Ts, 3))).ToArray();
        Assert.That(Sorted(await gotEdges), Is.EqualTo(Sorted(groups.Select(g =>
            new TieEdges.Row(g.Key.Sensor, g.Key.End, First(g, partitions).Number, Last(g, partitions).Number)))));
        Assert.That(Sorted(await gotLabels), Is.EqualTo(Sorted(groups.Select(g =>
            new TieLabels.Row(g.Key.Sensor, g.Key.End, First(g, partitions).Label, Last(g, partitions).Label)))));
        Assert.That(Sorted(await gotHops), Is.EqualTo(Sorted(rows.SelectMany(r => new[] { 0, 2, 4 }.Select(o => (End: End(r.Ts, 2).AddSeconds(o), Row: r)))
            .GroupBy(r => r.End, r => r.Row).Select(g => new TieHops.Row(g.Key, First(g, partitions).Number, Last(g, partitions).Number)))));
        Assert.That(
            Sorted((await gotChanges).GroupBy(c => (c.Sensor, c.WindowEnd)).Select(g => (g.Key, g.Last().First, g.Last().Last))),
            Is.EqualTo(Sorted(groups.Select(g => (g.Key, First(g, partitions).Number, Last(g, partitions).Number)))));
        await runtime.StopAsync(token);
    }

    [Test, CancelAfter(60_000)]
    public async Task Moments_lists_and_sets_meet([Values(1, 2, 3)] int cores, [Values(2, 3)] int partitions, [Values] bool backward, CancellationToken token)
    {
        Sample[] rows = Sample.Make(Seed, 2_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, 64));
        SourceHandle<Sample> source = runtime.AddSource<Sample>(new SourceOptions { Partitions = partitions });
        QueryHandle<TieMoments.Row> moments = TieMoments.AddTo(runtime);
        QueryHandle<TieLists.Row> lists = TieLists.AddTo(runtime);
        await runtime.StartAsync(token);
        Task<List<TieMoments.Row>> gotMoments = moments.ReadAllAsync(token).ToListAsync();
        Task<List<TieLists.Row>> gotLists = lists.ReadAllAsync(token).ToListAsync();
        await PushAsync(source, rows, 0, rows.Length, backward, token);
        source.Complete();

        TieMoments.Row[] actual = [.. (await gotMoments).OrderBy(r => r.WindowEnd).ThenBy(r => r.Sensor)];
        var groups = rows.GroupBy(r => (End: End(r.Ts, 3), r.Sensor)).OrderBy(g => g.Key.End).ThenBy(g => g.Key.Sensor).ToArray();
        Assert.That(actual, Has.Length.EqualTo(groups.Length));
        foreach ((TieMoments.Row row, var g) in actual.Zip(groups))
        {
            double mean = g.Average(r => (double)r.Number);
            Sample[] ordered = [.. g.OrderBy(r => r.Number % 7).ThenBy(r => r.Ts).ThenBy(r => r.Number % partitions).ThenBy(r => r.Number)];
            Assert.That((row.Sensor, row.WindowEnd, row.X, row.A, row.O), Is.EqualTo(
                (g.Key.Sensor, g.Key.End, g.Aggregate(0L, (x, r) => x ^ r.Number), ordered[0].Number, ordered[^1].Number)));
            Assert.That(row.V, Is.EqualTo(g.Average(r => (r.Number - mean) * (r.Number - mean))).Within(1e-9).Percent);
            Assert.That(row.S, Is.EqualTo(1).Within(1e-9));
        }

        Assert.That(Sorted(await gotLists), Is.EqualTo(Sorted(rows.SelectMany(r => new[] { 0, 2, 4 }.Select(o => (End: End(r.Ts, 2).AddSeconds(o), Row: r)))
            .GroupBy(r => (r.Row.Sensor, r.End), r => r.Row).Select(g =>
            {
                long[] numbers = [.. g.Select(r => r.Number).Order()];
                string texts = string.Join(' ', g.OrderBy(r => r.Ts).ThenBy(r => r.Number % partitions).ThenBy(r => r.Number).Select(r => r.Label));
                long mode = numbers.GroupBy(n => n % 7).OrderByDescending(m => m.Count()).ThenBy(m => m.Key).First().Key;
                double median = (numbers[(numbers.Length - 1) / 2] + numbers[numbers.Length / 2]) / 2.0;
                return new TieLists.Row(g.Key.Sensor, g.Key.End, texts, median, mode, numbers.Select(n => n % 11).Distinct().Sum(), numbers.Length);
            }))));
        await runtime.StopAsync(token);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_restored_state_knows_the_partition_of_what_it_holds([Values(1, 2)] int cores, [Values(2, 3)] int partitions, CancellationToken token)
    {
        // Each partition's rows of the cut's instant lie on both sides of it.
        Sample[] rows = Sample.Make(Seed, 1_000);
        int[] cuts = [0, 325, 675, rows.Length];
        string folder = Directory.CreateTempSubdirectory("laminar-ties-").FullName;
        try
        {
            for (int i = 0; i + 1 < cuts.Length; i++)
            {
                LaminarOptions options = Run.Options(cores);
                options.DataDirectory = Path.Combine(folder, "state");
                await using LaminarRuntime runtime = LaminarRuntime.Create(options);
                SourceHandle<Sample> source = runtime.AddSource<Sample>(new SourceOptions { Partitions = partitions });
                TieEdges.AddTo(runtime).To(new FileAppendSink<TieEdges.Row>(new FileSinkOptions { Path = Path.Combine(folder, "edges") + "/", Format = FileFormat.Json }));
                TieLabels.AddTo(runtime).To(new FileAppendSink<TieLabels.Row>(new FileSinkOptions { Path = Path.Combine(folder, "labels") + "/", Format = FileFormat.Json }));
                await runtime.StartAsync(token);
                await PushAsync(source, rows, cuts[i], cuts[i + 1], backward: i % 2 == 0, token);
                if (i + 2 == cuts.Length)
                {
                    source.Complete();
                    await runtime.WaitForCompletionAsync(token);
                }

                await runtime.StopAsync(token);
            }

            var groups = rows.GroupBy(r => (r.Sensor, End: End(r.Ts, 3))).ToArray();
            Assert.That(Lines(folder, "edges"), Is.EqualTo(groups.Select(g =>
                $$"""{"sensor":{{g.Key.Sensor}},"window_end":"{{g.Key.End:yyyy-MM-ddTHH:mm:ss}}Z","first":{{First(g, partitions).Number}},"last":{{Last(g, partitions).Number}}}""")
                .Order(StringComparer.Ordinal)));
            Assert.That(Lines(folder, "labels"), Is.EqualTo(groups.Select(g =>
                $$"""{"sensor":{{g.Key.Sensor}},"window_end":"{{g.Key.End:yyyy-MM-ddTHH:mm:ss}}Z","first":"{{First(g, partitions).Label}}","last":"{{Last(g, partitions).Label}}"}""")
                .Order(StringComparer.Ordinal)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Columns_may_be_named_like_what_is_kept_beside_others()
    {
        var rows = new List<TieNames.Row>();
        using var query = TieNames.Create(rows.Add);
        var at = new DateTime(2024, 3, 1, 0, 0, 1, DateTimeKind.Utc);
        query.Push(new Named(1, 20, 300, 4000, at));
        query.Push(new Named(2, 30, 400, 5000, at));
        query.Complete();
        Assert.That(rows, Is.EqualTo(new[] { new TieNames.Row(at.AddSeconds(2), 2, 30, 400, 3, 9000) }));
    }

    private static Sample First(IEnumerable<Sample> rows, int partitions) => rows.OrderBy(r => r.Ts).ThenBy(r => r.Number % partitions).ThenBy(r => r.Number).First();

    private static Sample Last(IEnumerable<Sample> rows, int partitions) => rows.OrderBy(r => r.Ts).ThenBy(r => r.Number % partitions).ThenBy(r => r.Number).Last();

    private static DateTime End(DateTime ts, int seconds)
    {
        long size = seconds * TimeSpan.TicksPerSecond;
        return new DateTime((ts.Ticks / size * size) + size, DateTimeKind.Utc);
    }

    private static string[] Sorted<T>(IEnumerable<T> rows) => [.. rows.Select(r => r!.ToString()!).Order(StringComparer.Ordinal)];

    private static string[] Lines(string folder, string sink) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, sink), "part-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal)];

    /// <summary>Row i goes to partition i modulo the number of partitions; the partitions take turns, in order or in the opposite one.</summary>
    private static async Task PushAsync(SourceHandle<Sample> source, Sample[] rows, int from, int to, bool backward, CancellationToken token)
    {
        int[] order = [.. Enumerable.Range(0, source.Partitions)];
        if (backward)
        {
            Array.Reverse(order);
        }

        for (int at = from; at < to; at += 40)
        {
            foreach (int p in order)
            {
                Sample[] part = [.. Enumerable.Range(at, Math.Min(40, to - at)).Where(i => i % source.Partitions == p).Select(i => rows[i])];
                await source.PushAsync(part, p, token);
            }
        }
    }
}
