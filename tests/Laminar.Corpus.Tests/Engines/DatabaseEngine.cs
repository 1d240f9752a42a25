using Apache.Arrow;
using Laminar.Corpus.Tests.Corpus;
using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Runs the queries of a case as streams of a <see cref="LaminarDatabase"/>, each by itself, and reads the last one.</summary>
internal sealed class DatabaseEngine(CorpusCase test, CompiledChain chain) : IEngine
{
    public RunResult Run(StreamData data, RunShape shape) => RunAsync(data, shape).GetAwaiter().GetResult();

    private async Task<RunResult> RunAsync(StreamData data, RunShape shape)
    {
        var options = new LaminarDatabaseOptions { TimeProvider = FixedClock.Instance };
        options.Functions.Add(typeof(CorpusFunctions).Assembly);
        await using LaminarDatabase db = LaminarDatabase.Open(options);
        string sources = shape.SkipErrors ? test.Sources.Replace(");", ") WITH (on_error = 'skip');", StringComparison.Ordinal) : test.Sources;
        string last = test.Queries[^1].Name;

        // What is made of constants comes before anybody can read it; a view keeps it.
        string Kind(string name) => chain.HasConstants && name == last ? "MATERIALIZED VIEW" : "STREAM";
        string? failure = null;
        void Guarded(Action action)
        {
            try
            {
                action();
            }
            catch (LaminarException error)
            {
                failure ??= error.Message;
            }
        }

        IAsyncEnumerable<RecordBatch> output = AsyncEnumerable.Empty<RecordBatch>();
        Guarded(() =>
        {
            db.ExecuteAsync(sources + string.Concat(test.Queries.Select(q => $";\nCREATE {Kind(q.Name)} \"{q.Name}\" AS\n{q.Sql}"))).GetAwaiter().GetResult();
            output = db.Subscribe(last);
        });
        foreach (Step step in shape.Steps(data).Where(s => !s.Restart))
        {
            string[] named = [.. data.Relations.Where(r => step.Source is null || r.Name == step.Source.Name).Select(r => r.Name)];
            if (failure is not null)
            {
                break;
            }

            if (step.Rows is { } rows)
            {
                using RecordBatch batch = ArrowRows.ToBatch(step.Source!.Columns, rows);
                Guarded(() => db.Source(step.Source.Name).Push(batch));
            }
            else if (step.IsClock)
            {
                Guarded(() => db.AdvanceProcessingTime(new DateTime(step.Watermark, DateTimeKind.Utc)));
            }
            else
            {
                System.Array.ForEach(named, name => Guarded(() => db.Source(name).AdvanceWatermark(Instant(data, name, step.Watermark))));
            }
        }

        foreach (string name in data.Relations.Select(r => r.Name))
        {
            Guarded(() => db.Source(name).Complete());
        }

        RecordBatch counted = await db.QueryAsync("SHOW QUERIES");
        long Sum(string column) => ((Int64Array)counted.Column(column)).Sum(v => v ?? 0);
        var batches = new List<RecordBatch>();
        try
        {
            await foreach (RecordBatch batch in output)
            {
                batches.Add(batch);
            }
        }
        catch (LaminarException error)
        {
            failure ??= error.Message;
        }

        return new RunResult([.. ArrowRows.FromBatches(batches, chain.Types)], Sum("late_rows"), Sum("error_rows"), failure);
    }

    private static DateTime Instant(StreamData data, string source, long watermark)
    {
        bool isMilliseconds = data.Relations.First(r => r.Name == source).Columns.Any(c => c.EventTimeLag is not null && c.Type.Kind == SqlTypeKind.BigInt);
        return isMilliseconds ? DateTime.UnixEpoch.AddMilliseconds(watermark) : new DateTime(watermark, DateTimeKind.Utc);
    }
}
