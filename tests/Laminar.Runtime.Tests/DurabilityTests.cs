using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Stop or fall over, start again over the same folder: nothing is lost and nothing comes twice.</summary>
public class DurabilityTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-runtime-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(30_000)]
    public async Task Windows_go_on_after_a_stop([Values("by_key", "two_phase")] string query, [Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(21, 10_000);
        int cut = 4_321;
        await using (LaminarRuntime first = Open(cores))
        {
            SourceHandle<Event> source = await StartAsync(first, query, token);
            Assert.That(source.DurableRows, Is.Zero);
            await PushAsync(source, rows, 0, cut, token);
            await first.StopAsync(token);
        }

        await using (LaminarRuntime second = Open(cores))
        {
            SourceHandle<Event> source = await StartAsync(second, query, token);
            Assert.That(source.GetDurableRows(0) + source.GetDurableRows(1), Is.EqualTo(cut));
            await PushAsync(source, rows, cut, rows.Length, token);
            source.Complete();
            await second.WaitForCompletionAsync(token);
            await second.StopAsync(token);
        }

        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
    }

    [Test, CancelAfter(30_000)]
    public async Task Flushed_rows_survive_without_any_checkpoint([Values(1, 2)] int cores, CancellationToken token)
    {
        Event[] rows = Event.Make(22, 5_000);
        long[] durable = [0, 0];
        for (int round = 0; round < 3; round++)
        {
            await using LaminarRuntime runtime = Open(cores);
            SourceHandle<Event> source = await StartAsync(runtime, "by_key", token);
            Assert.That(new[] { source.GetDurableRows(0), source.GetDurableRows(1) }, Is.EqualTo(durable));
            await PushAsync(source, rows, round * 1000, (round + 1) * 1000, token);
            await source.FlushAsync(token);
            durable = [durable[0] + 500, durable[1] + 500];

            // Disposed without a stop: as after a crash, but for what the page cache would lose.
        }

        await using (LaminarRuntime last = Open(cores))
        {
            SourceHandle<Event> source = await StartAsync(last, "by_key", token);
            Assert.That(new[] { source.GetDurableRows(0), source.GetDurableRows(1) }, Is.EqualTo(durable));
            await PushAsync(source, rows, 3000, rows.Length, token);
            source.Complete();
            await last.WaitForCompletionAsync(token);
        }

        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_checkpoint_and_the_log_behind_it_join_up(CancellationToken token)
    {
        Event[] rows = Event.Make(23, 6_000);
        await using (LaminarRuntime first = Open(2))
        {
            SourceHandle<Event> source = await StartAsync(first, "two_phase", token);
            await PushAsync(source, rows, 0, 2000, token);
            await first.CheckpointAsync(token);
            await PushAsync(source, rows, 2000, 4000, token);
            await source.FlushAsync(token);
        }

        await using (LaminarRuntime second = Open(2))
        {
            SourceHandle<Event> source = await StartAsync(second, "two_phase", token);
            Assert.That(source.GetDurableRows(0) + source.GetDurableRows(1), Is.EqualTo(4000));
            await PushAsync(source, rows, 4000, rows.Length, token);
            source.Complete();
            await second.WaitForCompletionAsync(token);
        }

        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));

        await using LaminarRuntime third = Open(2);
        SourceHandle<Event> ended = await StartAsync(third, "two_phase", token);
        ended.Complete();
        Assert.That(() => ended.TryPush(rows.AsSpan(0, 1)), Throws.InstanceOf<LaminarException>().With.Message.Contains("former run"));
        await third.WaitForCompletionAsync(token);
        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)), "an input that has ended closes no window twice");
    }

    [Test, CancelAfter(60_000)]
    public async Task Checkpoints_asked_for_at_once_end_in_the_order_of_their_epochs(CancellationToken token)
    {
        Event[] rows = Event.Make(25, 6_000);
        await using (LaminarRuntime laminar = Open(2))
        {
            SourceHandle<Event> source = await StartAsync(laminar, "by_key", token);
            Task push = PushAsync(source, rows, 0, rows.Length, token);
            await Parallel.ForAsync(0, 200, token, async (_, cancel) => await laminar.CheckpointAsync(cancel));
            await push;
            Assert.That(laminar.Metrics.EpochsCommitted, Is.EqualTo(200));
            source.Complete();
            await laminar.WaitForCompletionAsync(token);
        }

        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_replayable_source_is_rewound_and_acknowledged(CancellationToken token)
    {
        Event[] rows = Event.Make(24, 8_000);
        Event[][] parts = [[.. rows.Where((_, i) => i % 2 == 0)], [.. rows.Where((_, i) => i % 2 == 1)]];
        await using (LaminarRuntime first = Open(2))
        {
            first.AddSource(new MemorySource(parts) { FailAt = 2_000 });
            AddQuery(first, "by_key");
            await first.StartAsync(token);
            Assert.That(async () => await first.WaitForCompletionAsync(token), Throws.InstanceOf<LaminarException>());
        }

        var source = new MemorySource(parts);
        await using LaminarRuntime second = Open(2);
        second.AddSource(source);
        AddQuery(second, "by_key");
        await second.StartAsync(token);
        await second.WaitForCompletionAsync(token);
        await second.CheckpointAsync(token);
        await second.StopAsync(token);
        Assert.That(ReadOutput(), Is.EqualTo(Tally.Expect(rows, TestQueries.Size)));
        Assert.That(source.Acknowledged, Is.Not.Empty);
    }

    [Test, CancelAfter(30_000)]
    public async Task Saved_state_that_does_not_fit_is_refused(CancellationToken token)
    {
        await using (LaminarRuntime first = Open(2))
        {
            SourceHandle<Event> source = await StartAsync(first, "by_key", token);
            await PushAsync(source, Event.Make(25, 100), 0, 100, token);
            await first.StopAsync(token);
        }

        await using LaminarRuntime cores = Open(1);
        cores.AddSource<Event>(new SourceOptions { Partitions = 2 });
        AddQuery(cores, "by_key");
        Assert.That(async () => await cores.StartAsync(token), Throws.InstanceOf<LaminarException>().With.Message.Contains("core"));

        await using LaminarRuntime partitions = Open(2);
        partitions.AddSource<Event>(new SourceOptions { Partitions = 3 });
        AddQuery(partitions, "by_key");
        Assert.That(async () => await partitions.StartAsync(token), Throws.InstanceOf<LaminarException>().With.Message.Contains("partitions"));

        await using LaminarRuntime other = Open(2);
        other.AddSource<Event>(new SourceOptions { Partitions = 2 });
        other.AddQuery(TestQueries.Straight(Execution.Routing.Single, "another"));
        Assert.That(async () => await other.StartAsync(token), Throws.InstanceOf<LaminarException>());
    }

    private static async Task PushAsync(SourceHandle<Event> source, Event[] rows, int from, int to, CancellationToken token)
    {
        for (int p = 0; p < source.Partitions; p++)
        {
            Event[] part = [.. Enumerable.Range(from, to - from).Where(i => i % source.Partitions == p).Select(i => rows[i])];
            await source.PushAsync(part, p, token);
        }
    }

    private LaminarRuntime Open(int cores)
    {
        LaminarOptions options = Run.Options(cores);
        options.DataDirectory = Path.Combine(_folder, "state");
        return LaminarRuntime.Create(options);
    }

    private void AddQuery(LaminarRuntime runtime, string query) =>
        runtime.AddQuery(query == "by_key" ? TestQueries.ByKey() : TestQueries.TwoPhase())
            .To(new FileAppendSink<Tally>(new FileSinkOptions { Path = Path.Combine(_folder, "out") + "/", Format = FileFormat.Json }));

    private async Task<SourceHandle<Event>> StartAsync(LaminarRuntime runtime, string query, CancellationToken token)
    {
        SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
        AddQuery(runtime, query);
        await runtime.StartAsync(token);
        return source;
    }

    private List<Tally> ReadOutput() => [.. TallyFiles.Read(Path.Combine(_folder, "out")).Order(TallyOrder.Instance)];
}
