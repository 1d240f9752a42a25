using System.Buffers;
using System.Reflection;
using Apache.Arrow;
using Laminar.Execution;
using Laminar.Interpreter;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Testing;

/// <summary>A query compiled from its text at run time and run without generated code.</summary>
internal sealed class BatchRun<TSource>
    where TSource : ISourceRow<TSource>
{
    private readonly Dictionary<string, QueryPlan> _plans = new(StringComparer.Ordinal);
    private readonly QueryPlan _plan;
    private readonly string _name;

    /// <param name="info">The query.</param>
    /// <param name="upstream">What it reads, from the bottom up.</param>
    /// <param name="assembly">Its assembly, for functions in C#.</param>
    /// <exception cref="StreamTestException">It doesn't compile.</exception>
    public BatchRun(QueryInfo info, IReadOnlyList<QueryInfo> upstream, Assembly assembly)
    {
        _name = info.Name;
        var catalog = new DictionaryCatalog(SourceRelation.Of<TSource>()) { Functions = FunctionLibrary.Of(assembly) };
        foreach (QueryInfo query in upstream.Append(info))
        {
            CompiledQuery compiled = SqlCompiler.CompileQuery(query.Sql, query.Name, catalog);
            QueryPlan plan = compiled.Plan ?? throw new StreamTestException(
                $"{query.Name} doesn't compile by itself; give AssertMatchesBatch the Info of every query that it reads. " + string.Join(" ", compiled.Diagnostics.Where(d => d.IsError).Select(d => d.Message)));
            _plans[SqlName.Fold(query.Name)] = plan;
            catalog.Add(QuerySignature.ToRelation(plan, query.Name, query.Name + ".Row", query.Name, [.. compiled.Reads.SelectMany(r => r.BaseSources).Distinct()]));
        }

        _plan = _plans[SqlName.Fold(info.Name)];
    }

    /// <summary>Rows that fail are left out.</summary>
    public bool SkipsErrors { get; init; }

    /// <summary>What CURRENT_TIMESTAMP reads; null for the system's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Whether what is left doesn't depend on the cut: updates come with the rows as they were.</summary>
    public bool IsComparable => !Nodes(_plan.Root).OfType<WindowAggregateNode>().Any(n => n.Emit is EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock);

    /// <summary>All that comes out.</summary>
    /// <param name="events">What goes in.</param>
    /// <param name="size">Rows of a batch at most.</param>
    /// <param name="restart">The row before which it is saved and restored, or -1.</param>
    public IReadOnlyList<RecordBatch> Run(IReadOnlyList<TestEvent<TSource>> events, int size, int restart = -1)
    {
        var batches = new List<RecordBatch>();
        InterpretedQuery query = Create();
        foreach (TestStep<TSource> step in TestStep<TSource>.Cut(events, size, restart))
        {
            if (step.Restarts)
            {
                batches.AddRange(query.Drain());
                var saved = new ArrayBufferWriter<byte>();
                query.Snapshot(saved);
                query = Create();
                query.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory));
            }

            if (step.Watermark is { } watermark)
            {
                query.AdvanceWatermark(TSource.EventTimeUnit == EventTimeUnit.Milliseconds ? RowTime.ToMilliseconds(watermark) : RowTime.ToTicks(watermark));
            }

            if (step.Clock is { } clock)
            {
                query.AdvanceProcessingTime(clock);
            }

            if (step.Rows.Length > 0)
            {
                var builder = new ArrowBatchBuilder<TSource>();
                foreach (TSource row in step.Rows)
                {
                    builder.Add(in row);
                }

                using RecordBatch batch = builder.Build();
                query.Push(batch);
            }
        }

        query.Complete();
        batches.AddRange(query.Drain());
        return batches;
    }

    private InterpretedQuery Create()
    {
        InterpretedQuery query = InterpretedQuery.Create(_plan, name => _plans.GetValueOrDefault(SqlName.Fold(name)), _name);
        query.OnError = SkipsErrors ? _ => true : null;
        query.Clock = Clock ?? TimeProvider.System;
        return query;
    }

    private static IEnumerable<PlanNode> Nodes(PlanNode node) => node switch
    {
        FilterNode filter => Nodes(filter.Input).Prepend(node),
        ProjectNode project => Nodes(project.Input).Prepend(node),
        WindowAssignNode assign => Nodes(assign.Input).Prepend(node),
        WindowAggregateNode aggregate => Nodes(aggregate.Input).Prepend(node),
        _ => [node],
    };
}
