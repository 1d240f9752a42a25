using Laminar.Execution;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>The same rows give the same multiset on any number of cores, partitions and ring sizes.</summary>
public class ExchangeTests
{
    private const int Seed = 4711;

    [Test, CancelAfter(30_000)]
    public async Task Same_multiset_everywhere(
        [Values("by_key", "two_phase", "straight", "single")] string query,
        [Values(1, 2, 3)] int cores,
        [Values(1, 4)] int partitions,
        [Values(1, 64, 65_536)] int ringRows,
        CancellationToken token)
    {
        // With several partitions fed in turn from one sequence, each partition's rows still rise, so nothing is late.
        Event[] rows = Event.Make(Seed, ringRows == 1 ? 2_000 : 30_000);
        TestContext.Out.WriteLine($"seed {Seed}");
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows, readBufferRows: 100));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = partitions });
        QueryHandle<Tally> handle = runtime.AddQuery(query switch
        {
            "by_key" => TestQueries.ByKey(),
            "two_phase" => TestQueries.TwoPhase(),
            "straight" => TestQueries.Straight(Routing.ByKey),
            _ => TestQueries.Straight(Routing.Single),
        });
        await runtime.StartAsync(token);
        Task<List<Tally>> reading = handle.ReadAllAsync(token).ToListAsync();
        await Run.PushAllAsync(source, rows);
        List<Tally> got = await reading;
        await runtime.WaitForCompletionAsync(token);
        await runtime.StopAsync(token);

        Assert.That(got.Order(TallyOrder.Instance), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
        Assert.That(handle.Statistics.RowsIn, Is.EqualTo(rows.Length));
        Assert.That(handle.Statistics.RowsOut, Is.EqualTo(got.Count));
        Assert.That(handle.Statistics.LateRows, Is.Zero);
    }

    [Test, CancelAfter(30_000)]
    public async Task Rows_behind_the_watermark_are_late_on_any_number_of_cores([Values(1, 2, 3)] int cores, CancellationToken token)
    {
        // One partition: which rows are late is fixed by their order alone. Every 10th row is 5 windows old.
        Event[] rows = Event.Make(Seed, 20_000);
        for (int i = 1000; i < rows.Length; i += 10)
        {
            rows[i] = rows[i] with { Ts = rows[i].Ts - 500 };
        }

        long watermark = long.MinValue;
        var inTime = new List<Event>();
        foreach (Event row in rows)
        {
            if (((row.Ts / TestQueries.Size) + 1) * TestQueries.Size > watermark)
            {
                inTime.Add(row);
            }

            watermark = Math.Max(watermark, Event.WatermarkOf(in row));
        }

        Assert.That(inTime, Has.Count.LessThan(rows.Length - 1000), "the input must have late rows");
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.Straight(Routing.ByKey));
        await runtime.StartAsync(token);
        Task<List<Tally>> reading = handle.ReadAllAsync(token).ToListAsync();
        await Run.PushAllAsync(source, rows);

        Assert.That((await reading).Order(TallyOrder.Instance), Is.EqualTo(Tally.Expect(inTime, TestQueries.Size)));
        Assert.That(handle.Statistics.LateRows, Is.EqualTo(rows.Length - inTime.Count));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_query_reads_a_query_and_both_are_read(
        [Values(1, 2)] int cores, [Values(1, 3)] int partitions, CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 10_000);
        TestQuery<Event> even = TestQueries.Filter(r => r.Value % 2 == 0);
        TestQuery<Tally> count = new("count_even", g => g.Stage(
            g.Query(even), new TestStage<Event, Tally>("aggregate", Routing.ByKey, r => r.Key, o => new EventTally(o, TestQueries.Size), "tally/1")));
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows: 256));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = partitions });
        QueryHandle<Tally> counted = runtime.AddQuery(count);
        QueryHandle<Event> filtered = runtime.AddQuery(even);
        await runtime.StartAsync(token);
        Task<List<Tally>> tallies = counted.ReadAllAsync(token).ToListAsync();
        Task<List<Event>> events = filtered.ReadAllAsync(token).ToListAsync();
        await Run.PushAllAsync(source, rows);

        Event[] expected = [.. rows.Where(r => r.Value % 2 == 0)];
        Assert.That((await tallies).Order(TallyOrder.Instance), Is.EqualTo(Tally.Expect(expected, TestQueries.Size)));
        Assert.That(Event.Sorted(await events), Is.EqualTo(Event.Sorted(expected)));
    }
}
