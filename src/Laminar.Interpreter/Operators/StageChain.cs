using Laminar.Interpreter.State;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>The stages of a query and of all that it reads, each before those that take its rows.</summary>
internal sealed class StageChain
{
    private readonly RunFailure _failure;
    private readonly Func<string, QueryPlan?>? _upstream;
    private readonly Func<Relation, ChunkStage?>? _entry;
    private readonly List<string> _fingerprints = [];

    private StageChain(RunFailure failure, Func<string, QueryPlan?>? upstream, Func<Relation, ChunkStage?>? entry)
    {
        _failure = failure;
        _upstream = upstream;
        _entry = entry;
    }

    public List<ChunkStage> Stages { get; } = [];

    /// <summary>The reference tables that any of the queries joins.</summary>
    public TableSet Tables { get; } = new();

    /// <summary>One per query; the last is the query's own.</summary>
    public List<RunState> Runs { get; } = [];

    /// <summary>Where rows come in; a source that several parts of a UNION ALL read is there for each.</summary>
    public List<SourceStage> Sources { get; } = [];

    /// <summary>Of the state's layout.</summary>
    public string Fingerprint => string.Join("/", _fingerprints);

    /// <param name="plan">The query.</param>
    /// <param name="upstream">The plan of a query that it reads.</param>
    /// <param name="name">The query's name.</param>
    /// <exception cref="LaminarException">A plan that can't be interpreted.</exception>
    public static StageChain Of(QueryPlan plan, Func<string, QueryPlan?>? upstream, string name)
    {
        var chain = new StageChain(new RunFailure(), upstream, null);
        chain.Add(plan, name);
        return chain;
    }

    /// <summary>The stages of a query alone, whose rows come from others that run.</summary>
    /// <param name="plan">The query.</param>
    /// <param name="name">Its name.</param>
    /// <param name="entry">A stage of its own for each place where a relation is read, of all its columns; null for the one row that constants are made of.</param>
    /// <param name="late">Its late rows are put out, not its results.</param>
    public static StageChain Over(QueryPlan plan, string name, Func<Relation, ChunkStage?> entry, bool late = false)
    {
        var chain = new StageChain(new RunFailure(), null, entry);
        chain.Add(plan, name, late);
        return chain;
    }

    /// <param name="plan">The query.</param>
    /// <param name="name">Its name.</param>
    /// <param name="late">Its late rows are read, not its results.</param>
    /// <param name="errors">Of a query inside another: what that says about errors.</param>
    /// <returns>The stage that hands on the rows.</returns>
    private ChunkStage Add(QueryPlan plan, string name, bool late = false, OwnErrors? errors = null)
    {
        errors ??= plan.Errors;
        ScanNode scan = plan.Scan;
        ChunkStage? last = null;
        if (scan.Join is not null)
        {
            var meeting = new RunState(name, _failure) { Errors = errors };
            Runs.Add(meeting);
            ChunkStage join = scan.Join.NeedsAnswersThatChange ? new AsofChangesStage(scan, meeting) : scan.Join.IsUpdating ? new UpdatingJoinStage(scan, meeting) : new JoinStage(scan, meeting);
            for (int i = 0; i < scan.Inner.Count; i++)
            {
                Add(scan.Inner[i].Plan, name).Next = ((IMeeting)join).Ports[i];
            }

            Stages.Add(join);
            last = join;
        }
        else if (scan.Inner.Count > 1)
        {
            var union = new UnionStage(scan.Inner.Count);
            for (int i = 0; i < scan.Inner.Count; i++)
            {
                Add(scan.Inner[i].Plan, name, errors: errors).Next = union.Ports[i];
            }

            Stages.Add(union);
            last = union;
        }
        else if (scan.Inner is [InnerQuery inner])
        {
            last = Add(inner.Plan, name, errors: errors);
        }
        else if (_entry?.Invoke(plan.Input) is { } entry)
        {
            Stages.Add(entry);
            last = entry;
        }
        else if (plan.Input.Kind == RelationKind.Query)
        {
            QueryPlan below = _upstream?.Invoke(plan.Input.Name) ?? throw new LaminarException($"Query {name} reads {plan.Input.Name}, which isn't known.");
            last = Add(below, plan.Input.Name, below.LateTo is { } to && SqlName.Same(to, plan.Input.Name));
        }

        var run = new RunState(name, _failure) { Errors = errors, Tables = Tables, ReadsSource = scan.Inner.Count == 0 && plan.Input.Kind != RelationKind.Query };
        Runs.Add(run);
        _fingerprints.Add(StateFingerprint.Of(plan));
        if (last is null)
        {
            var source = new SourceStage(plan.Input, late ? new SortedSet<int>(Enumerable.Range(0, plan.Input.Columns.Count)) : UsedColumns.Of(plan), run);
            Sources.Add(source);
            Stages.Add(source);
            last = source;
        }

        LateEnd? end = late ? new LateEnd(run) : null;
        run.Late = end is null ? null : new LateTap(end);
        ChunkStage?[] stages = [run.Late, .. PlanStages.Build(plan, run), end];
        foreach (ChunkStage stage in stages.OfType<ChunkStage>())
        {
            last.Next = stage;
            Stages.Add(stage);
            last = stage;
        }

        return last;
    }
}
