using System.Threading.Channels;
using Apache.Arrow;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

public class ReaderTests
{
    private const int Seed = 99;

    [Test, CancelAfter(15_000)]
    public async Task An_unread_handle_keeps_its_buffer_then_holds_the_source_back(CancellationToken token)
    {
        var log = new TestLog();
        LaminarOptions options = Run.Options(ringRows: 16, readBufferRows: 32);
        options.LoggerFactory = log;
        await using LaminarRuntime runtime = LaminarRuntime.Create(options);
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        Event[] rows = Event.Make(Seed, 200);

        ValueTask push = source.PushAsync(rows.AsMemory(), token);
        await log.SeenAsync("neither sink nor reader", token);
        Assert.That(push.IsCompleted, Is.False, "200 rows don't fit into the buffers");
        Assert.That(source.TryPush(rows.AsSpan(0, 1)), Is.False, "nobody overtakes a waiting push");

        Task<List<Event>> reading = handle.ReadAllAsync(token).ToListAsync();
        await push;
        source.Complete();
        Assert.That(await reading, Is.EqualTo(rows), "one partition keeps its order, from the first row on");
    }

    [Test, CancelAfter(15_000)]
    public async Task Every_reader_sees_every_row([Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 5_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores, readBufferRows: 64));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        var called = new List<Event>();
        using IDisposable subscription = handle.Subscribe(called.Add);
        Task<List<Event>> all = handle.ReadAllAsync(token).ToListAsync();
        ChannelReader<Event> channel = handle.GetReader();
        Task<List<Event>> channelled = channel.ReadAllAsync(token).ToListAsync();
        Task<List<RecordBatch>> batches = handle.ReadBatchesAsync(100, token).ToListAsync();
        await source.PushAsync(rows, token);
        source.Complete();

        Assert.That(await all, Is.EqualTo(rows));
        Assert.That(await channelled, Is.EqualTo(rows));
        await channel.Completion;
        Assert.That((await batches).Sum(b => b.Length), Is.EqualTo(rows.Length));
        Assert.That((await batches).All(b => b.Length <= 100));
        Assert.That((await batches).SelectMany(b => ((Int64Array)b.Column("value")).Values.ToArray()), Is.EqualTo(rows.Select(r => r.Value)));
        Assert.That(called, Is.EqualTo(rows));
    }

    [Test, CancelAfter(15_000)]
    public async Task A_loop_left_early_goes_on_where_it_was(CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 1_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        await source.PushAsync(rows, token);
        source.Complete();
        var got = new List<Event>();
        await foreach (Event row in handle.ReadAllAsync(token))
        {
            got.Add(row);
            if (got.Count == 10)
            {
                break;
            }
        }

        got.AddRange(await handle.ReadAllAsync(token).ToListAsync());
        Assert.That(got, Is.EqualTo(rows));
    }

    [Test, CancelAfter(15_000)]
    public async Task Committed_rows_come_with_their_epoch([Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 1_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(cores));
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        ChannelReader<Event> committed = handle.GetReader(committed: true);
        ChannelReader<Event> early = handle.GetReader();
        await source.PushAsync(rows.AsMemory(0, 600), 0, token);
        for (int i = 0; i < 600; i++)
        {
            await early.ReadAsync(token);
        }

        Assert.That(committed.TryRead(out _), Is.False, "the epoch is open");
        await runtime.CheckpointAsync(token);
        Assert.That(committed.Count, Is.EqualTo(600));
        await source.PushAsync(rows.AsMemory(600), 1, token);
        source.Complete();
        Assert.That(Event.Sorted(await committed.ReadAllAsync(token).ToListAsync()), Is.EqualTo(Event.Sorted(rows)));
    }

    [Test, CancelAfter(15_000)]
    public async Task A_reader_of_committed_rows_gets_a_checkpoint_when_its_buffer_is_full(CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 5_000);
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options(readBufferRows: 100, ringRows: 64));
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        Task<List<Event>> reading = handle.ReadAllAsync(committed: true, token).ToListAsync();
        await source.PushAsync(rows, token);
        source.Complete();
        Assert.That(await reading, Is.EqualTo(rows));
        Assert.That(runtime.Metrics.EpochsCommitted, Is.GreaterThan(1));
    }

    [Test, CancelAfter(15_000)]
    public async Task Arrow_batches_are_pushed_by_column_name(CancellationToken token)
    {
        Event[] rows = Event.Make(Seed, 300);
        var builder = new ArrowBatchBuilder<Event>();
        foreach (Event row in rows)
        {
            builder.Add(in row);
        }

        using RecordBatch batch = builder.Build();
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Event> source = runtime.AddSource<Event>();
        QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
        await runtime.StartAsync(token);
        await source.PushAsync(batch, token);
        source.Complete();
        Assert.That(await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(rows));
    }

    [Test, CancelAfter(15_000)]
    public async Task Rows_of_an_Arrow_batch_that_cannot_be_decoded_follow_the_policy([Values] ErrorPolicy policy, CancellationToken token)
    {
        // Row 1 has NULL in a NOT NULL column, row 3 a value out of range.
        var time = new UInt64Array.Builder().AppendRange([10, 11, 12, ulong.MaxValue, 14]).Build();
        using RecordBatch batch = new RecordBatch.Builder()
            .Append("key", false, new Int64Array.Builder().AppendRange([0, 1, 2, 3, 4]).Build())
            .Append("value", true, new Int32Array.Builder().Append(5).AppendNull().Append(7).Append(8).Append(9).Build())
            .Append("ts", false, time)
            .Append("text", false, new StringArray.Builder().AppendRange(["a", "b", "c", "d", "e"]).Build())
            .Build();
        string path = Path.Combine(Path.GetTempPath(), $"laminar-arrow-{Guid.NewGuid():N}.jsonl");
        try
        {
            await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
            SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { OnError = policy, DeadLetterPath = policy == ErrorPolicy.DeadLetter ? path : null });
            QueryHandle<Event> handle = runtime.AddQuery(TestQueries.Filter(_ => true));
            await runtime.StartAsync(token);
            if (policy == ErrorPolicy.Fail)
            {
                LaminarException error = Assert.ThrowsAsync<LaminarException>(async () => await source.PushAsync(batch, token))!;
                Assert.That(error.Message, Is.EqualTo("row 1 of an Arrow batch, column value: NULL in a NOT NULL column"));
            }
            else
            {
                await source.PushAsync(batch, token);
            }

            source.Complete();
            Event[] good = [new(0, 5, 10, "a"), new(2, 7, 12, "c"), new(4, 9, 14, "e")];
            Assert.That(await handle.ReadAllAsync(token).ToListAsync(), Is.EqualTo(policy == ErrorPolicy.Fail ? [] : good), "where the policy is to fail, none of the batch is taken");
            await runtime.StopAsync(token);
            Assert.That(runtime.Metrics.Sources.Single().ErrorRows, Is.EqualTo(policy == ErrorPolicy.Fail ? 1 : 2));
            if (policy == ErrorPolicy.DeadLetter)
            {
                Assert.That(File.ReadAllLines(path).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("place").GetString()), Is.EqualTo(new[]
                {
                    "row 1 of an Arrow batch, column value", "row 3 of an Arrow batch, column ts",
                }));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
