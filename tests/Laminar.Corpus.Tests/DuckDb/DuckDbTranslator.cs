using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>
/// Prints a plan as the batch query that gives its final result. Every relation has the columns <c>c0</c>, <c>c1</c>, ..., the arrival number
/// <c>rn</c> and the watermark before the row <c>wm</c> (microseconds, or milliseconds for BIGINT), so that late rows are left out by the rule
/// of the language page: for each window by itself.
/// </summary>
/// <param name="upstream">The plans of the queries that are read.</param>
/// <param name="count">Answers a count, so that what depends on the data can be refused.</param>
internal sealed class DuckDbTranslator(Func<string, QueryPlan> upstream, Func<string, long> count)
{
    /// <summary>Beside NULL: no watermark yet.</summary>
    public const string NoWatermark = "-9223372036854775807";

    /// <summary>A source's table.</summary>
    public static string SourceOf(Relation relation) => "source_" + relation.Name;

    public string Translate(QueryPlan plan)
    {
        string inner = Node(plan.Root);
        return "SELECT " + string.Join(", ", Enumerable.Range(0, plan.Columns.Count).Select(i => $"c{i}")) + $" FROM ({inner}) ORDER BY rn";
    }

    /// <summary>The table that holds what arrived at the source.</summary>
    public static string CreateSource(Relation relation) =>
        $"CREATE OR REPLACE TABLE {SourceOf(relation)} ({string.Join(", ", relation.Columns.Select((c, i) => $"c{i} {DuckDbTypes.Of(c.Type)}"))}, rn BIGINT, wm BIGINT)";

    private static string Columns(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"c{i}, "));

    private static bool IsTicks(WindowSpec window) => window.UnitsPerMillisecond != 1;

    /// <summary>A span of time in the unit of DuckDB's arithmetic.</summary>
    private static long Units(long value, WindowSpec window) => IsTicks(window) ? value / 10 : value;

    private static string WindowColumn(WindowSpec window, string which)
    {
        if (window.Kind == WindowKind.Whole)
        {
            return "NULL";
        }

        string value = which switch { "start" => "ws", "end" => "we", _ => $"(we - {Units(window.WindowTimeGap, window)})" };
        return IsTicks(window) ? $"make_timestamp({value})" : value;
    }

    /// <summary>The rows below, once per window (that is still open for them, when judged), with the window's bounds <c>ws</c> and <c>we</c> and the time <c>t</c>.</summary>
    private string Assigned(PlanNode input, WindowSpec window, bool judged, long lateness = 0)
    {
        string time = ExpressionTranslator.Print(window.Time);
        string t = IsTicks(window) ? $"epoch_us({time})" : time;
        if (window.Kind == WindowKind.Whole)
        {
            return $"SELECT *, 0 AS ws, 0 AS we, {t} AS t FROM ({Node(input)})";
        }

        string rows = $"SELECT *, {t} AS t FROM ({Node(input)})";
        string windows = window.Calendar is null ? Fixed(window, rows) : CalendarTranslator.Windows(window, rows);
        long lag = window.Time is BoundColumn column ? Units(input.Columns[column.Ordinal].EventTimeLag ?? 0, window) : 0;
        return judged ? $"SELECT * FROM ({windows}) WHERE we + {lag + Units(lateness, window)} > wm" : windows;
    }

    private static string Fixed(WindowSpec window, string rows)
    {
        long size = Units(window.Size, window);
        long slide = Units(window.Slide, window);
        long origin = Units(window.Origin - (IsTicks(window) ? DateTime.UnixEpoch.Ticks : 0), window);

        // Floor also before 1970: the remainder is brought to 0 .. slide - 1 first.
        string Floor(long unit) => $"(t - ((((t - ({origin})) % {unit}) + {unit}) % {unit}))";
        return window.Kind == WindowKind.Cumulate
            ? $"SELECT *, {Floor(size)} AS ws, unnest(generate_series({Floor(slide)} + {slide}, {Floor(size)} + {size}, {slide})) AS we FROM ({rows})"
            : $"SELECT *, ws + {size} AS we FROM (SELECT *, unnest(generate_series({Floor(slide)}, t - {size} + 1, -{slide})) AS ws FROM ({rows}))";
    }

    /// <summary>Gaps and islands. Which rows a watermark makes late or parts from a closed session, no batch query says: there must be none.</summary>
    private string Sessions(WindowAggregateNode node, List<string> output, List<string> groups)
    {
        WindowSpec window = node.Window;
        string time = ExpressionTranslator.Print(window.Time);
        string t = IsTicks(window) ? $"epoch_us({time})" : time;
        long gap = Units(window.Size, window);
        string keys = string.Concat(node.Keys.Select((k, i) => $"{ExpressionTranslator.Print(k)} AS k{i}, "));
        string rows = $"SELECT *, {keys}{t} AS t FROM ({Node(node.Input)})";
        if (count($"SELECT count(*) FROM ({rows}) WHERE t < wm") > 0)
        {
            throw new NotInDuckDbException("sessions with rows behind the watermark");
        }

        string partition = node.Keys.Count == 0 ? string.Empty : "PARTITION BY " + string.Join(", ", node.Keys.Select((_, i) => $"k{i}")) + " ";
        string islands = $"SELECT *, CASE WHEN t - lag(t) OVER ({partition}ORDER BY t, rn) < {gap} THEN 0 ELSE 1 END AS begins FROM ({rows})";
        string sessions = $"SELECT *, sum(begins) OVER ({partition}ORDER BY t, rn) AS ws FROM ({islands})";
        int at = node.Keys.Count;
        output.Add($"{Bound(window, "min(t)", 0)} AS c{at}");
        output.Add($"{Bound(window, "max(t)", gap)} AS c{at + 1}");
        output.Add($"{Bound(window, "max(t)", gap - Units(window.WindowTimeGap, window))} AS c{at + 2}");
        output.AddRange(node.Aggregates.Select((a, i) => $"{AggregateTranslator.Print(a)} AS c{at + 3 + i}"));
        output.Add($"row_number() OVER (ORDER BY max(t), min(rn)) AS rn");
        output.Add($"{NoWatermark} AS wm");
        return $"SELECT {string.Join(", ", output)} FROM ({sessions}) GROUP BY {string.Join(", ", groups.Where(g => g != "we"))}";
    }

    private static string Bound(WindowSpec window, string from, long ahead) => IsTicks(window) ? $"make_timestamp({from} + {ahead})" : $"({from} + {ahead})";

    private string Node(PlanNode node)
    {
        switch (node)
        {
            case ScanNode { Relation.Kind: RelationKind.Source } scan:
                return $"SELECT {Columns(scan.Columns.Count)}rn, wm FROM {SourceOf(scan.Relation)}";
            case ScanNode { Relation.Kind: RelationKind.OneRow }:
                return $"SELECT -1 AS rn, {NoWatermark} AS wm";
            case ScanNode { Join: not null } joined:
                return JoinTranslator.Print(joined, Node(joined.Inner[0].Plan.Root), Node(joined.Inner[1].Plan.Root));
            case ScanNode { Inner.Count: > 0 } scan:
                return string.Join(" UNION ALL ", scan.Inner.Select((q, i) => $"SELECT {Columns(scan.Columns.Count)}rn * {scan.Inner.Count} + {i} AS rn, wm FROM ({Node(q.Plan.Root)})"));
            case ScanNode { Relation.IsLate: true }:
                throw new NotInDuckDbException("rows that are late");
            case ScanNode scan:
                return Node(upstream(scan.Relation.Name).Root);
            case FilterNode filter:
                return $"SELECT * FROM ({Node(filter.Input)}) WHERE {ExpressionTranslator.Print(filter.Predicate)}";
            case ProjectNode project:
                return "SELECT " + string.Concat(project.Expressions.Select((e, i) => $"{ExpressionTranslator.Print(e)} AS c{i}, ")) + $"rn, wm FROM ({Node(project.Input)})";
            case UnnestNode { Ordinality: false, KeepsEmpty: false, Width: 1 } unnest:
                int width = unnest.Input.Columns.Count;
                string lists = $"SELECT *, {ExpressionTranslator.Print(unnest.Values)} AS list FROM ({Node(unnest.Input)})";
                return $"SELECT {Columns(width)}list[place] AS c{width}, rn * 10000 + place AS rn, wm FROM (SELECT *, unnest(range(1, len(list) + 1)) AS place FROM ({lists}))";
            case LookupJoinNode lookup:
                return JoinTranslator.Print(lookup, Node(lookup.Input));
            case WindowAssignNode assign:
                return Assign(assign);
            case ExpandNode expand:
                return $"SELECT {Columns(expand.SetOrdinal)}unnest(range({expand.Sets.Count})) AS c{expand.SetOrdinal}, rn, wm FROM ({Node(expand.Input)})";
            case OverNode over:
                return OverTranslator.Print(over, InTime(over));
            case WindowAggregateNode aggregate:
                return Aggregate(aggregate);
            default:
                throw new NotInDuckDbException(node.GetType().Name);
        }
    }

    /// <summary>The input without the rows that are late.</summary>
    private string InTime(OverNode node)
    {
        if (node.Release is OverRelease.Changes or OverRelease.Steps)
        {
            return Node(node.Input);
        }

        PlanColumn time = node.Input.Columns[node.Time];
        bool isTicks = time.Type.IsTimestamp;
        long lag = (time.EventTimeLag ?? 0) / (isTicks ? 10 : 1);
        return $"SELECT * FROM ({Node(node.Input)}) WHERE {(isTicks ? $"epoch_us(c{node.Time})" : $"c{node.Time}")} + {lag} >= wm";
    }

    private string Assign(WindowAssignNode node)
    {
        int inputs = node.Input.Columns.Count;
        return $"SELECT {Columns(inputs)}{WindowColumn(node.Window, "start")} AS c{inputs}, {WindowColumn(node.Window, "end")} AS c{inputs + 1}, "
            + $"{WindowColumn(node.Window, "time")} AS c{inputs + 2}, row_number() OVER (ORDER BY rn, ws, we) AS rn, wm "
            + $"FROM ({Assigned(node.Input, node.Window, judged: false)})";
    }

    private string Aggregate(WindowAggregateNode node)
    {
        var output = new List<string>();
        var groups = new List<string> { "ws", "we" };
        for (int i = 0; i < node.Keys.Count; i++)
        {
            output.Add($"k{i} AS c{i}");
            groups.Add($"k{i}");
        }

        if (node.Window.Kind == WindowKind.Session)
        {
            return Sessions(node, output, groups);
        }

        int at = node.Keys.Count;
        output.Add($"{WindowColumn(node.Window, "start")} AS c{at}");
        output.Add($"{WindowColumn(node.Window, "end")} AS c{at + 1}");
        output.Add($"{WindowColumn(node.Window, "time")} AS c{at + 2}");
        output.AddRange(node.Aggregates.Select((a, i) => $"{AggregateTranslator.Print(a)} AS c{at + 3 + i}"));
        output.Add(node.IsGlobal ? "0 AS rn" : "row_number() OVER (ORDER BY we, ws, min(rn)) AS rn");
        output.Add($"{NoWatermark} AS wm");
        string keys = string.Concat(node.Keys.Select((k, i) => $"{ExpressionTranslator.Print(k)} AS k{i}, "));
        string rows = $"(SELECT *, {keys}1 AS one FROM ({Assigned(node.Input, node.Window, judged: true, node.Lateness)}))";
        string grouped = $"SELECT {string.Join(", ", output)} FROM {rows}{(node.IsGlobal ? string.Empty : " GROUP BY " + string.Join(", ", groups))}";
        foreach (int set in node.EmptySets)
        {
            // The CASE by which keys are left out groups nothing where there are no rows.
            string none = string.Concat(node.Keys.Select((k, i) => $"CAST({(i == node.Keys.Count - 1 ? set : "NULL")} AS {DuckDbTypes.Of(k.Type)}) AS c{i}, "));
            string rest = string.Join(", ", output.Skip(at).Take(output.Count - at - 2));
            grouped += $" UNION ALL SELECT * FROM (SELECT {none}{rest}, 0 AS rn, {NoWatermark} AS wm FROM {rows} WHERE FALSE) WHERE NOT EXISTS (SELECT 1 FROM {rows})";
        }

        return grouped;
    }
}
