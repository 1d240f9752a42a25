using System.Reflection;
using Apache.Arrow;
using Laminar.Bench.OperatorGraph;
using Laminar.Interpreter;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Bench.Engines;

/// <summary>A query that all three engines run over the same rows.</summary>
/// <param name="name">Row in the table.</param>
/// <param name="family">Nexmark, fraud or page.</param>
/// <param name="info">The query.</param>
/// <param name="setting">What it reads.</param>
public abstract class EngineCase(string name, string family, QueryInfo info, EngineSetting setting)
{
    private const int SliceRows = 4096;

    private readonly Dictionary<string, QueryPlan> _upstream = [];
    private readonly Dictionary<string, Dictionary<DatumKey, Datum[]>> _tables = [];
    private QueryPlan? _plan;

    public string Name => name;

    public string Family => family;

    public string Sql => info.Sql;

    /// <summary>Rows of all sources together.</summary>
    public int Rows => setting.Feeds.Sum(f => f.Rows);

    /// <summary>Rows that the interpreter reads.</summary>
    public int InterpreterRows => Math.Max(1, Rows / setting.Interpreter);

    /// <summary>Rows that the operator graph reads.</summary>
    public int GraphRows => Math.Max(1, Rows / setting.Graph);

    /// <summary>What the plan keeps: "join", "window", "state" or "rows".</summary>
    public string Kind => Nodes(Plan).ToArray() is var nodes && nodes.OfType<ScanNode>().Any(s => s.Join is not null) ? "join"
        : nodes.OfType<WindowAggregateNode>().Any(a => a.Window.Kind != WindowKind.Whole) ? "window"
        : nodes.Any(n => n is WindowAggregateNode or OverNode) ? "state"
        : "rows";

    private QueryPlan Plan => _plan ??= Compile();

    /// <summary>Runs generated code over the first rows.</summary>
    public abstract Outcome RunGenerated(int rows);

    /// <summary>Runs the interpreter over the first rows.</summary>
    public Outcome RunInterpreter(int rows)
    {
        var tally = new RowTally();
        Interpret(rows, batch =>
        {
            if (!Plan.IsUpdating)
            {
                tally.Rows += batch.Length;
                return;
            }

            var kinds = (StringArray)batch.Column(0);
            for (int i = 0; i < batch.Length; i++)
            {
                tally.Add(RowKinds.Parse(kinds.GetString(i)));
            }
        });
        return new Outcome(tally.Rows, 0);
    }

    /// <summary>Runs the operator graph over the first rows.</summary>
    /// <exception cref="NotSupportedException">It has no operator for something in the query.</exception>
    public Outcome RunGraph(int rows)
    {
        var tally = new RowTally();
        RunGraph(rows, new ResultVertex(tally));
        return new Outcome(tally.Rows, 0);
    }

    /// <summary>Checks that all engines have the same rows left, over the first so many.</summary>
    /// <exception cref="DisagreementException">They haven't.</exception>
    public abstract void Check(int rows);

    protected void RunGraph(int rows, Vertex result)
    {
        var graph = RowGraph.Build(Plan, _upstream, _tables, result);
        Slices(rows, (slice, slices) => System.Array.ForEach(setting.Feeds, f => f.Push(graph, slice, slices)));
        graph.Complete();
    }

    protected void Interpret(int rows, Action<RecordBatch> take)
    {
        InterpretedQuery query = InterpretedQuery.Create(Plan, n => _upstream.GetValueOrDefault(SqlName.Fold(n)), name);
        setting.Table?.Load(query);
        Slices(rows, (slice, slices) =>
        {
            System.Array.ForEach(setting.Feeds, f => f.Push(query, slice, slices));
            query.Drain().ToList().ForEach(take);
        });
        query.Complete();
        query.Drain().ToList().ForEach(take);
    }

    protected void Push(object query, int rows)
    {
        setting.Table?.Load(query);
        Slices(rows, (slice, slices) => System.Array.ForEach(setting.Feeds, f => f.Push(query, slice, slices)));
    }

    private void Slices(int rows, Action<int, int> push)
    {
        int slices = (Rows + SliceRows - 1) / SliceRows;
        int wanted = (int)Math.Min(slices, ((long)rows + SliceRows - 1) / SliceRows);
        for (int slice = 0; slice < wanted; slice++)
        {
            push(slice, slices);
        }
    }

    private QueryPlan Compile()
    {
        var catalog = new DictionaryCatalog([.. setting.Feeds.Select(f => f.Relation), .. setting.Table is null ? (Relation[])[] : [setting.Table.Relation]]) { Functions = FunctionLibrary.Of(GetType().GenericTypeArguments[0].Assembly) };
        if (setting.Table is { } table)
        {
            _tables.Add(SqlName.Fold(table.Relation.Name), table.Rows);
        }

        QueryPlan? plan = null;
        foreach (QueryInfo query in setting.Reads.Append(info))
        {
            CompiledQuery compiled = SqlCompiler.CompileQuery(query.Sql, query.Name, catalog);
            plan = compiled.Plan ?? throw new InvalidOperationException(string.Join("\n", compiled.Diagnostics));
            if (query != info)
            {
                _upstream.Add(SqlName.Fold(query.Name), plan);
                catalog.Add(QuerySignature.ToRelation(plan, query.Name, query.Name + ".Row", query.Name, [.. compiled.Reads.SelectMany(r => r.BaseSources).Distinct()]));
            }
        }

        return plan!;
    }

    private IEnumerable<PlanNode> Nodes(QueryPlan plan) => plan.AllInner().Select(i => i.Plan).Append(plan).SelectMany(p => p.Root.DownToScan()).Concat(_upstream.Values.Where(u => u != plan).SelectMany(u => u.AllInner().Select(i => i.Plan).Append(u)).SelectMany(p => p.Root.DownToScan()));
}

/// <inheritdoc/>
/// <param name="create">The query with a struct sink, which takes and counts its rows.</param>
/// <param name="collect">The query with a callback.</param>
public sealed class EngineCase<TRow>(
    string name, string family, QueryInfo info, Func<RowTally, IStreamQuery<TRow>> create, Func<Action<TRow>, IStreamQuery<TRow>> collect, EngineSetting setting)
    : EngineCase(name, family, info, setting)
    where TRow : IStreamRow<TRow>
{
    public override Outcome RunGenerated(int rows)
    {
        var tally = new RowTally();
        using IStreamQuery<TRow> query = create(tally);
        Push(query, rows);
        query.Complete();
        return new Outcome(tally.Rows, 0);
    }

    public override void Check(int rows)
    {
        var generated = new RowContent(TRow.Schema.Columns);
        using (IStreamQuery<TRow> query = collect(row => generated.Add(DatumWriter.ValuesOf(in row), row is IChangelogRow change ? change.Kind : RowKind.Insert)))
        {
            Push(query, rows);
            query.Complete();
        }

        if (generated.Count == 0)
        {
            throw new DisagreementException($"{Name}: nothing comes out of {rows:N0} rows, so nothing is compared.");
        }

        var interpreted = new RowContent(TRow.Schema.Columns);
        Interpret(rows, batch => Add(interpreted, batch));
        Compare("interpreter", interpreted);
        var graph = new RowContent(TRow.Schema.Columns);
        RunGraph(rows, new ResultVertex(new RowTally(), graph.Add));
        Compare("operator graph", graph);

        void Compare(string engine, RowContent content)
        {
            if (generated.Difference(content) is { } difference)
            {
                throw new DisagreementException($"{Name}: {engine} {difference}.");
            }
        }
    }

    private static void Add(RowContent content, RecordBatch batch)
    {
        var reader = new ArrowRowReader(TRow.Schema, batch);
        StringArray? kinds = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) ? (StringArray)batch.Column(0) : null;
        for (int i = 0; i < batch.Length; i++)
        {
            reader.Row = i;
            TRow row = TRow.Read(ref reader);
            content.Add(DatumWriter.ValuesOf(in row), kinds is null ? RowKind.Insert : RowKinds.Parse(kinds.GetString(i)));
        }

        reader.Dispose();
    }
}
