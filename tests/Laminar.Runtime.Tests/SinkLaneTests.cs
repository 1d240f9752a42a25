using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>A sink that waits for something outside holds up nothing but itself, and its queries once its rings are full.</summary>
public class SinkLaneTests
{
    [Test, CancelAfter(20_000)]
    public async Task A_core_goes_on_with_another_query_while_a_sink_is_held([Values] SinkCall call, CancellationToken token)
    {
        var sink = new HeldSink<Event>(call);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> held = runtime.AddSource<Event>();
        SourceHandle<Ping> other = runtime.AddSource<Ping>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        QueryHandle<Ping> free = runtime.AddQuery(Ping.All());
        await runtime.StartAsync(token);
        IAsyncEnumerator<Ping> reading = free.ReadAllAsync(token).GetAsyncEnumerator(token);

        await held.PushAsync(Event.Make(1, 100), token);
        Task checkpoint = runtime.CheckpointAsync(token);
        await sink.Reached.WaitAsync(token);
        for (long i = 0; i < 100; i++)
        {
            await other.PushAsync(new Ping(i), token);
            Assert.That(await reading.MoveNextAsync(), Is.True);
            Assert.That(reading.Current.Number, Is.EqualTo(i));
        }

        Assert.That(checkpoint.IsCompleted, Is.False, "an epoch isn't committed before its sink has done so");
        sink.Release();
        await checkpoint;
        Assert.That(sink.Written, Is.EqualTo(100));
        await runtime.StopAsync(token);
        Assert.That(sink.Calls, Is.EqualTo(new[] { "recover", "write", "prepare 1", "commit 1", "prepare 2", "commit 2", "dispose" }));
        Assert.That(sink.Threads, Is.EqualTo(new[] { "laminar sink filtered/0" }), "never on a core");
        await reading.DisposeAsync();
    }

    [Test, CancelAfter(20_000)]
    public async Task What_waits_for_a_held_sink_is_bounded_and_its_source_waits([Values(1, 2)] int cores, CancellationToken token)
    {
        const int ring = 64;
        Event[] rows = Event.Make(2, 20_000);
        var sink = new HeldSink<Event>(SinkCall.Write);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows: ring));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        await runtime.StartAsync(token);
        Task push = source.PushAsync(rows, token).AsTask();
        await sink.Reached.WaitAsync(token);

        Assert.That(SpinWait.SpinUntil(() => runtime.Metrics.Exchanges.Single().Fill == 1 || token.IsCancellationRequested, 15_000), "the ring never filled");
        Assert.That(push.IsCompleted, Is.False, "backpressure reaches the producer");
        Assert.That(handle.Statistics.RowsIn, Is.LessThanOrEqualTo(2 * ring + 2048), "a ring, what the stage emitted from one slice, and what the sink has in hand");

        sink.Release();
        await push;
        source.Complete();
        await runtime.WaitForCompletionAsync(token);
        Assert.That(sink.Written, Is.EqualTo(rows.Length));
    }

    [Test, CancelAfter(20_000)]
    public async Task A_held_sink_that_fails_stops_the_runtime_with_its_name([Values] SinkCall call, CancellationToken token)
    {
        var sink = new HeldSink<Event>(call) { Failure = new IOException("the broker is gone") };
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        await runtime.StartAsync(token);
        await source.PushAsync(Event.Make(3, 10), token);
        Task checkpoint = runtime.CheckpointAsync(token);
        await sink.Reached.WaitAsync(token);
        sink.Release();
        Assert.That(
            async () => await runtime.WaitForCompletionAsync(token),
            Throws.InstanceOf<LaminarException>().With.Message.EqualTo("Sink held of query filtered failed: the broker is gone"));
        Assert.That(async () => await checkpoint, Throws.InstanceOf<LaminarException>().With.Message.Contains("the broker is gone"));
    }

    [Test, CancelAfter(20_000)]
    public async Task A_stop_waits_for_a_held_commit(CancellationToken token)
    {
        var sink = new HeldSink<Event>(SinkCall.Commit) { HeedsStopping = true };
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        await runtime.StartAsync(token);
        await source.PushAsync(Event.Make(4, 10), token);
        Task stop = runtime.StopAsync(token);
        await sink.Reached.WaitAsync(token);
        Assert.That(stop.IsCompleted, Is.False);
        sink.Release();
        await stop;
        Assert.That(sink.Calls, Is.EqualTo(new[] { "recover", "write", "prepare 1", "commit 1", "dispose" }));
    }

    [Test, CancelAfter(20_000)]
    public async Task A_stop_can_give_up_on_a_held_commit_and_dispose_ends_it(CancellationToken token)
    {
        var sink = new HeldSink<Event>(SinkCall.Commit) { HeedsStopping = true };
        LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        await runtime.StartAsync(token);
        await source.PushAsync(Event.Make(5, 10), token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task stop = runtime.StopAsync(patience.Token);
        await sink.Reached.WaitAsync(token);
        await patience.CancelAsync();
        Assert.That(async () => await stop, Throws.InstanceOf<OperationCanceledException>());

        // Nobody releases it: the sink hears of the end by SinkContext.Stopping.
        await runtime.DisposeAsync();
        Assert.That(sink.Calls, Is.EqualTo(new[] { "recover", "write", "prepare 1", "commit 1", "dispose" }));
    }

    [Test, CancelAfter(20_000)]
    public async Task Another_part_that_fails_does_not_wait_for_a_held_sink(CancellationToken token)
    {
        var sink = new HeldSink<Event>(SinkCall.Write) { HeedsStopping = true };
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> held = runtime.AddSource<Event>();
        SourceHandle<Ping> other = runtime.AddSource<Ping>();
        runtime.AddQuery(TestQueries.Filter(_ => true)).To(sink);
        using IDisposable subscription = runtime.AddQuery(Ping.All()).Subscribe(_ => throw new FormatException("oh"));
        await runtime.StartAsync(token);
        await held.PushAsync(Event.Make(6, 10), token);
        await sink.Reached.WaitAsync(token);
        await other.PushAsync(new Ping(1), token);
        Assert.That(async () => await runtime.WaitForCompletionAsync(token), Throws.InstanceOf<LaminarException>().With.Message.Contains("oh"));
    }
}
