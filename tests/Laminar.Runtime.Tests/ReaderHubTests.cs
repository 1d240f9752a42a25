using Laminar.Runtime.Queries;
using Laminar.Runtime.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Readers and callbacks that come and go while rows flow: each row is seen once, in order, by somebody.</summary>
public class ReaderHubTests
{
    [Test, CancelAfter(60_000)]
    public async Task A_callback_that_comes_between_sees_kept_rows_and_new_ones_once_and_in_order(CancellationToken token)
    {
        const int rounds = 3_000;
        const int batches = 8;
        const int batchRows = 512;
        int[] all = [.. Enumerable.Range(0, batches * batchRows)];
        for (int round = 0; round < rounds; round++)
        {
            var hub = new ReaderHub<int>(all.Length, () => { });
            var task = new ReaderTask<int>("q", hub, () => { }, NullLogger.Instance);
            var seen = new List<int>(all.Length);
            hub.KeepUnread();
            using var start = new Barrier(2);
            Task subscribing = Task.Run(
                () =>
                {
                    start.SignalAndWait(token);
                    System.Threading.Thread.SpinWait(round % 200 * 5);
                    hub.Subscribe(seen.Add);
                },
                token);
            start.SignalAndWait(token);
            for (int i = 0; i < batches; i++)
            {
                Assert.That(task.Accept(all.AsSpan(i * batchRows, batchRows), default, 0, 0), Is.EqualTo(batchRows));
            }

            await subscribing;
            task.Step();
            Assert.That(seen.SequenceEqual(all), $"round {round}: {seen.Count} rows of {all.Length}, out of order at {seen.Zip(all).TakeWhile(p => p.First == p.Second).Count()}");
        }
    }

    [Test, CancelAfter(15_000)]
    public async Task Rows_behind_the_last_callback_are_kept_for_the_next_reader([Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(31, 300);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        var called = new List<Event>();
        IDisposable subscription = handle.Subscribe(called.Add);
        await runtime.StartAsync(token);
        await source.PushAsync(rows.AsMemory(0, 100), 1, token);
        await source.FlushAsync(token);
        Assert.That(called, Is.EqualTo(rows[..100]));

        subscription.Dispose();
        subscription.Dispose();
        await source.PushAsync(rows.AsMemory(100), 1, token);
        await source.FlushAsync(token);
        source.Complete();
        Assert.That(await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(rows[100..]));
        Assert.That(called, Has.Count.EqualTo(100));
    }

    [Test]
    public void Kept_rows_that_a_callback_leaves_behind_are_kept_further()
    {
        const int count = 2_000;
        var hub = new ReaderHub<int>(count, () => { });
        var task = new ReaderTask<int>("q", hub, () => { }, NullLogger.Instance);
        hub.KeepUnread();
        task.Accept([.. Enumerable.Range(0, count)], default, 0, 0);
        var called = new List<int>();
        IDisposable? subscription = null;
        subscription = hub.Subscribe(row =>
        {
            called.Add(row);
            subscription!.Dispose();
        });
        task.Step();
        task.Accept([count], default, 0, 0);

        RowQueue<int> reader = hub.Attach(committed: false);
        var rest = new List<int>();
        while (reader.TryRead(out int row))
        {
            rest.Add(row);
        }

        Assert.That(called.Concat(rest), Is.EqualTo(Enumerable.Range(0, count + 1)));
        Assert.That(rest, Is.Not.Empty);
    }
}
