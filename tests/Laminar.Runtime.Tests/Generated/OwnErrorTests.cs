using System.Text.Json;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

[StreamQuery("SELECT symbol, window_end, 1000 / SUM(volume) AS share FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) WITH (on_error = 'skip')")]
public sealed partial class SkippedShares;

[StreamQuery("SELECT symbol, window_end, 1000 / SUM(volume) AS share FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) WITH (on_error = 'fail')")]
public sealed partial class FailingShares;

[StreamQuery("SELECT symbol, window_end, 1000 / SUM(volume) AS share FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) WITH (on_error = 'dead_letter', dead_letter_path = '${SHARES}/dead.jsonl')")]
public sealed partial class DeadShares;

/// <summary>A query says itself what becomes of results that can't be computed, whatever its source says about rows.</summary>
public class OwnErrorTests
{
    private static readonly DateTime Nine = new(2024, 1, 2, 9, 0, 0, DateTimeKind.Utc);

    // B sums up to nothing.
    private static readonly Trade[] Rows = [new("A", 1, 4, Nine), new("B", 1, 1, Nine.AddSeconds(1)), new("B", 1, -1, Nine.AddSeconds(2)), new("C", 1, 5, Nine.AddSeconds(3))];

    [Test]
    public void By_itself()
    {
        var skipped = new List<SkippedShares.Row>();
        using var skipping = SkippedShares.Create(skipped.Add);
        skipping.OnError = _ => throw new AssertionException("the query says what becomes of it");
        skipping.Push(Rows);
        skipping.Complete();
        Assert.That(skipped.Select(r => (r.Symbol, r.Share)), Is.EqualTo(new[] { ("A", 250L), ("C", 200L) }));
        Assert.That(skipping.Statistics.ErrorRows, Is.EqualTo(1));

        using var failing = FailingShares.Create(_ => { });
        failing.OnError = _ => true;
        failing.Push(Rows);
        Assert.That(failing.Complete, Throws.TypeOf<StreamRowException>().With.Message.Contains("group Symbol B of the window [2024-01-02T09:00:00Z, 2024-01-02T09:01:00Z)"));

        var asked = new List<StreamRowException>();
        using var dead = DeadShares.Create(_ => { });
        dead.OnError = error =>
        {
            asked.Add(error);
            return true;
        };
        dead.Push(Rows);
        dead.Complete();
        Assert.That(asked.Select(e => e.Row), Is.EqualTo(new[] { "group Symbol B of the window [2024-01-02T09:00:00Z, 2024-01-02T09:01:00Z)" }));
        using var unasked = DeadShares.Create(_ => { });
        unasked.Push(Rows);
        Assert.That(unasked.Complete, Throws.TypeOf<StreamRowException>(), "nothing is dropped without anybody who takes it");
    }

    [Test, CancelAfter(30_000)]
    public async Task In_a_runtime([Values(1, 2)] int cores, [Values(1, 2)] int partitions, CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("laminar-errors-").FullName;
        try
        {
            LaminarOptions options = Run.Options(cores);
            options.Variables["SHARES"] = folder;
            await using (LaminarRuntime runtime = LaminarRuntime.Create(options))
            {
                // The source fails: that isn't asked.
                SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { Partitions = partitions });
                QueryHandle<SkippedShares.Row> skipping = SkippedShares.AddTo(runtime);
                QueryHandle<DeadShares.Row> dead = DeadShares.AddTo(runtime);
                await runtime.StartAsync(token);
                for (int i = 0; i < Rows.Length; i++)
                {
                    await source.PushAsync(new[] { Rows[i] }, i % partitions, token);
                }

                source.Complete();
                Assert.That((await skipping.ReadAllAsync(cancellationToken: token).ToListAsync()).Select(r => r.Symbol), Is.EquivalentTo(new[] { "A", "C" }));
                Assert.That((await dead.ReadAllAsync(cancellationToken: token).ToListAsync()).Select(r => r.Symbol), Is.EquivalentTo(new[] { "A", "C" }));
                Assert.That((skipping.Statistics.ErrorRows, dead.Statistics.ErrorRows), Is.EqualTo((1, 1)));
                await runtime.StopAsync(token);
            }

            JsonElement line = JsonDocument.Parse(File.ReadAllLines(Path.Combine(folder, "dead.jsonl")).Single()).RootElement;
            Assert.That(line.GetProperty("query").GetString(), Is.EqualTo("DeadShares"));
            Assert.That(line.GetProperty("row").GetString(), Is.EqualTo("group Symbol B of the window [2024-01-02T09:00:00Z, 2024-01-02T09:01:00Z)"));
            Assert.That(line.GetProperty("reason").GetString(), Does.Contain("divide by zero"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_query_that_fails_ends_the_runtime_though_its_source_skips(CancellationToken token)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(Run.Options());
        SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { OnError = ErrorPolicy.Skip });
        QueryHandle<FailingShares.Row> failing = FailingShares.AddTo(runtime);
        await runtime.StartAsync(token);
        await source.PushAsync(Rows, token);
        source.Complete();
        Assert.That(async () => await failing.ReadAllAsync(cancellationToken: token).ToListAsync(), Throws.InstanceOf<LaminarException>().With.Message.Contains("Symbol B"));
    }
}
