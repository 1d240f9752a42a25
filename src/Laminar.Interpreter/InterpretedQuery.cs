using System.Buffers;
using System.Text;
using Apache.Arrow;
using Laminar.Interpreter.Operators;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter;

/// <summary>
/// A running query without generated code. Rows go in as Arrow batches of the base source and come out as Arrow batches of the query's columns,
/// for an updating query with a text column <c>kind</c> in front. Results don't depend on how the input was cut into batches. Not thread-safe.
/// </summary>
public sealed class InterpretedQuery
{
    private const uint Magic = 0x4C414D49;

    private readonly SourceStage _source;
    private readonly List<ChunkStage> _stages;
    private readonly List<RunState> _runs;
    private readonly OutputStage _output;
    private readonly string _fingerprint;
    private StreamRowException? _failed;

    private InterpretedQuery(SourceStage source, List<ChunkStage> stages, List<RunState> runs, OutputStage output, string fingerprint)
    {
        _source = source;
        _stages = stages;
        _runs = runs;
        _output = output;
        _fingerprint = fingerprint;
    }

    /// <summary>
    /// Asked when a row fails: true to count and skip it, false to throw <see cref="StreamRowException"/> out of the call and fault the query.
    /// Null (the default) means false.
    /// </summary>
    public Func<StreamRowException, bool>? OnError
    {
        get => _runs[0].OnError;
        set => _runs.ForEach(run => run.OnError = value);
    }

    /// <summary>What CURRENT_TIMESTAMP and its kind read; the system's clock at first.</summary>
    public TimeProvider Clock
    {
        get => _runs[0].Clock;
        set => _runs.ForEach(run => run.Clock = value);
    }

    /// <summary>The columns of the output batches.</summary>
    public Schema OutputSchema => _output.Schema;

    /// <summary>What was counted over the whole chain of queries, by those included whose snapshot this one goes on from.</summary>
    public QueryStatistics Statistics => new(
        _runs[0].RowsIn, _runs[^1].RowsOut, _runs.Sum(r => r.LateRows), _runs.Sum(r => r.ErrorRows), _stages.Sum(s => s.StateBytes));

    /// <param name="plan">The query.</param>
    /// <param name="upstream">The plan of a query that this one reads, by the name that stands in FROM, be it the query's or that of its late rows; null when there is none.</param>
    /// <param name="name">The query's name, for messages.</param>
    /// <exception cref="LaminarException">A plan that can't be interpreted.</exception>
    public static InterpretedQuery Create(QueryPlan plan, Func<string, QueryPlan?>? upstream = null, string name = "query")
    {
        var plans = new Stack<(QueryPlan Plan, string Name)>();
        plans.Push((plan, name));
        while (plans.Peek().Plan.Input is { Kind: RelationKind.Query } read)
        {
            QueryPlan below = upstream?.Invoke(read.Name) ?? throw new LaminarException($"Query {plans.Peek().Name} reads {read.Name}, which isn't known.");
            plans.Push((below, read.Name));
        }

        QueryPlan[] chain = [.. plans.Select(p => p.Plan)];
        string fingerprint = string.Join("/", plans.Select(p => StateFingerprint.Of(p.Plan)));
        var failure = new RunFailure();
        var runs = new List<RunState>();
        var stages = new List<ChunkStage>();
        SourceStage? source = null;
        for (int i = 0; i < chain.Length; i++)
        {
            QueryPlan each = chain[i];
            var run = new RunState(i + 1 < chain.Length ? chain[i + 1].Input.Name : name, failure);
            runs.Add(run);
            LateEnd? end = IsLate(i) ? new LateEnd(run) : null;
            if (source is null)
            {
                source = new SourceStage(each.Input, end is null ? UsedColumns.Of(each) : new SortedSet<int>(Enumerable.Range(0, each.Input.Columns.Count)), run);
                stages.Add(source);
            }

            if (end is not null)
            {
                run.Late = new LateTap(end);
                stages.Add(run.Late);
            }

            stages.AddRange(PlanStages.Build(each, run));
            if (end is not null)
            {
                stages.Add(end);
            }
        }

        // What is read by the name behind LATE DATA TO isn't the query's result.
        bool IsLate(int i) => i + 1 < chain.Length && chain[i].LateTo is { } late && SqlName.Same(late, chain[i + 1].Input.Name);

        var output = new OutputStage(plan, runs[^1]);
        stages.Add(output);
        for (int i = 1; i < stages.Count; i++)
        {
            stages[i - 1].Next = stages[i];
        }

        return new InterpretedQuery(source!, stages, runs, output, fingerprint);
    }

    /// <summary>Rows of the base source, columns by name.</summary>
    /// <exception cref="StreamRowException">A row failed and wasn't skipped. What came before it is to be had from <see cref="Drain"/>.</exception>
    /// <exception cref="LaminarException">The batch doesn't fit the source, or the query is complete or faulted.</exception>
    public void Push(RecordBatch batch) => Run(() => _source.Push(batch));

    /// <summary>Explicit progress, in the source's unit of event time; never moves back.</summary>
    public void AdvanceWatermark(long watermark) => Run(() => _source.Advance(watermark));

    /// <summary>End of input: every window closes.</summary>
    public void Complete() => Run(_source.Complete);

    /// <summary>The output since the last call, in order.</summary>
    public IReadOnlyList<RecordBatch> Drain() => _output.Drain();

    /// <summary>Writes the whole state. Drain the output first: it isn't part of it.</summary>
    public void Snapshot(IBufferWriter<byte> writer)
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            to.Write(Magic);
            to.Write(_fingerprint);
            _runs.ForEach(run => run.Save(to));
            _stages.ForEach(stage => stage.Save(to));
        }

        writer.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Loads what <see cref="Snapshot"/> wrote, into a fresh query of the same plan.</summary>
    /// <exception cref="SnapshotException">Cut short, or of another query.</exception>
    public void Restore(ReadOnlySequence<byte> snapshot)
    {
        using var from = new BinaryReader(new MemoryStream(snapshot.ToArray()), Encoding.UTF8);
        try
        {
            if (from.ReadUInt32() != Magic || from.ReadString() != _fingerprint)
            {
                throw new SnapshotException($"The snapshot isn't of query {_runs[^1].Query}, or its state had another layout.");
            }

            _runs.ForEach(run => run.Load(from));
            _stages.ForEach(stage => stage.Load(from));
        }
        catch (EndOfStreamException error)
        {
            throw new SnapshotException("The snapshot is cut short.", error);
        }
    }

    private void Run(Action action)
    {
        if (_failed is not null)
        {
            throw new LaminarException($"Query {_failed.Query} has failed and takes no more rows: {_failed.Message}", _failed);
        }

        action();
        if (_runs[0].Fault is { } fault)
        {
            _failed = fault;
            throw fault;
        }
    }
}
