using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Bench.OperatorGraph;

/// <summary>
/// A query as a graph of operators, built from the plan that the generator and the interpreter have too: one virtual call per operator and row, expressions as delegates,
/// state in <see cref="Dictionary{TKey, TValue}"/>. It is what one writes as a general engine without compiling, with care where that costs nothing: values aren't
/// boxed, keys are looked up without a copy, and time is told once per batch. It keeps no snapshots, counts nothing and knows no errors of rows.
/// </summary>
public sealed class RowGraph
{
    private readonly Dictionary<string, List<GraphSource>> _sources = [];
    private readonly IReadOnlyDictionary<string, QueryPlan> _upstream;
    private readonly IReadOnlyDictionary<string, Dictionary<DatumKey, Datum[]>> _tables;

    private RowGraph(IReadOnlyDictionary<string, QueryPlan> upstream, IReadOnlyDictionary<string, Dictionary<DatumKey, Datum[]>> tables)
    {
        _upstream = upstream;
        _tables = tables;
    }

    /// <param name="plan">The query.</param>
    /// <param name="upstream">The queries that it reads, by folded name.</param>
    /// <param name="tables">The reference tables that it joins, by folded name.</param>
    /// <param name="result">Takes the result.</param>
    /// <exception cref="NotSupportedException">The graph has no operator, function or aggregate for something in it.</exception>
    public static RowGraph Build(QueryPlan plan, IReadOnlyDictionary<string, QueryPlan> upstream, IReadOnlyDictionary<string, Dictionary<DatumKey, Datum[]>> tables, Vertex result)
    {
        var graph = new RowGraph(upstream, tables);
        graph.Add(plan).Next = result;
        return graph;
    }

    /// <summary>Rows of a source.</summary>
    public void Push<TRow>(ReadOnlySpan<TRow> rows)
        where TRow : ISourceRow<TRow>
    {
        if (!_sources.TryGetValue(SqlName.Fold(TRow.Schema.Name), out List<GraphSource>? sources))
        {
            return;
        }

        foreach (ref readonly TRow row in rows)
        {
            Datum[] values = DatumWriter.ValuesOf(in row);
            foreach (GraphSource source in sources)
            {
                source.OnRow(values, RowKind.Insert);
            }
        }

        sources.ForEach(s => s.EndBatch());
    }

    /// <summary>The input ends: all windows close.</summary>
    public void Complete()
    {
        foreach (GraphSource source in _sources.Values.SelectMany(s => s))
        {
            source.Next.OnWatermark(long.MaxValue);
        }
    }

    private Vertex Add(QueryPlan plan)
    {
        ScanNode scan = plan.Scan;
        Vertex last;
        if (scan.Join is { } join)
        {
            (QueryPlan left, QueryPlan right) = (scan.Inner[0].Plan, scan.Inner[1].Plan);
            (int leftWidth, int rightWidth) = (left.Columns.Count, right.Columns.Count);
            MeetingVertex meeting = join.IsUpdating ? new ChangingJoinVertex(join, leftWidth, rightWidth)
                : join.Pick != JoinPick.All ? new LatestVertex(join, leftWidth, rightWidth)
                : new JoinVertex(join, leftWidth, rightWidth);
            Add(left).Next = meeting.Left;
            Add(right).Next = meeting.Right;
            last = meeting;
        }
        else if (scan.Inner.Count > 1)
        {
            var union = new UnionVertex();
            foreach (InnerQuery inner in scan.Inner)
            {
                Add(inner.Plan).Next = union.NewPort();
            }

            last = union;
        }
        else if (scan.Inner is [InnerQuery only])
        {
            last = Add(only.Plan);
        }
        else if (_upstream.TryGetValue(SqlName.Fold(plan.Input.Name), out QueryPlan? below))
        {
            last = Add(below);
        }
        else
        {
            var source = new GraphSource(plan.Input.Watermark);
            string name = SqlName.Fold(plan.Input.Name);
            if (!_sources.TryGetValue(name, out List<GraphSource>? same))
            {
                _sources.Add(name, same = []);
            }

            same.Add(source);
            last = source;
        }

        PlanNode[] nodes = [.. plan.Root.DownToScan().Where(n => n is not ScanNode).Reverse()];
        for (int i = 0; i < nodes.Length; i++)
        {
            Vertex next = VertexOf(nodes[i], i + 1 < nodes.Length ? nodes[i + 1] : null);
            last.Next = next;
            last = next;
        }

        return last;
    }

    private Vertex VertexOf(PlanNode node, PlanNode? above) => node switch
    {
        FilterNode filter => new FilterVertex(Expressions.Compile(filter.Predicate)),
        ProjectNode project => new ProjectVertex([.. project.Expressions.Select(Expressions.Compile)]),
        LookupJoinNode { Type: JoinType.Inner, Condition: null } lookup => new TableVertex(_tables[SqlName.Fold(lookup.Table.Name)], [.. lookup.Keys.Select(Expressions.Compile)]),
        WindowAssignNode assign => new WindowAssignVertex(assign),
        WindowAggregateNode { Emit: EmitMode.OnWindowClose, Lateness: 0, StateTtl: 0, Window.Kind: WindowKind.Session } sessions => new SessionVertex(sessions, LagOf(sessions)),
        WindowAggregateNode { Emit: EmitMode.OnWindowClose, Lateness: 0, StateTtl: 0, Window.Kind: not WindowKind.Whole } groups => new WindowGroupsVertex(groups, LagOf(groups)),
        WindowAggregateNode { Emit: EmitMode.Changes, Lateness: 0, StateTtl: 0, Window.Kind: WindowKind.Whole } changing => new ChangingGroupsVertex(changing),
        OverNode { Release: OverRelease.Window } over => new WindowRowsVertex(over),
        OverNode { Release: OverRelease.Time, Skip: 0, Take: long.MaxValue, StateTtl: 0 } over => new RowsBeforeVertex(over),
        OverNode { Release: OverRelease.Changes } over => new FirstRowsVertex(over, ShowsNumber(over, above)),
        _ => throw new NotSupportedException($"The operator graph has no {node.GetType().Name} like this."),
    };

    private static long LagOf(WindowAggregateNode node) => node.Window.Time is Sql.Binding.BoundColumn time ? node.Input.Columns[time.Ordinal].EventTimeLag ?? 0 : 0;

    private static bool ShowsNumber(OverNode over, PlanNode? above) =>
        above is not ProjectNode columns || columns.Expressions.SelectMany(e => e.DescendantsAndSelf()).Any(e => e is Sql.Binding.BoundColumn c && c.Ordinal >= over.Input.Columns.Count);

    /// <summary>Where rows come in, and where time is read off them.</summary>
    private sealed class GraphSource(WatermarkDeclaration? declared) : Vertex
    {
        private long _watermark = long.MinValue;

        public override void OnRow(Datum[] row, RowKind kind)
        {
            if (declared is not null)
            {
                _watermark = Math.Max(_watermark, row[declared.ColumnIndex].Number - declared.Delay);
            }

            Next.OnRow(row, kind);
        }

        public void EndBatch()
        {
            if (_watermark > long.MinValue)
            {
                Next.OnWatermark(_watermark);
            }
        }
    }
}
