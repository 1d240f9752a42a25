using System.Text.Json;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Whatever fails is told, with its name, to everybody who waits.</summary>
public class FailureTests
{
    private static readonly Event Bad = new(1, -1, 2_000_000, "bad");

    [Test, CancelAfter(15_000)]
    public async Task A_row_that_fails_stops_the_runtime_with_query_and_row([Values(1, 2)] int cores, CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows: 16));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.ByKey("tally"));
        await runtime.StartAsync(token);
        Task<List<Tally>> reading = handle.ReadAllAsync(token).ToListAsync();
        await source.PushAsync(new[] { Bad }, 1, token);

        await ThrowsAsync(() => runtime.WaitForCompletionAsync(token), "Query tally failed on the row", "the value is negative");
        await ThrowsAsync(() => reading, "Query tally failed on the row");
        await ThrowsAsync(() => source.PushAsync(new Event(1, 1, 1, ""), token).AsTask(), "Query tally failed on the row");
        await ThrowsAsync(() => runtime.CheckpointAsync(token), "Query tally failed on the row");
        await ThrowsAsync(() => runtime.StopAsync(token), "Query tally failed on the row");
    }

    [Test, CancelAfter(15_000)]
    public async Task A_waiting_push_fails_with_the_runtime(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(ringRows: 4, readBufferRows: 4));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(r => r.Value >= 0 ? true : throw new InvalidOperationException("boom"), "picky"));
        await runtime.StartAsync(token);
        ValueTask waiting = source.PushAsync(Event.Make(1, 1_000), 0, token);
        Assert.That(waiting.IsCompleted, Is.False);
        await source.PushAsync(new[] { Bad }, 1, token);
        await ThrowsAsync(() => waiting.AsTask(), "Query picky failed: boom");
        await ThrowsAsync(() => source.FlushAsync(token), "Query picky failed: boom");
        await ThrowsAsync(async () => await handle.ReadAllAsync(token).ToListAsync(), "Query picky failed: boom");
    }

    [Test, CancelAfter(15_000)]
    public async Task A_sink_that_cannot_write_or_commit_is_named([Values] bool commit, CancellationToken token)
    {
        var error = new IOException("No space left on device");
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 2));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(
            new RecordingSink<Event> { FailWrite = commit ? null : error, FailCommit = commit ? error : null });
        await runtime.StartAsync(token);
        await source.PushAsync(new Event(1, 1, 1, ""), token);
        source.Complete();
        await ThrowsAsync(() => runtime.WaitForCompletionAsync(token), "Sink recording of query filtered failed: No space left on device");
    }

    [Test, CancelAfter(15_000)]
    public async Task A_position_or_a_token_over_64_KiB_is_refused([Values] bool position, [Values] bool over, CancellationToken token)
    {
        const int most = 64 << 10;
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        runtime.AddSource(new MemorySource(Event.Make(1, 100)) { PositionBytes = position ? most + (over ? 1 : 0) : sizeof(int) });
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(new RecordingSink<Event> { TokenBytes = position ? 1 : most + (over ? 1 : 0) });
        await runtime.StartAsync(token);
        if (over)
        {
            string who = position ? "The position that partition 0 of source events saved" : "The token that sink";
            await ThrowsAsync(() => runtime.WaitForCompletionAsync(token), who, "65537 bytes; 65536 are allowed");
        }
        else
        {
            await runtime.WaitForCompletionAsync(token);
            Assert.That(runtime.Metrics.EpochsCommitted, Is.Positive);
        }
    }

    [Test, CancelAfter(15_000)]
    public async Task A_source_that_cannot_read_is_named(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        runtime.AddSource(new MemorySource(Event.Make(1, 1_000)) { FailAt = 500 });
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        await ThrowsAsync(() => runtime.WaitForCompletionAsync(token), "Source events failed: the cable is cut");
        await ThrowsAsync(async () => await handle.ReadAllAsync(token).ToListAsync(), "Source events failed: the cable is cut");
    }

    [Test, CancelAfter(15_000)]
    public async Task A_subscriber_that_throws_is_named(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        using IDisposable subscription = runtime.AddQuery(TestQueries.Filter(_ => true)).Subscribe(_ => throw new FormatException("oh"));
        await runtime.StartAsync(token);
        await source.PushAsync(new Event(1, 1, 1, ""), token);
        await ThrowsAsync(() => runtime.WaitForCompletionAsync(token), "A subscriber of query filtered failed: oh");
    }

    [Test, CancelAfter(15_000)]
    public async Task Failing_rows_are_skipped_or_kept_aside_by_the_sources_policy([Values] bool deadLetter, CancellationToken token)
    {
        string path = Path.Combine(Path.GetTempPath(), $"laminar-dead-{Guid.NewGuid():N}.jsonl");
        try
        {
            await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 2));
            SourceHandle<Event> source = runtime.AddSource<Event>(
                new SourceOptions { OnError = deadLetter ? ErrorPolicy.DeadLetter : ErrorPolicy.Skip, DeadLetterPath = deadLetter ? path : null });
            QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.ByKey("tally"));
            await runtime.StartAsync(token);
            await source.PushAsync(new[] { new Event(1, 5, 10, ""), Bad with { Ts = 11 }, new Event(1, 6, 12, "") }, token);
            source.Complete();
            Assert.That(await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(new[] { new Tally(1, 100, 2, 11) }));
            await runtime.StopAsync(token);
            Assert.That(handle.Statistics.ErrorRows, Is.EqualTo(1));
            if (deadLetter)
            {
                JsonElement line = JsonDocument.Parse(File.ReadAllLines(path).Single()).RootElement;
                Assert.That(line.GetProperty("source").GetString(), Is.EqualTo("events"));
                Assert.That(line.GetProperty("query").GetString(), Is.EqualTo("tally"));
                Assert.That(line.GetProperty("reason").GetString(), Does.Contain("the value is negative"));
                Assert.That(line.GetProperty("row").GetString(), Does.Contain("Value = -1"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task Wrong_use_says_what_to_do()
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        await ThrowsAsync(() => runtime.StartAsync(), "no source");

        await using LaminarRuntime second = LaminarRuntime.Create(Run.Options());
        second.AddQuery(TestQueries.ByKey());
        await ThrowsAsync(() => second.StartAsync(), "source events, which wasn't added");

        await using LaminarRuntime third = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = third.AddSource<Event>();
        QueryHandle<Tally> handle = third.AddQuery(TestQueries.ByKey());
        Assert.That(() => third.AddSource<Event>(), Throws.InstanceOf<LaminarException>().With.Message.Contains("added already"));
        Assert.That(() => third.AddQuery(TestQueries.ByKey()), Throws.InstanceOf<LaminarException>().With.Message.Contains("Two different queries"));
        await ThrowsAsync(() => source.PushAsync(default(Event)).AsTask(), "StartAsync first");
        await third.StartAsync();
        Assert.That(() => handle.AddSink(new RecordingSink<Tally>()), Throws.InstanceOf<LaminarException>().With.Message.Contains("before StartAsync"));
        await ThrowsAsync(() => third.StartAsync(), "starts once");
        source.Complete();
        source.Complete();
        await ThrowsAsync(() => source.PushAsync(default(Event)).AsTask(), "completed");
        Assert.That(() => LaminarRuntime.Create(new LaminarOptions { Cores = 0 }), Throws.InstanceOf<LaminarException>());
    }

    private static async Task ThrowsAsync(Func<Task> action, params string[] parts)
    {
        try
        {
            await action();
        }
        catch (LaminarException e)
        {
            foreach (string part in parts)
            {
                Assert.That(e.Message, Does.Contain(part));
            }

            return;
        }

        Assert.Fail($"nothing was thrown where '{parts[0]}' was due");
    }
}
