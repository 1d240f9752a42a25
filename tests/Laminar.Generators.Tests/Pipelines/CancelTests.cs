using System.Text.Json;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Pipelines;

/// <summary>Cancelling <c>RunAsync</c> ends a run in good order; the next goes on behind it.</summary>
public sealed class CancelTests
{
    private const int Rows = 200_000;

    private const string Script = """
        CREATE SOURCE items (id BIGINT NOT NULL, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'file', format = 'json', path = '${DIR}/items.jsonl');
        CREATE SINK evens (id BIGINT NOT NULL) WITH (connector = 'file', format = 'json', path = '${DIR}/evens/');
        INSERT INTO evens SELECT id FROM items WHERE id % 2 = 0;
        INSERT INTO evens SELECT n FROM minutes;
        CREATE STREAM minutes AS SELECT COUNT(*) AS n, window_end FROM items GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE);
        """;

    [Test, CancelAfter(120_000)]
    public async Task A_cancelled_run_returns_and_the_next_goes_on_exactly_once([Values(1, 2)] int cores, CancellationToken limit)
    {
        using var run = new PipelineRun(Script);
        DateTime start = DateTime.UnixEpoch;
        run.Write("items.jsonl", Enumerable.Range(0, Rows).Select(i => $$"""{"id":{{i}},"ts":"{{start.AddMilliseconds(i * 10):yyyy-MM-ddTHH:mm:ss.fffZ}}"}"""));
        int cut = 0;
        bool whole = false;
        for (int attempt = 0; !whole; attempt++)
        {
            // The first soon after its start, however slowly the disk commits; the next ones at a commit.
            using var log = new CancelOnCommit(attempt is > 0 and < 5 ? attempt : int.MaxValue, attempt == 0 ? TimeSpan.FromMilliseconds(20) : Timeout.InfiniteTimeSpan);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(log.Token, limit);
            await run.RunAsync(
                o =>
                {
                    o.Cores = cores;
                    o.DataDirectory = Path.Combine(run.Folder, "state");
                    o.CheckpointInterval = TimeSpan.FromMilliseconds(2);
                    o.LoggerFactory = log;
                },
                both.Token);
            limit.ThrowIfCancellationRequested();
            whole = !log.Token.IsCancellationRequested;
            string[] lines = Output(run);
            Assert.That(lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt64()), Has.All.GreaterThanOrEqualTo(0), "every line is whole");
            cut += !whole && lines.Length < Rows / 2 ? 1 : 0;
        }

        Assert.That(cut, Is.Positive, "some run must have been cut short");
        IEnumerable<string> expected = Enumerable.Range(0, Rows / 2).Select(i => i * 2).Concat(Enumerable.Repeat(6000, Rows / 6000)).Append(Rows % 6000).Select(id => $$"""{"id":{{id}}}""");
        Assert.That(Output(run), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
    }

    [Test]
    public async Task Cancelled_before_the_start_it_does_nothing()
    {
        using var run = new PipelineRun(Script);
        run.Write("items.jsonl", ["""{"id":2,"ts":"2020-01-01T00:00:00Z"}"""]);
        await run.RunAsync(cancellationToken: new CancellationToken(canceled: true));
        Assert.That(Output(run), Is.Empty);
    }

    [Test]
    public void A_failing_run_throws_what_failed_also_when_it_could_be_cancelled()
    {
        using var run = new PipelineRun(Script);
        run.Write("items.jsonl", ["""{"id":2,"ts":"2020-01-01T00:00:00Z"}""", "{"]);
        using var never = new CancellationTokenSource();
        LaminarException error = Assert.ThrowsAsync<LaminarException>(() => run.RunAsync(cancellationToken: never.Token))!;
        Assert.That(error.Message, Does.Contain("items.jsonl").And.Contain("2"));
        Assert.That(Output(run), Is.Empty);
    }

    private static string[] Output(PipelineRun run)
    {
        string folder = Path.Combine(run.Folder, "evens");
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder).Where(f => !Path.GetFileName(f).StartsWith('.')).SelectMany(File.ReadLines).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Cancels when the given number of epochs has been committed.</summary>
    /// <summary>Cancels at a commit, or some time after the first line.</summary>
    private sealed class CancelOnCommit(int commits, TimeSpan afterStart) : ILoggerFactory, ILogger
    {
        private readonly CancellationTokenSource _source = new();
        private int _commits;
        private int _lines;

        public CancellationToken Token => _source.Token;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Interlocked.Increment(ref _lines) == 1)
            {
                _source.CancelAfter(afterStart);
            }

            if (formatter(state, exception).Contains(" is committed after ", StringComparison.Ordinal) && Interlocked.Increment(ref _commits) == commits)
            {
                _source.CancelAsync();
            }
        }

        public void Dispose() => _source.Dispose();
    }
}
