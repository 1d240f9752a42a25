using System.Buffers;
using System.Text;
using Apache.Arrow;
using Laminar.Interpreter.Operators;
using Laminar.Interpreter.State;
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

    private readonly IReadOnlyList<SourceStage> _sources;
    private readonly List<ChunkStage> _stages;
    private readonly List<RunState> _runs;
    private readonly TableSet _tables;
    private readonly OutputStage _output;
    private readonly string _fingerprint;
    private readonly IReadOnlyList<SourceStage> _constants;
    private StreamRowException? _failed;
    private bool _hasBegun;

    private InterpretedQuery(StageChain chain, OutputStage output)
    {
        _sources = [.. chain.Sources.Where(s => !s.IsConstant)];
        _constants = [.. chain.Sources.Where(s => s.IsConstant)];
        _stages = chain.Stages;
        _runs = chain.Runs;
        _output = output;
        _fingerprint = chain.Fingerprint;
        _tables = chain.Tables;
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
        _sources.Sum(s => s.RowsIn), _runs[^1].RowsOut, _runs.Sum(r => r.LateRows), _runs.Sum(r => r.ErrorRows), _stages.Sum(s => s.StateBytes));

    /// <param name="plan">The query.</param>
    /// <param name="upstream">The plan of a query that this one reads, by the name that stands in FROM, be it the query's or that of its late rows; null when there is none.</param>
    /// <param name="name">The query's name, for messages.</param>
    /// <exception cref="LaminarException">A plan that can't be interpreted.</exception>
    public static InterpretedQuery Create(QueryPlan plan, Func<string, QueryPlan?>? upstream = null, string name = "query")
    {
        StageChain chain = StageChain.Of(plan, upstream, name);
        var output = new OutputStage(plan, chain.Runs[^1]);
        chain.Stages[^1].Next = output;
        chain.Stages.Add(output);
        return new InterpretedQuery(chain, output);
    }

    /// <summary>The sources at the bottom, each once.</summary>
    public IReadOnlyList<string> Sources => [.. _sources.Select(s => s.Name).Distinct()];

    /// <summary>Rows of the one base source, columns by name.</summary>
    /// <exception cref="StreamRowException">A row failed and wasn't skipped. What came before it is to be had from <see cref="Drain"/>.</exception>
    /// <exception cref="LaminarException">The batch doesn't fit the source, there are several, or the query is complete or faulted.</exception>
    public void Push(RecordBatch batch) => Push(Only(), batch);

    /// <summary>Rows of one of several base sources, columns by name.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="batch">The rows.</param>
    /// <exception cref="StreamRowException">A row failed and wasn't skipped. What came before it is to be had from <see cref="Drain"/>.</exception>
    /// <exception cref="LaminarException">The batch doesn't fit the source, the query doesn't read it, or it is complete or faulted.</exception>
    public void Push(string source, RecordBatch batch) => Run(() =>
    {
        SourceStage[] stages = Named(source);
        if (stages.Length == 1)
        {
            stages[0].Push(batch);
            return;
        }

        // Each row goes through all that read the source before the next: what comes out mustn't depend on how rows are cut into batches.
        for (int row = 0; row < batch.Length; row++)
        {
            // The slice shares the batch's memory: it isn't disposed.
            RecordBatch one = batch.Slice(row, 1);
            System.Array.ForEach(stages, s => s.Push(one));
        }
    });

    /// <summary>These rows of a reference table in place of all before, columns by name. Rows that are pushed from now on meet them.</summary>
    /// <exception cref="LaminarException">The batch doesn't fit the table, or the query joins none that is called so.</exception>
    public void Load(string table, RecordBatch batch) => Table(table).Replace(batch);

    /// <summary>These rows of a reference table in place of those with their keys.</summary>
    /// <exception cref="LaminarException">The batch doesn't fit the table, or the query joins none that is called so.</exception>
    public void Upsert(string table, RecordBatch batch) => Table(table).Upsert(batch);

    /// <summary>Takes out the rows of a reference table with the keys of these, whose other columns don't matter.</summary>
    /// <exception cref="LaminarException">The batch doesn't fit the table, or the query joins none that is called so.</exception>
    public void Delete(string table, RecordBatch batch) => Table(table).Delete(batch);

    /// <summary>Explicit progress of every source, in their unit of event time; never moves back.</summary>
    public void AdvanceWatermark(long watermark) => Run(() =>
    {
        foreach (SourceStage source in _sources)
        {
            source.Advance(watermark);
        }
    });

    /// <summary>Explicit progress of one source, in its unit of event time; never moves back.</summary>
    public void AdvanceWatermark(string source, long watermark) => Run(() => System.Array.ForEach(Named(source), s => s.Advance(watermark)));

    /// <summary>Says what the wall clock says; see <see cref="PipelineQuery{TRow}.AdvanceProcessingTime"/>.</summary>
    public void AdvanceProcessingTime(DateTime now) => Run(() =>
    {
        // Every stage behind the one that it reads.
        foreach (ChunkStage stage in _stages)
        {
            stage.AdvanceClock(Execution.RowTime.ToTicks(now));
        }
    });

    /// <summary>End of input: every window closes.</summary>
    public void Complete() => Run(() =>
    {
        foreach (SourceStage source in _sources)
        {
            source.Complete();
        }
    });

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
            to.Write(_hasBegun);
            _runs.ForEach(run => run.Save(to));
            _stages.ForEach(stage => stage.Save(to));
            _tables.Save(to);
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

            _hasBegun = from.ReadBoolean();
            _runs.ForEach(run => run.Load(from));
            _stages.ForEach(stage => stage.Load(from));
            _tables.Load(from);
        }
        catch (EndOfStreamException error)
        {
            throw new SnapshotException("The snapshot is cut short.", error);
        }
    }

    private string Only() => Sources is [string only] ? only : throw new LaminarException($"Query {_runs[^1].Query} reads {string.Join(" and ", Sources)}: say whose rows these are.");

    private TableRows Table(string name) => _tables.Find(name) ?? throw new LaminarException($"Query {_runs[^1].Query} joins no reference table {name}.");

    private SourceStage[] Named(string source) =>
        _sources.Where(s => SqlName.Same(s.Name, source)).ToArray() is { Length: > 0 } found ? found : throw new LaminarException($"Query {_runs[^1].Query} doesn't read {source}.");

    private void Run(Action action)
    {
        if (_failed is not null)
        {
            throw new LaminarException($"Query {_failed.Query} has failed and takes no more rows: {_failed.Message}", _failed);
        }

        if (!_hasBegun)
        {
            // What is made of constants comes once, before anything else.
            _hasBegun = true;
            foreach (SourceStage constants in _constants)
            {
                constants.PushConstants();
            }
        }

        action();
        if (_runs[0].Fault is { } fault)
        {
            _failed = fault;
            throw fault;
        }
    }
}
