using Laminar.Corpus.Tests.Data;
using Laminar.Interpreter;
using Laminar.Sql;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Corpus;

/// <summary>Queries that read each other, compiled in order over some sources.</summary>
internal sealed class CompiledChain
{
    private static readonly ClrFunctions Functions = FunctionLibrary.Of(typeof(CorpusFunctions), typeof(WeightedMean), typeof(NullCount), typeof(TimeSpread), typeof(PickySum));

    private readonly List<Relation> _sources = [];
    private readonly Dictionary<string, QueryPlan> _plans = new(StringComparer.Ordinal);

    /// <param name="sources">The sources.</param>
    /// <param name="queries">Each may read those before it. The last may be wrong; then <see cref="Diagnostics"/> says how.</param>
    /// <param name="classOf">The C# class of a query, for relations that generated code refers to.</param>
    public CompiledChain(IEnumerable<Relation> sources, IReadOnlyList<(string Name, string Sql)> queries, Func<string, string>? classOf = null)
    {
        var catalog = new DictionaryCatalog(sources) { Functions = Functions };
        for (int i = 0; i < queries.Count; i++)
        {
            (string name, string sql) = queries[i];
            CompiledQuery compiled = SqlCompiler.CompileQuery(sql, name, catalog);
            Diagnostics = compiled.Diagnostics;
            if (compiled.Plan is not { } plan)
            {
                Bad = sql;
                return;
            }

            Plans.Add((name, plan));
            _plans[SqlName.Fold(name)] = plan;
            foreach (Relation source in compiled.Reads.Where(r => r.Kind is RelationKind.Source or RelationKind.Table && !_sources.Contains(r)))
            {
                _sources.Add(source);
            }

            string queryClass = classOf?.Invoke(name) ?? "global::Q." + name;
            string[] baseSources = [.. compiled.Reads.SelectMany(r => r.BaseSources).Distinct()];
            catalog.Add(QuerySignature.ToRelation(plan, name, queryClass + ".Row", queryClass, baseSources));
            if (QuerySignature.LateRelation(plan, queryClass, baseSources) is { } late)
            {
                catalog.Add(late);
                _plans[SqlName.Fold(late.Name)] = plan;
            }
        }
    }

    public List<(string Name, QueryPlan Plan)> Plans { get; } = [];

    /// <summary>The last query's plan.</summary>
    public QueryPlan Plan => Plans[^1].Plan;

    /// <summary>The sources at the bottom.</summary>
    public IReadOnlyList<Relation> Sources => _sources;

    /// <summary>The only one.</summary>
    public Relation Source => _sources.Single();

    public IReadOnlyList<SqlDiagnostic> Diagnostics { get; } = [];

    /// <summary>The text of the query that didn't compile.</summary>
    public string? Bad { get; }

    public SqlType[] Types => [.. Plan.Columns.Select(c => c.Type)];

    /// <summary>True when a query of the chain closes hopping windows, whose groups share panes: their order within a window is unspecified.</summary>
    public bool HasOverlappingWindows => Plans.Any(p => Nodes(p.Plan.Root).Any(
        n => n is WindowAggregateNode { Emit: EmitMode.OnWindowClose, Lateness: 0 } a && (a.Window.Slide != a.Window.Size || a.Window.Kind == WindowKind.Cumulate)));

    /// <summary>True when what is emitted, though not what is left at the end, depends on how rows are cut into batches.</summary>
    public bool DependsOnBatches => Nodes(Plan.Root).Any(n => n is WindowAggregateNode { Emit: EmitMode.OnUpdate });

    /// <summary>Whether some rows are made of constants, which come when a query is made.</summary>
    public bool HasConstants => Plans.SelectMany(p => p.Plan.AllInner().Select(i => i.Plan).Append(p.Plan)).Any(p => p.Input.Kind == RelationKind.OneRow);

    /// <summary>Whether a query forgets groups, which no batch query does.</summary>
    public bool Forgets => Plans.Any(p => Nodes(p.Plan.Root).Any(n => n is WindowAggregateNode { StateTtl: > 0 } or OverNode { StateTtl: > 0 }));

    /// <summary>Whether even the whole input in one batch isn't one batch for the last query: what it reads hands on batches of its own.</summary>
    public bool HasOwnBatches => Plans.Count > 1 || Plan.Scan.Inner.Count > 0;

    /// <summary>Where updates come without what was before them: the output columns that tell one result from another.</summary>
    public IReadOnlyList<int>? UpsertKeys =>
        Nodes(Plan.Root).OfType<WindowAggregateNode>().FirstOrDefault() is { Emit: EmitMode.OnUpdate or EmitMode.Every or EmitMode.ByClock } node && Plan.Root is ProjectNode project
            ? [.. Enumerable.Range(0, project.Expressions.Count).Where(i => project.Expressions[i].DescendantsAndSelf().OfType<BoundColumn>().All(c => IsKey(node, c.Ordinal)))]
            : null;

    private static bool IsKey(WindowAggregateNode node, int ordinal) =>
        ordinal < node.FirstAggregateOrdinal && (node.Window.Kind != WindowKind.Session || ordinal <= node.WindowStartOrdinal);

    /// <summary>What the output leaves behind.</summary>
    public IReadOnlyList<object?[]> Final(IReadOnlyList<object?[]> rows, RowComparer comparer) => Plan.IsUpdating ? RowComparer.Final(rows, comparer, UpsertKeys, Forgets) : rows;

    /// <summary>A comparer of this chain's output.</summary>
    public RowComparer Comparer(decimal decimalTolerance = 0) => new(Types)
    {
        DecimalTolerance = decimalTolerance,
        GroupsInAnyOrder = HasOverlappingWindows,
        OrderedColumns = Nodes(Plan.Root).Any(n => n is WindowAggregateNode)
            ? [.. Enumerable.Range(0, Plan.Columns.Count).Where(i => Plan.Columns[i].Name is "window_start" or "window_end" or "window_time")]
            : [],
    };

    private static IEnumerable<PlanNode> Nodes(PlanNode root) => root.DownToScan()
        .SelectMany(node => node is ScanNode scan ? scan.Inner.SelectMany(inner => Nodes(inner.Plan.Root)).Prepend(node) : [node]);

    public QueryPlan Upstream(string name) => _plans[SqlName.Fold(name)];

    public static IReadOnlyList<Relation> SourcesOf(string script) => SourceText.Read(script, "global::Q");

    /// <summary>What the lines of a case say: cells between bars, <c>@watermark</c> or <c>@clock</c>; where there are several sources, behind <c>name: </c>.</summary>
    public static StreamData Data(IReadOnlyList<Relation> sources, IEnumerable<string> lines) => new(sources, [.. lines.Select(line => Event(sources, line))]);

    private static StreamEvent Event(IReadOnlyList<Relation> sources, string line)
    {
        Relation? named = sources.Count == 1 ? null : sources.FirstOrDefault(s => line.StartsWith(s.Name + ": ", StringComparison.Ordinal));
        string text = named is null ? line : line[(named.Name.Length + 2)..];
        if (text.StartsWith("@clock ", StringComparison.Ordinal))
        {
            return StreamEvent.Clock(Cells.Timestamp(text["@clock ".Length..].Trim()));
        }

        Relation source = named ?? sources[0];
        if (text.StartsWith("@watermark ", StringComparison.Ordinal))
        {
            string at = text["@watermark ".Length..].Trim();
            bool isMilliseconds = source.Columns.Any(c => c.EventTimeLag is not null && c.Type.Kind == SqlTypeKind.BigInt);
            return StreamEvent.Progress(isMilliseconds ? (long)Cells.Parse(at, SqlType.BigInt)! : Cells.Timestamp(at), named);
        }

        bool isDelete = text.StartsWith("@delete ", StringComparison.Ordinal);
        string[] cells = (isDelete ? text["@delete ".Length..] : text).Split('|');
        if (source.IsUpdating)
        {
            // The kind stands first in the file, and behind the columns in the row.
            return StreamEvent.Of([.. source.Columns.Select((c, i) => Cells.Parse(cells[i + 1], c.Type)), RowKinds.NameOf(RowKinds.Parse(cells[0].Trim()))], source);
        }

        return cells.Length == source.Columns.Count
            ? StreamEvent.Of([.. cells.Select((c, i) => Cells.Parse(c, source.Columns[i].Type))], source) with { IsDelete = isDelete }
            : throw new FormatException($"{source.Columns.Count} cells are needed: {line}");
    }
}
