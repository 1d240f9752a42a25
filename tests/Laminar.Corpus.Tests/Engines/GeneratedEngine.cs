using System.Buffers;
using Apache.Arrow;
using Laminar.Corpus.Tests.Data;
using Laminar.Testing;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>
/// Runs generated code through its public surface: single rows, arrays or Arrow batches, by how the input is cut.
/// </summary>
/// <param name="queryClass">The class with <c>Create</c> and <c>Restore</c>.</param>
internal sealed class GeneratedEngine<TSource, TRow>(Type queryClass) : IEngine
    where TSource : ISourceRow<TSource>
    where TRow : IStreamRow<TRow>
{
    private delegate void PushRow(in TSource row);

    public RunResult Run(StreamData data, RunShape shape)
    {
        var output = new List<object?[]>();
        Running query = Start("Create", (Action<TRow>)(row => output.Add(Values(row))));
        string? failure = null;
        try
        {
            query.Skip(shape.SkipErrors);
            foreach (Step step in shape.Steps(data))
            {
                if (step.Restart)
                {
                    var saved = new ArrayBufferWriter<byte>();
                    query.Query.Snapshot(saved);
                    query.Query.Dispose();
                    query = Start("Restore", new ReadOnlySequence<byte>(saved.WrittenMemory), (Action<TRow>)(row => output.Add(Values(row))));
                    query.Skip(shape.SkipErrors);
                }
                else if (step.Rows is { } rows)
                {
                    Push(query, data, rows, shape.BatchRows);
                }
                else
                {
                    query.Advance(step.Watermark);
                }
            }

            query.Query.Complete();
        }
        catch (StreamRowException error)
        {
            failure = error.Message;
        }

        // Counters are part of a snapshot, so the last query has them all.
        QueryStatistics statistics = query.Query.Statistics;
        query.Query.Dispose();
        return new RunResult(output, statistics.LateRows, statistics.ErrorRows, failure);
    }

    private static void Push(Running query, StreamData data, IReadOnlyList<object?[]> rows, int batchRows)
    {
        if (batchRows == int.MaxValue)
        {
            using RecordBatch batch = ArrowRows.ToBatch(data.Relation.Columns, rows);
            query.PushBatch(batch);
            return;
        }

        TSource[] typed = [.. rows.Select(r => ValueRowReader.Read<TSource>([.. r.Select((v, i) => EdgeValues.ToEdge(v, data.Relation.Columns[i].Type))]))];
        if (batchRows == 1)
        {
            foreach (TSource row in typed)
            {
                query.PushOne(in row);
            }
        }
        else
        {
            query.PushMany(typed);
        }
    }

    private static object?[] Values(TRow row)
    {
        IEnumerable<object?> values = ValueRowWriter.ValuesOf(row).Select(EdgeValues.FromEdge);
        return row is IChangelogRow change ? [RowKinds.NameOf(change.Kind), .. values] : [.. values];
    }

    private Running Start(string method, params object[] arguments)
    {
        object query = queryClass.GetMethod(method, [.. arguments.Select(a => a.GetType())])!.Invoke(null, arguments)!;
        query.GetType().GetProperty("Clock")!.SetValue(query, FixedClock.Instance);
        return new Running(query);
    }

    /// <summary>A query with its typed entry points bound.</summary>
    private sealed class Running(object query)
    {
        public IStreamQuery<TRow> Query { get; } = (IStreamQuery<TRow>)query;

        public PushRow PushOne { get; } = query.GetType().GetMethod("Push", [typeof(TSource).MakeByRefType()])!.CreateDelegate<PushRow>(query);

        public Action<TSource[]> PushMany { get; } = query.GetType().GetMethod("Push", [typeof(TSource[])])!.CreateDelegate<Action<TSource[]>>(query);

        public Action<RecordBatch> PushBatch { get; } = query.GetType().GetMethod("Push", [typeof(RecordBatch)])!.CreateDelegate<Action<RecordBatch>>(query);

        public void Skip(bool skip)
        {
            if (skip)
            {
                query.GetType().GetProperty("OnError")!.SetValue(query, (Func<StreamRowException, bool>)(_ => true));
            }
        }

        public void Advance(long watermark)
        {
            if (TSource.EventTimeUnit == EventTimeUnit.Milliseconds && query.GetType().GetMethod("AdvanceWatermark", [typeof(long)]) is { } raw)
            {
                raw.CreateDelegate<Action<long>>(query)(watermark);
            }
            else if (TSource.EventTimeUnit == EventTimeUnit.Milliseconds)
            {
                Query.AdvanceWatermark(DateTime.UnixEpoch.AddMilliseconds(watermark));
            }
            else
            {
                Query.AdvanceWatermark(new DateTime(watermark, DateTimeKind.Utc));
            }
        }
    }
}
