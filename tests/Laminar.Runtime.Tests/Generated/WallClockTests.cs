using System.Buffers;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

[StreamQuery("SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol EMIT EVERY INTERVAL '1' SECOND PROCESSING TIME")]
public sealed partial class Dashboard;

/// <summary>A query over that reads one, so that its clock goes through both.</summary>
[StreamQuery("SELECT window_end, SUM(trades) AS trades FROM bars GROUP BY TUMBLE(window_end, INTERVAL '1' MINUTE) EMIT EVERY INTERVAL '0.5' SECOND PROCESSING TIME")]
public sealed partial class BarDashboard;

/// <summary>EMIT EVERY ... PROCESSING TIME: who moves the clock, by itself, on cores, and behind a restart.</summary>
public class WallClockTests
{
    private static readonly DateTime Noon = new(2031, 2, 3, 12, 0, 0, DateTimeKind.Utc);

    [Test]
    public void By_itself_the_caller_moves_it()
    {
        var rows = new List<Dashboard.Row>();
        Dashboard.Query<Execution.ActionSink<Dashboard.Row>> query = Dashboard.Create(rows.Add);
        query.AdvanceProcessingTime(Noon);
        query.Push(new Trade("A", 1, 1, Noon));
        query.AdvanceProcessingTime(Noon.AddSeconds(0.999));
        Assert.That(rows, Is.Empty);
        query.AdvanceProcessingTime(Noon.AddSeconds(1).ToLocalTime());
        query.Push(new Trade("A", 1, 2, Noon));

        // What waits is part of a snapshot, and so is how far the clock has come.
        var saved = new ArrayBufferWriter<byte>();
        query.Snapshot(saved);
        query.Dispose();
        query = Dashboard.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
        query.AdvanceProcessingTime(Noon.AddSeconds(1.9));
        Assert.That(rows, Is.EqualTo(new[] { new Dashboard.Row(RowKind.Insert, "A", 1) }));
        query.AdvanceProcessingTime(Noon.AddHours(1));
        query.Push(new Trade("A", 1, 4, Noon));
        query.Complete();
        query.AdvanceProcessingTime(Noon.AddHours(2));
        Assert.That(rows.Skip(1), Is.EqualTo(new[] { new Dashboard.Row(RowKind.UpdateAfter, "A", 3), new Dashboard.Row(RowKind.UpdateAfter, "A", 7) }));
        query.Dispose();
    }

    [Test]
    public void Through_the_queries_that_it_reads()
    {
        var rows = new List<BarDashboard.Row>();
        using BarDashboard.Query<Execution.ActionSink<BarDashboard.Row>> query = BarDashboard.Create(rows.Add);
        query.AdvanceProcessingTime(Noon);
        query.Push([new Trade("A", 1, 1, Noon), new Trade("B", 1, 1, Noon), new Trade("A", 1, 1, Noon.AddSeconds(20))]);
        query.AdvanceProcessingTime(Noon.AddSeconds(0.5));
        Assert.That(rows, Is.EqualTo(new[] { new BarDashboard.Row(RowKind.Insert, Noon.AddMinutes(1), 2) }));
    }

    [Test, CancelAfter(30_000)]
    public async Task On_cores_the_clock_of_the_runtime_moves_it_without_any_row([Values(1, 2, 3)] int cores, CancellationToken token)
    {
        var time = new ManualTime();
        LaminarOptions options = Run.Options(cores);
        options.TimeProvider = time;
        await using LaminarRuntime runtime = LaminarRuntime.Create(options);
        SourceHandle<Trade> source = runtime.AddSource<Trade>();
        QueryHandle<Dashboard.Row> query = Dashboard.AddTo(runtime);
        await runtime.StartAsync(token);
        await using IAsyncEnumerator<Dashboard.Row> rows = query.ReadAllAsync(cancellationToken: token).GetAsyncEnumerator(token);
        var totals = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (int step = 1; step <= 5; step++)
        {
            // Symbols on all cores; twice each, so that a step has one row of each and not two.
            for (int i = 0; i < 20; i++)
            {
                string symbol = "SYM" + (i % 10);
                totals[symbol] = totals.GetValueOrDefault(symbol) + step;
                await source.PushAsync(new Trade(symbol, 1, step, Noon), token);
            }

            await runtime.CheckpointAsync(token);
            time.Advance(TimeSpan.FromSeconds(0.6));
            await runtime.CheckpointAsync(token);
            Assert.That(query.Statistics.RowsOut, Is.EqualTo((step - 1) * 10), "nothing is due yet");
            time.Advance(TimeSpan.FromSeconds(0.4));
            var seen = new SortedDictionary<string, long>(StringComparer.Ordinal);
            for (int i = 0; i < 10; i++)
            {
                Assert.That(await rows.MoveNextAsync());
                Assert.That(rows.Current.Kind, Is.EqualTo(step == 1 ? RowKind.Insert : RowKind.UpdateAfter));
                seen.Add(rows.Current.Symbol, rows.Current.Volume);
            }

            Assert.That(seen, Is.EqualTo(totals));

            // Nothing has changed since: seconds pass, and nothing comes.
            time.Advance(TimeSpan.FromSeconds(3));
        }

        source.Complete();
        Assert.That(await rows.MoveNextAsync(), Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task What_waits_at_a_restart_comes_with_the_start([Values(1, 2)] int cores, CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("laminar-clock-").FullName;
        try
        {
            var time = new ManualTime();
            LaminarOptions options = Run.Options(cores);
            options.TimeProvider = time;
            options.DataDirectory = folder;
            await using (LaminarRuntime first = LaminarRuntime.Create(options))
            {
                SourceHandle<Trade> source = first.AddSource<Trade>();
                QueryHandle<Dashboard.Row> query = Dashboard.AddTo(first);
                await first.StartAsync(token);
                await source.PushAsync(new Trade("A", 1, 1, Noon), token);
                await source.PushAsync(new Trade("B", 1, 2, Noon), token);
                await first.StopAsync(token);
                Assert.That(query.Statistics.RowsOut, Is.Zero);
            }

            // The second passes while nothing runs, and nothing is pushed afterwards either.
            time.Advance(TimeSpan.FromSeconds(1));
            await using (LaminarRuntime second = LaminarRuntime.Create(options))
            {
                second.AddSource<Trade>();
                QueryHandle<Dashboard.Row> query = Dashboard.AddTo(second);
                await second.StartAsync(token);
                var rows = new List<Dashboard.Row>();
                await foreach (Dashboard.Row row in query.ReadAllAsync(cancellationToken: token))
                {
                    rows.Add(row);
                    if (rows.Count == 2)
                    {
                        break;
                    }
                }

                Assert.That(rows, Is.EquivalentTo(new[] { new Dashboard.Row(RowKind.Insert, "A", 1), new Dashboard.Row(RowKind.Insert, "B", 2) }));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Rows_that_the_clock_brings_are_committed_by_the_next_checkpoint_though_no_row_comes(CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("laminar-clock-").FullName;
        try
        {
            var time = new ManualTime();
            LaminarOptions options = Run.Options();
            options.TimeProvider = time;
            options.DataDirectory = folder;
            options.CheckpointInterval = TimeSpan.FromSeconds(10);
            await using LaminarRuntime runtime = LaminarRuntime.Create(options);
            SourceHandle<Trade> source = runtime.AddSource<Trade>();
            QueryHandle<Dashboard.Row> query = Dashboard.AddTo(runtime);
            await runtime.StartAsync(token);
            await using IAsyncEnumerator<Dashboard.Row> seen = query.ReadAllAsync(cancellationToken: token).GetAsyncEnumerator(token);
            await using IAsyncEnumerator<Dashboard.Row> committed = query.ReadAllAsync(committed: true, token).GetAsyncEnumerator(token);
            await source.PushAsync(new Trade("A", 1, 1, Noon), token);
            await runtime.CheckpointAsync(token);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await seen.MoveNextAsync());
            ValueTask<bool> next = committed.MoveNextAsync();
            Assert.That(next.IsCompleted, Is.False);
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.That(await next);
            Assert.That(committed.Current, Is.EqualTo(new Dashboard.Row(RowKind.Insert, "A", 1)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
