using System.Buffers;
using Apache.Arrow;
using Laminar.Corpus.Tests.Data;
using Laminar.Interpreter;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Runs a query through the interpreter.</summary>
internal sealed class InterpreterEngine(QueryPlan plan, Func<string, QueryPlan?> upstream) : IEngine
{
    private readonly SqlType[] _types = [.. plan.Columns.Select(c => c.Type)];

    public RunResult Run(StreamData data, RunShape shape)
    {
        InterpretedQuery query = Create(shape, null);
        var output = new List<object?[]>();
        string? failure = null;
        HashSet<string> loaded = [];
        try
        {
            foreach (Step step in shape.Steps(data))
            {
                if (step.Restart)
                {
                    Collect(query, output);
                    query = Create(shape, query);
                }
                else if (step.Rows is { } rows)
                {
                    using RecordBatch batch = ArrowRows.ToBatch(step.Source!, rows);
                    Action<string, RecordBatch> take = step.Source!.Kind != RelationKind.Table ? query.Push : step.IsDelete ? query.Delete : loaded.Add(step.Source.Name) ? query.Load : query.Upsert;
                    take(step.Source.Name, batch);
                }
                else if (step.IsClock)
                {
                    query.AdvanceProcessingTime(new DateTime(step.Watermark, DateTimeKind.Utc));
                }
                else if (step.Source is { } source)
                {
                    query.AdvanceWatermark(source.Name, step.Watermark);
                }
                else
                {
                    query.AdvanceWatermark(step.Watermark);
                }
            }

            query.Complete();
        }
        catch (StreamRowException error)
        {
            failure = error.Message;
        }

        Collect(query, output);

        // Counters are part of a snapshot, so the last query has them all.
        return new RunResult(output, query.Statistics.LateRows, query.Statistics.ErrorRows, failure);
    }

    private InterpretedQuery Create(RunShape shape, InterpretedQuery? from)
    {
        InterpretedQuery query = InterpretedQuery.Create(plan, upstream);
        query.Clock = FixedClock.Instance;
        query.OnError = shape.SkipErrors ? _ => true : null;
        if (from is not null)
        {
            var saved = new ArrayBufferWriter<byte>();
            from.Snapshot(saved);
            query.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory));
        }

        return query;
    }

    private void Collect(InterpretedQuery query, List<object?[]> output) => output.AddRange(ArrowRows.FromBatches(query.Drain(), _types));
}
