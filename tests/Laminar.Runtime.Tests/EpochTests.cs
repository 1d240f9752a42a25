using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Epochs without a data directory: sinks still commit in order.</summary>
public class EpochTests
{
    [Test, CancelAfter(15_000)]
    public async Task Sinks_prepare_then_commit_each_epoch_with_its_token([Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(3, 1_000);
        var sink = new RecordingSink<Event>();
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        await runtime.StartAsync(token);
        await source.PushAsync(rows.AsMemory(0, 300), 0, token);
        await source.PushAsync(rows.AsMemory(300, 300), 1, token);
        await runtime.CheckpointAsync(token);
        Assert.That(Event.Sorted(sink.Committed), Is.EqualTo(Event.Sorted(rows.Take(600))), "a checkpoint covers what was pushed before it");
        await source.PushAsync(rows.AsMemory(600), 1, token);
        source.Complete();
        await runtime.WaitForCompletionAsync(token);
        Assert.That(Event.Sorted(sink.Committed), Is.EqualTo(Event.Sorted(rows)));
        Assert.That(sink.Calls, Is.EqualTo(new[]
        {
            "recover 0", "prepare 1", "commit 1, token 1", "prepare 2", "commit 2, token 2",
        }));
        await runtime.StopAsync(token);
        Assert.That(sink.IsDisposed, Is.True);
        Assert.That(sink.Calls, Has.Count.EqualTo(5), "stopping after the end takes no further checkpoint");
    }

    [Test, CancelAfter(15_000)]
    public async Task Checkpoints_come_by_the_clock_when_there_is_something_new(CancellationToken token)
    {
        var time = new ManualTime();
        var sink = new RecordingSink<Event>();
        LaminarOptions options = Run.Options();
        options.TimeProvider = time;
        options.CheckpointInterval = TimeSpan.FromSeconds(10);
        await using LaminarRuntime runtime = LaminarRuntime.Create(options);
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        var seen = new TaskCompletionSource();
        int count = 0;
        using IDisposable subscription = handle.Subscribe(_ =>
        {
            if (++count == 200)
            {
                seen.SetResult();
            }
        });
        await runtime.StartAsync(token);
        await source.PushAsync(Event.Make(3, 100), token);
        await source.FlushAsync(token);
        Assert.That(runtime.Metrics.EpochsCommitted, Is.EqualTo(1), "without a directory, flush means processed and committed");
        await source.PushAsync(Event.Make(4, 100), token);
        await seen.Task.WaitAsync(token);
        await time.ArmedAsync(1, token);
        time.Advance(TimeSpan.FromSeconds(10));
        await time.ArmedAsync(2, token);
        Assert.That(runtime.Metrics.EpochsCommitted, Is.EqualTo(2));
        time.Advance(TimeSpan.FromSeconds(10));
        await time.ArmedAsync(3, token);
        Assert.That(runtime.Metrics.EpochsCommitted, Is.LessThanOrEqualTo(3));
        time.Advance(TimeSpan.FromSeconds(10));
        await time.ArmedAsync(4, token);
        long settled = runtime.Metrics.EpochsCommitted;
        time.Advance(TimeSpan.FromSeconds(10));
        await time.ArmedAsync(5, token);
        Assert.That(runtime.Metrics.EpochsCommitted, Is.EqualTo(settled), "nothing new, no checkpoint");
        Assert.That(sink.Committed, Has.Count.EqualTo(200));
    }

    [Test, CancelAfter(30_000)]
    public async Task Many_checkpoints_at_once_through_tiny_rings(CancellationToken token)
    {
        Event[] rows = Event.Make(5, 20_000);
        var sink = new RecordingSink<Tally>();
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 3, ringRows: 8));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 4 });
        QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.ByKey()).To(sink);
        await runtime.StartAsync(token);
        Task push = Run.PushAllAsync(source, rows);
        var checkpoints = new List<Task>();
        for (int i = 0; i < 20; i++)
        {
            checkpoints.Add(runtime.CheckpointAsync(token));
        }

        await Task.WhenAll(checkpoints);
        await push;
        await runtime.WaitForCompletionAsync(token);
        Assert.That(sink.Committed.Order(TallyOrder.Instance), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
        Assert.That(sink.Calls.Count(c => c.StartsWith("commit", StringComparison.Ordinal)), Is.EqualTo(21));
    }

    [Test, CancelAfter(15_000)]
    public async Task Connectors_are_read_to_the_end_and_acknowledged(CancellationToken token)
    {
        Event[] rows = Event.Make(6, 5_000);
        var memory = new MemorySource(rows[..2000], rows[2000..]);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 2));
        runtime.AddSource(memory);
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        Assert.That(Event.Sorted(await handle.ReadAllAsync(token).ToListAsync()), Is.EqualTo(Event.Sorted(rows)));
        await runtime.StopAsync(token);
        Assert.That(runtime.Metrics.Sources.Single().RowsIn, Is.EqualTo(rows.Length));
    }

    [Test, CancelAfter(15_000)]
    public async Task A_partition_far_ahead_waits_for_the_others_and_nobody_waits_for_ever([Values(1, 2, 3)] int cores, CancellationToken token)
    {
        // Three files of consecutive days, read at once: the later ones may not pile up while the first is read.
        Event[] rows = Event.Make(7, 60_000);
        Event[] tail = [.. rows.Select(r => r with { Ts = r.Ts + 100_000 })];
        var memory = new MemorySource(rows, tail, []);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        runtime.AddSource(memory);
        QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.TwoPhase());
        await runtime.StartAsync(token);
        Assert.That(
            (await handle.ReadAllAsync(token).ToListAsync()).Order(TallyOrder.Instance),
            Is.EqualTo(Tally.Expect(rows.Concat(tail), TestQueries.Size)));
        Assert.That(memory.MostAhead, Is.LessThanOrEqualTo(64 * 100), "rows read of the second file before the first was through");
    }
}
