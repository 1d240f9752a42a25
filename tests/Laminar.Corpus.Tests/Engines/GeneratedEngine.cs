using System.Buffers;
using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;
using Laminar.Testing;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>
/// Runs generated code through its public surface: single rows, arrays or Arrow batches, by how the input is cut.
/// </summary>
/// <param name="queryClass">The class with <c>Create</c> and <c>Restore</c>.</param>
/// <param name="sources">The row types of the sources it reads.</param>
internal sealed class GeneratedEngine<TRow>(Type queryClass, Type[] sources) : IEngine
    where TRow : IStreamRow<TRow>
{
    public RunResult Run(StreamData data, RunShape shape)
    {
        var output = new List<object?[]>();
        Running query = Start("Create", (Action<TRow>)(row => output.Add(Values(row))));
        string? failure = null;
        HashSet<string> loaded = [];
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
                else if (step.Rows is { } tableRows && step.Source!.Kind == RelationKind.Table)
                {
                    query.TableOf(step.Source).Take(step.Source, tableRows, step.IsDelete, loaded.Add(step.Source.Name));
                }
                else if (step.Rows is { } rows)
                {
                    query.InputOf(step.Source!).Push(step.Source!, rows, shape.BatchRows);
                }
                else if (step.IsClock)
                {
                    query.Query.AdvanceProcessingTime(new DateTime(step.Watermark, DateTimeKind.Utc));
                }
                else
                {
                    foreach (GeneratedInput input in query.Inputs.Where(i => step.Source is null || i == query.InputOf(step.Source)))
                    {
                        input.Advance(step.Watermark);
                    }
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

    private static object?[] Values(TRow row)
    {
        IEnumerable<object?> values = ValueRowWriter.ValuesOf(row).Select(EdgeValues.FromEdge);
        return row is IChangelogRow change ? [RowKinds.NameOf(change.Kind), .. values] : [.. values];
    }

    private Running Start(string method, params object[] arguments)
    {
        object query = queryClass.GetMethod(method, [.. arguments.Select(a => a.GetType())])!.Invoke(null, arguments)!;
        query.GetType().GetProperty("Clock")!.SetValue(query, FixedClock.Instance);
        return new Running(query, [.. sources.Select(s => (GeneratedInput)Activator.CreateInstance(typeof(GeneratedInput<>).MakeGenericType(s), query, sources.Length == 1)!)]);
    }

    /// <summary>A query with its typed entry points bound.</summary>
    private sealed class Running(object query, IReadOnlyList<GeneratedInput> inputs)
    {
        public PipelineQuery<TRow> Query { get; } = (PipelineQuery<TRow>)query;

        public IReadOnlyList<GeneratedInput> Inputs => inputs;

        public GeneratedTable TableOf(Relation table) => GeneratedTable.Of(query).Single(t => SqlName.Same(t.Name, table.Name));

        public GeneratedInput InputOf(Relation source) => inputs.Single(i => SqlName.Same(i.Name, source.Name));

        public void Skip(bool skip)
        {
            if (skip)
            {
                query.GetType().GetProperty("OnError")!.SetValue(query, (Func<StreamRowException, bool>)(_ => true));
            }
        }
    }
}
