using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

[NonParallelizable]
public class StopTests
{
    [Test, CancelAfter(15_000)]
    public async Task Stop_drains_what_was_pushed_and_ends_readers([Values(1, 3)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(8, 10_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, ringRows: 32_768, readBufferRows: 10));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        QueryHandle<Tally> windows = runtime.AddQuery(TestQueries.ByKey());
        await runtime.StartAsync(token);
        await source.PushAsync(rows, token);
        await runtime.StopAsync(token);

        // Nobody read before the stop, although the buffers hold ten rows only.
        Assert.That(await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(rows));
        long last = rows.Max(r => r.Ts) - Event.Delay;
        Assert.That(
            (await windows.ReadAllAsync(token).ToListAsync()).Order(TallyOrder.Instance),
            Is.EqualTo(Tally.Expect(rows, TestQueries.Size).Where(t => t.WindowEnd <= last)),
            "windows that are still open stay open: the input has not ended");
        Assert.That(() => source.TryPush(rows.AsSpan(0, 1)), Throws.InstanceOf<LaminarException>().With.Message.Contains("stopping"));
        ExpectNoCoreThreads();
    }

    [Test, CancelAfter(15_000)]
    public async Task Dispose_without_stop_leaves_no_thread_and_tells_readers(CancellationToken token)
    {
        LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 3));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        Task<List<Event>> reading = handle.ReadAllAsync(token).ToListAsync();
        await source.PushAsync(new Event(1, 1, 1, ""), token);
        Assert.That(CoreThreads(), Is.EqualTo(3));
        await runtime.DisposeAsync();
        await runtime.DisposeAsync();
        ExpectNoCoreThreads();
        Assert.That(async () => await reading, Throws.InstanceOf<LaminarException>().With.Message.Contains("disposed"));
        Assert.That(async () => await source.PushAsync(default(Event)), Throws.InstanceOf<LaminarException>().With.Message.Contains("disposed"));
    }

    [Test, CancelAfter(15_000)]
    public async Task Waits_can_be_cancelled(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(ringRows: 4, readBufferRows: 4));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(token);
        ValueTask push = source.PushAsync(Event.Make(1, 1_000), cancel.Token);
        Task completion = runtime.WaitForCompletionAsync(cancel.Token);
        Task flush = source.FlushAsync(cancel.Token);
        await cancel.CancelAsync();
        Assert.That(async () => await push, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await completion, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await flush, Throws.InstanceOf<OperationCanceledException>());

        // The source goes on with the next push.
        Task<List<Event>> reading = handle.ReadAllAsync(token).ToListAsync();
        await source.PushAsync(new Event(9, 9, 9_000_000, "last"), token);
        source.Complete();
        Assert.That((await reading)[^1].Key, Is.EqualTo(9));
    }

    [Test, CancelAfter(15_000)]
    public async Task An_idle_runtime_parks_its_cores(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores: 2));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        for (int i = 0; i < 3; i++)
        {
            await source.PushAsync(new Event(i, 1, 1, ""), token);
            await source.FlushAsync(token);
        }

        // Every core wakes for something and goes to sleep again: the count keeps rising with the wakes only.
        SpinWait.SpinUntil(() => runtime.Metrics.Cores.All(c => c.Parks > 0), 10_000);
        Assert.That(runtime.Metrics.Cores.Select(c => c.Parks), Is.All.GreaterThan(0));
        Assert.That(runtime.Metrics.Sources.Single().RowsIn, Is.EqualTo(3));
        Assert.That(runtime.Metrics.Queries.Single().Statistics.RowsOut, Is.EqualTo(3));
    }

    /// <summary>A joined thread's entry outlives the join by the moment that the kernel takes to end it.</summary>
    private static void ExpectNoCoreThreads() =>
        Assert.That(SpinWait.SpinUntil(() => CoreThreads() == 0, 10_000), "a core's thread is still there");

    /// <summary>Threads of this process that are named after cores.</summary>
    private static int CoreThreads() => Directory.GetDirectories("/proc/self/task").Count(IsCore);

    private static bool IsCore(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).StartsWith("laminar core", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // ended since it was listed
        }
    }
}
