using Laminar.Interpreter.Operators;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>A query that runs in a database: its own stages, fed through its entries by the sources and queries that it reads.</summary>
internal sealed class QueryFlow
{
    private readonly StageChain _chain;
    private readonly List<EntryStage> _entries = [];
    private readonly bool _isLate;
    private bool _hasBegun;

    /// <param name="name">Its SQL name.</param>
    /// <param name="plan">The query.</param>
    /// <param name="view">How its rows are kept; null: they aren't.</param>
    /// <param name="late">It is the late rows of the query that it is about.</param>
    /// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
    /// <exception cref="LaminarException">A plan that can't be interpreted.</exception>
    public QueryFlow(string name, QueryPlan plan, CompiledView? view, bool late, TimeProvider clock)
    {
        Name = name;
        Plan = plan;
        _isLate = late;
        _chain = StageChain.Over(plan, name, Entry, late);
        _chain.Runs.ForEach(r => r.Clock = clock);
        Shape = late ? RowShape.Of(plan.Input) : RowShape.Of(name, plan);
        IsUpdating = !late && plan.IsUpdating;
        Columns = late ? [.. plan.Input.Columns.Select(c => new PlanColumn(c.Name, c.Type, c.Nullable))] : plan.Columns;
        Output = new FanOutStage();
        _chain.Stages[^1].Next = Output;
        _chain.Stages.Add(Output);

        // What is made of constants alone is kept, for those that come to read it.
        if (view is not null || (_entries.Count == 0 && !late))
        {
            View = ViewContent.Of(name, plan, view);
            var stage = new ViewStage(View, Shape);
            _chain.Stages.Add(stage);
            Output.Add(stage);
        }
    }

    public string Name { get; }

    /// <summary>Its state's name where it is saved.</summary>
    public required string Key { get; init; }

    public QueryPlan Plan { get; }

    /// <summary>Its text.</summary>
    public string Sql { get; init; } = string.Empty;

    public RowShape Shape { get; }

    public bool IsUpdating { get; }

    /// <summary>Of its rows.</summary>
    public IReadOnlyList<PlanColumn> Columns { get; }

    public FanOutStage Output { get; }

    /// <summary>What it keeps; null of a stream.</summary>
    public ViewContent? View { get; }

    /// <summary>Where it takes rows, in the order in which they stand in the query.</summary>
    public IReadOnlyList<EntryStage> Entries => _entries;

    /// <summary>Why it takes no rows any more; null while it runs.</summary>
    public LaminarException? Failure { get; private set; }

    /// <summary>Called once, when it fails.</summary>
    public Action<QueryFlow>? Failed { get; set; }

    /// <summary>Late rows and errors are counted where the results are made; where late rows are read they are what comes out.</summary>
    public QueryStatistics Statistics => new(
        _chain.Runs.Sum(r => r.RowsIn),
        Output.RowsOut,
        _isLate ? 0 : _chain.Runs.Sum(r => r.LateRows),
        _isLate ? 0 : _chain.Runs.Sum(r => r.ErrorRows),
        _chain.Stages.Sum(s => s.StateBytes));

    /// <summary>Asked about rows that can't be computed with; see <see cref="InterpretedQuery.OnError"/>.</summary>
    public Func<StreamRowException, bool>? OnError
    {
        set => _chain.Runs.ForEach(run => run.OnError = value);
    }

    /// <summary>What is made of constants comes once, behind what the query begins with.</summary>
    public void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            foreach (SourceStage constants in _chain.Sources)
            {
                constants.PushConstants();
            }

            Notice();
            EndIfAllHave();
        }
    }

    public void CountIn(int rows) => _chain.Runs[0].RowsIn += rows;

    /// <summary>The end of what is read is the end of what comes out, also where the stages between know no time.</summary>
    public void EndIfAllHave()
    {
        if (Failure is null && _entries.All(e => e.IsEnded) && Output.Watermark != long.MaxValue)
        {
            Output.Advance(long.MaxValue);
        }
    }

    public void AdvanceClock(long now)
    {
        if (Failure is null)
        {
            foreach (ChunkStage stage in _chain.Stages)
            {
                stage.AdvanceClock(now);
            }

            Notice();
        }
    }

    /// <summary>Looks whether a row has ended it.</summary>
    public void Notice()
    {
        if (Failure is null && _chain.Runs[0].Fault is { } fault)
        {
            Fail(fault);
        }
    }

    public void Fail(LaminarException error)
    {
        if (Failure is null)
        {
            Failure = error;
            Failed?.Invoke(this);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_chain.Fingerprint);
        writer.Write(_hasBegun);
        writer.Write(Failure?.Message ?? string.Empty);
        _chain.Runs.ForEach(run => run.Save(writer));
        _chain.Stages.ForEach(stage => stage.Save(writer));
    }

    /// <exception cref="SnapshotException">The state's layout was another.</exception>
    public void Load(BinaryReader reader)
    {
        if (reader.ReadString() != _chain.Fingerprint)
        {
            throw new SnapshotException($"The saved state of {Name} had another layout.");
        }

        _hasBegun = reader.ReadBoolean();
        string failure = reader.ReadString();
        _chain.Runs.ForEach(run => run.Load(reader));
        _chain.Stages.ForEach(stage => stage.Load(reader));
        if (failure.Length > 0)
        {
            Fail(new LaminarException(failure));
        }
    }

    private EntryStage? Entry(Relation relation)
    {
        if (relation.Kind == RelationKind.OneRow)
        {
            return null;
        }

        var entry = new EntryStage(relation.Name, RowShape.Of(relation), relation.IsUpdating) { Owner = this };
        _entries.Add(entry);
        return entry;
    }
}
