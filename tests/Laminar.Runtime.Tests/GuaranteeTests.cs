using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>The start says how often each source's rows reach each sink.</summary>
public class GuaranteeTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-guarantee-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(true, true, true, "exactly once: after a crash the source is read again")]
    [TestCase(true, false, true, "exactly once as soon as they are durable")]
    [TestCase(true, true, false, "at least once")]
    [TestCase(true, false, false, "at least once")]
    [TestCase(false, true, true, "once in this run. Nothing outlives it")]
    [TestCase(false, false, false, "once in this run. Nothing outlives it")]
    public async Task Of_one_source_and_one_sink(bool durable, bool replayable, bool exactlyOnce, string guarantee)
    {
        (LaminarRuntime runtime, TestLog log) = Open(durable);
        await using LaminarRuntime running = runtime;
        if (replayable)
        {
            running.AddSource(new MemorySource([[]]));
        }
        else
        {
            running.AddSource<Event>();
        }

        running.AddQuery(TestQueries.Filter(_ => true)).To(new RecordingSink<Event> { IsExactlyOnce = exactlyOnce });
        await running.StartAsync();
        Assert.That(Said(log), Has.Exactly(1).StartsWith($"Sink recording of query filtered gets rows of events {guarantee}"));
        Assert.That(Said(log), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Of_a_sink_that_rows_of_several_sources_reach()
    {
        (LaminarRuntime runtime, TestLog log) = Open(durable: true);
        await using LaminarRuntime running = runtime;
        running.AddSource(new MemorySource([[]]));
        running.AddSource<Ping>();
        running.AddSink("all", new RecordingSink<Ping>())
            .From(running.AddQuery(Ping.All()))
            .From(running.AddQuery(TestQueries.Filter(_ => true, "first")), Numbers)
            .From(running.AddQuery(TestQueries.Filter(_ => true, "second")), Numbers);
        await running.StartAsync();
        Assert.That(Said(log), Has.Length.EqualTo(2));
        Assert.That(Said(log)[0], Does.StartWith("Sink all (recording) gets rows of events exactly once: after a crash"));
        Assert.That(Said(log)[1], Does.StartWith("Sink all (recording) gets rows of pings exactly once as soon as they are durable"));
    }

    private static void Numbers(ReadOnlySpan<Event> rows, Span<Ping> into)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            into[i] = new Ping(rows[i].Key);
        }
    }

    private static string[] Said(TestLog log) => [.. log.Lines.Where(l => l.Contains("gets rows of", StringComparison.Ordinal))];

    private (LaminarRuntime Runtime, TestLog Log) Open(bool durable)
    {
        var log = new TestLog();
        LaminarOptions options = Run.Options();
        options.LoggerFactory = log;
        options.DataDirectory = durable ? Path.Combine(_folder, "state") : null;
        return (LaminarRuntime.Create(options), log);
    }
}
