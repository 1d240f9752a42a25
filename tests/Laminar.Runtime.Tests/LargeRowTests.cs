using System.Text.Json;
using Laminar.Connectors.Files;
using Laminar.Runtime.Metrics;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Rows of many MB with a data directory: they go through the log, and one that no record can hold follows the error policy.</summary>
[NonParallelizable]
public class LargeRowTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-large-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(120_000)]
    public async Task Eight_rows_of_10_MB_pushed_at_once_come_out_exactly_once([Values] bool stop, CancellationToken token)
    {
        Event[] rows = [.. Enumerable.Range(0, 8).Select(i => new Event(i, i, 100 + i, Text(i, 10 << 20)))];
        await using (LaminarRuntime first = Open(out SourceHandle<Event> source))
        {
            await first.StartAsync(token);
            await source.PushAsync(rows, token);
            await source.FlushAsync(token);
            if (stop)
            {
                await first.StopAsync(token);
            }

            // Otherwise disposed without a stop: what the log holds is all there is.
        }

        await using (LaminarRuntime second = Open(out SourceHandle<Event> source))
        {
            await second.StartAsync(token);
            Assert.That(source.DurableRows, Is.EqualTo(8));
            source.Complete();
            await second.WaitForCompletionAsync(token);
        }

        Assert.That(Output(), Is.EqualTo(rows.Select(r => (r.Key, r.Text.Length, r.Text[0]))));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_row_of_70_MB_is_counted_and_passed_over([Values] bool deadLetter, [Values] bool stop, CancellationToken token)
    {
        ErrorPolicy policy = deadLetter ? ErrorPolicy.DeadLetter : ErrorPolicy.Skip;
        await using (LaminarRuntime first = Open(out SourceHandle<Event> source, policy))
        {
            await first.StartAsync(token);
            await source.PushAsync(new[] { new Event(0, 0, 100, "small"), new Event(1, 1, 101, Text(1, 70 << 20)), new Event(2, 2, 102, "last") }, token);
            await source.FlushAsync(token);
            SourceMetrics metrics = first.Metrics.Sources.Single();
            Assert.That((metrics.RowsIn, metrics.ErrorRows), Is.EqualTo((3, 1)));
            if (stop)
            {
                await first.StopAsync(token);
            }
        }

        await using (LaminarRuntime second = Open(out SourceHandle<Event> source, policy))
        {
            await second.StartAsync(token);
            Assert.That(source.DurableRows, Is.EqualTo(3), "the producer goes on behind all three");
            await source.PushAsync(new Event(3, 3, 103, "new"), token);
            source.Complete();
            await second.WaitForCompletionAsync(token);
            Assert.That(second.Metrics.Sources.Single().RowsIn, Is.EqualTo(4));
        }

        Assert.That(Output(), Is.EqualTo(new[] { (0L, 5, 's'), (2, 4, 'l'), (3, 3, 'n') }));
        if (deadLetter)
        {
            JsonElement line = JsonDocument.Parse(File.ReadAllLines(DeadLetterPath).Single()).RootElement;
            Assert.That(line.GetProperty("place").GetString(), Is.EqualTo("Source events, partition 0, row 1"));
            Assert.That(line.GetProperty("reason").GetString(), Does.Contain("can't be logged").And.Contains("bytes"));
            Assert.That(line.GetProperty("row").GetString(), Does.StartWith("Event { Key = 1").And.Length.LessThan(64 << 10));
        }
    }

    [Test, CancelAfter(120_000)]
    public async Task A_row_of_70_MB_fails_the_runtime_by_default_and_can_be_left_out_afterwards(CancellationToken token)
    {
        await using (LaminarRuntime first = Open(out SourceHandle<Event> source))
        {
            await first.StartAsync(token);
            await source.PushAsync(new[] { new Event(0, 0, 100, "small") }, token);
            await source.FlushAsync(token);
            await source.PushAsync(new[] { new Event(1, 1, 101, Text(1, 70 << 20)) }, token);
            Assert.That(
                async () => await first.WaitForCompletionAsync(token),
                Throws.InstanceOf<LaminarException>().With.Message.Contains("partition 0, row 1: the row can't be logged").And.Message.Length.LessThan(1000));
        }

        await using (LaminarRuntime second = Open(out SourceHandle<Event> source))
        {
            await second.StartAsync(token);
            Assert.That(source.DurableRows, Is.EqualTo(1));
            source.Complete();
            await second.WaitForCompletionAsync(token);
        }

        Assert.That(Output(), Is.EqualTo(new[] { (0L, 5, 's') }));
    }

    [Test, CancelAfter(30_000)]
    public async Task Null_in_a_NOT_NULL_column_is_an_error_row([Values] ErrorPolicy policy, CancellationToken token)
    {
        await using (LaminarRuntime first = Open(out SourceHandle<Event> source, policy))
        {
            await first.StartAsync(token);
            await source.PushAsync(new[] { new Event(0, 0, 100, "a"), new Event(1, 1, 101, null!), new Event(2, 2, 102, "b") }, token);
            if (policy == ErrorPolicy.Fail)
            {
                Assert.That(
                    async () => await first.WaitForCompletionAsync(token),
                    Throws.InstanceOf<LaminarException>().With.Message.Contains("row 1: the row can't be logged: Column text is NOT NULL"));
                return;
            }

            source.Complete();
            await first.WaitForCompletionAsync(token);
            Assert.That(first.Metrics.Sources.Single().ErrorRows, Is.EqualTo(1));
        }

        Assert.That(Output().Select(r => r.Key), Is.EqualTo(new[] { 0L, 2 }));
        Assert.That(File.Exists(DeadLetterPath), Is.EqualTo(policy == ErrorPolicy.DeadLetter));
    }

    private string DeadLetterPath => Path.Combine(_folder, "dead.jsonl");

    private LaminarRuntime Open(out SourceHandle<Event> source, ErrorPolicy policy = ErrorPolicy.Fail)
    {
        LaminarOptions options = Run.Options();
        options.DataDirectory = Path.Combine(_folder, "state");
        LaminarRuntime runtime = LaminarRuntime.Create(options);
        source = runtime.AddSource<Event>(
            new SourceOptions { OnError = policy, DeadLetterPath = policy == ErrorPolicy.DeadLetter ? DeadLetterPath : null });
        runtime.AddQuery(TestQueries.Filter(_ => true))
            .To(new FileAppendSink<Event>(new FileSinkOptions { Path = Path.Combine(_folder, "out") + "/", Format = FileFormat.Json }));
        return runtime;
    }

    private static string Text(int row, int length) => new((char)('a' + row), length);

    /// <summary>Key, length and first character of each row that was published, read without any code of Laminar.</summary>
    private List<(long Key, int Length, char First)> Output()
    {
        var rows = new List<(long, int, char)>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(_folder, "out"), "part-*").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file))
            {
                using JsonDocument json = JsonDocument.Parse(line);
                string text = json.RootElement.GetProperty("text").GetString()!;
                Assert.That(text.Length < 1000 || text.AsSpan().IndexOfAnyExcept(text[0]) < 0, "a text is as it was pushed");
                rows.Add((json.RootElement.GetProperty("key").GetInt64(), text.Length, text[0]));
            }
        }

        return rows;
    }
}
