using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

public class IdleTests
{
    [Test, CancelAfter(15_000)]
    public async Task A_silent_partition_stops_holding_the_watermark_and_cannot_pull_it_back(
        [Values("by_key", "two_phase")] string query, [Values(1, 2)] int cores, CancellationToken token)
    {
        var time = new ManualTime();
        LaminarOptions options = Run.Options(cores);
        options.TimeProvider = time;
        await using LaminarRuntime runtime = LaminarRuntime.Create(options);
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2, IdleTimeout = TimeSpan.FromSeconds(30) });
        QueryHandle<Tally> handle = runtime.AddQuery(query == "by_key" ? TestQueries.ByKey() : TestQueries.TwoPhase());
        await runtime.StartAsync(token);
        await using IAsyncEnumerator<Tally> rows = handle.ReadAllAsync(token).GetAsyncEnumerator(token);

        // Partition 1 has an open window 0..100 and falls silent; partition 0 goes far ahead and stays awake.
        await source.PushAsync(new[] { new Event(1, 5, 50, "") }, 1, token);
        await source.PushAsync(new[] { new Event(1, 7, 60, ""), new Event(1, 9, 1000, "") }, 0, token);
        await source.FlushAsync(token);
        Assert.That(handle.Statistics.RowsOut, Is.LessThan(2), "window 0..100 must wait for partition 1");

        // Both arm their timers; a minute later only partition 0 speaks.
        await time.ArmedAsync(2, token);
        time.Advance(TimeSpan.FromSeconds(29));
        await source.PushAsync(new[] { new Event(1, 1, 1001, "") }, 0, token);
        await source.FlushAsync(token);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await rows.MoveNextAsync(), Is.True);
        Assert.That(rows.Current, Is.EqualTo(new Tally(1, 100, 2, 12)), "what the idle partition had counts");

        // It wakes with an old row: late for its window, and the watermark stays where it was.
        await source.PushAsync(new[] { new Event(1, 100, 55, ""), new Event(1, 3, 1002, "") }, 1, token);
        source.Complete();
        Assert.That(await rows.MoveNextAsync(), Is.True);
        Assert.That(rows.Current, Is.EqualTo(new Tally(1, 1100, 3, 13)));
        Assert.That(await rows.MoveNextAsync(), Is.False);
        Assert.That(handle.Statistics.LateRows, Is.EqualTo(1));
    }

    [Test, CancelAfter(15_000)]
    public async Task An_explicit_watermark_closes_windows_in_place_between_rows([Values] bool asInstant, CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Tally> handle = runtime.AddQuery(TestQueries.ByKey());
        await runtime.StartAsync(token);
        await source.PushAsync(new Event(1, 5, 50, ""), token);
        if (asInstant)
        {
            source.AdvanceWatermark(DateTime.UnixEpoch.AddMilliseconds(100));
        }
        else
        {
            source.AdvanceWatermark(100);
        }

        await source.PushAsync(new Event(1, 6, 51, ""), token);
        await source.PushAsync(new Event(1, 7, 101, ""), token);
        source.Complete();
        Assert.That(
            await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(new[] { new Tally(1, 100, 1, 5), new Tally(1, 200, 1, 7) }));
        Assert.That(handle.Statistics.LateRows, Is.EqualTo(1));
    }
}
