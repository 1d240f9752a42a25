using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>The wording that the text and the graph of a plan share.</summary>
public static class PlanText
{
    /// <summary>Rows of a window that are kept at least, before those are dropped that are not among the first of their partitions.</summary>
    private const int LeastRowsKept = 1024;

    public static string Column(PlanColumn column) => column.Name + " " + column.Type + (column.Nullable ? string.Empty : " NOT NULL");

    public static string Expressions(IEnumerable<BoundExpression> expressions) => string.Join(", ", expressions.Select(ExpressionPrinter.Print));

    public static string Window(WindowSpec window)
    {
        if (window.Kind == WindowKind.Whole)
        {
            return "all of time";
        }

        string time = ExpressionPrinter.Print(window.Time);
        if (window.Kind == WindowKind.Session)
        {
            return $"SESSION({time}, {Length(window.Size, window)})";
        }

        string size = Length(window.Size, window.Calendar?.SizeMonths ?? 0, window);
        string slide = Length(window.Slide, window.Calendar?.SlideMonths ?? 0, window);
        string text = window.Kind switch
        {
            WindowKind.Tumble => $"TUMBLE({time}, {size}",
            WindowKind.Cumulate => $"CUMULATE({time}, {slide}, {size}",
            _ => $"HOP({time}, {slide}, {size}",
        };
        return $"{text}{Offset(window)}{(window.Calendar?.Zone is { } zone ? $", TIME ZONE '{zone}'" : string.Empty)})";
    }

    private static string Length(long units, int months, WindowSpec window) => months == 0 ? Length(units, window) : Months(months);

    private static string Months(int months) => months % 12 == 0
        ? $"INTERVAL '{(months / 12).ToString(CultureInfo.InvariantCulture)}' YEAR"
        : $"INTERVAL '{months.ToString(CultureInfo.InvariantCulture)}' MONTH";

    public static string Length(long units, WindowSpec window) =>
        ExpressionPrinter.Duration(window.UnitsPerMillisecond == 1 ? units * System.TimeSpan.TicksPerMillisecond : units);

    public static string Aggregate(BoundAggregate aggregate)
    {
        string arguments = aggregate.Arguments.Count == 0 ? "*" : Expressions(aggregate.Arguments);
        string order = aggregate.OrderBy.Count == 0 ? string.Empty : " ORDER BY " + string.Join(", ", aggregate.OrderBy.Select(Order));
        string constant = aggregate.Constant switch { null => string.Empty, string s => $", '{s.Replace("'", "''")}'", var c => ", " + System.Convert.ToString(c, CultureInfo.InvariantCulture) };
        string nulls = aggregate.Function.TakesNull && !aggregate.TakesNull ? " IGNORE NULLS" : string.Empty;
        string text = $"{aggregate.Function.Name}({(aggregate.Distinct ? "DISTINCT " : string.Empty)}{arguments}{constant}{order}{nulls})";
        return aggregate.Filter is null ? text : $"{text} FILTER (WHERE {ExpressionPrinter.Print(aggregate.Filter)})";
    }

    /// <summary><c>Unnest tags with ordinality</c>.</summary>
    public static string Unnest(UnnestNode node) =>
        "Unnest " + ExpressionPrinter.Print(node.Values) + (node.Ordinality ? " with ordinality" : string.Empty) + (node.KeepsEmpty ? ", keeping rows without" : string.Empty);

    /// <summary><c>Lookup join instruments on symbol = trades.symbol</c>, of others than inner ones with their kind before.</summary>
    public static string Lookup(LookupJoinNode node)
    {
        IEnumerable<string> parts = node.Table.Key!.Columns.Select((k, i) => $"{node.Table.Columns[k].Name} = {ExpressionPrinter.Print(node.Keys[i])}");
        string kind = node.Type == JoinType.Inner ? "Lookup join " : node.Type + " lookup join ";
        return kind + node.Table.Name + " on " + string.Join(", ", node.Condition is null ? parts : parts.Append(ExpressionPrinter.Print(node.Condition)));
    }

    /// <summary><c>Over partition by window_start order by n DESC: ROW_NUMBER, first 3</c>.</summary>
    public static string Over(OverNode node)
    {
        string Name(int ordinal) => node.Input.Columns[ordinal].Name;
        string order = string.Join(", ", node.OrderBy.Select(o => Name(o.Ordinal) + Direction(o.Descending, o.NullsFirst)));
        string[] functions = node.Functions.Select(f => f.Aggregate is not null ? Aggregate(f.Aggregate) : $"{f.Name}({string.Join(", ", f.Arguments.Select(Name).Concat(f.Number == 1 ? [] : [f.Number.ToString(CultureInfo.InvariantCulture)]))}){(f.IgnoreNulls ? " IGNORE NULLS" : string.Empty)}").ToArray();
        return "Over"
            + (node.PartitionBy.Count == 0 ? string.Empty : " partition by " + string.Join(", ", node.PartitionBy.Select(Name)))
            + (order.Length == 0 ? string.Empty : " order by " + order)
            + (node.Frame is null ? string.Empty : " " + Frame(node))
            + (functions.Length == 0 ? string.Empty : ": " + string.Join(", ", functions))
            + (node.Skip == 0 ? string.Empty : ", behind " + node.Skip.ToString(CultureInfo.InvariantCulture))
            + (node.Take == long.MaxValue ? string.Empty : ", first " + node.Take.ToString(CultureInfo.InvariantCulture));
    }

    private static string Frame(OverNode node)
    {
        OverFrame frame = node.Frame!;
        string Distance(long by)
        {
            long distance = System.Math.Abs(by);
            SqlType? key = frame.Unit == FrameUnit.Rows ? null : node.Input.Columns[node.OrderBy[0].Ordinal].Type;
            return key is null || key.IsInteger ? distance.ToString(CultureInfo.InvariantCulture)
                : ExpressionPrinter.Duration(distance * (key.Kind == SqlTypeKind.Date ? System.TimeSpan.TicksPerDay : 1));
        }

        string Bound(long? by, string unbounded) => by is null ? unbounded : by == 0 ? "current row" : Distance(by.Value) + (by < 0 ? " preceding" : " following");
        return $"{(frame.Unit == FrameUnit.Rows ? "rows" : "range")} from {Bound(frame.From, "the first")} to {Bound(frame.To, "the last")}";
    }

    /// <summary><c>Left join on symbol = symbol, ts from ts - INTERVAL '2' SECOND to ts + INTERVAL '2' SECOND</c>.</summary>
    public static string Join(ScanNode scan)
    {
        JoinSpec join = scan.Join!;
        IReadOnlyList<PlanColumn> left = scan.Inner[0].Plan.Columns;
        IReadOnlyList<PlanColumn> right = scan.Inner[1].Plan.Columns;
        var parts = join.LeftKeys.Select((l, i) => $"{left[l].Name} = {right[join.RightKeys[i]].Name}").ToList();
        if (join.Bound is { } bound)
        {
            long unit = left[bound.LeftTime].Type.IsTimestamp ? 1 : System.TimeSpan.TicksPerMillisecond;
            string At(long distance) => left[bound.LeftTime].Name + (distance == 0 ? string.Empty : (distance < 0 ? " - " : " + ") + ExpressionPrinter.Duration(System.Math.Abs(distance) * unit));
            string from = bound.Low == long.MinValue ? string.Empty : " from " + At(bound.Low);
            parts.Add(right[bound.RightTime].Name + from + (bound.High == long.MaxValue ? string.Empty : " to " + At(bound.High)));
        }

        if (join.Residual is not null)
        {
            parts.Add(ExpressionPrinter.Print(join.Residual));
        }

        string pick = join.Pick == JoinPick.All ? string.Empty : $", the {join.Pick.ToString().ToLowerInvariant()} one";
        return $"{join.Type} join{(parts.Count == 0 ? string.Empty : " on ")}{string.Join(", ", parts)}{pick}{(join.IsUpdating ? ", as changes" : string.Empty)}";
    }

    /// <summary>How long rows of a join are kept.</summary>
    public static string JoinState(ScanNode scan)
    {
        JoinSpec join = scan.Join!;
        string Side(int side, long? kept)
        {
            IReadOnlyList<PlanColumn> columns = scan.Inner[side].Plan.Columns;
            long unit = join.Bound is { } bound && columns[side == 0 ? bound.LeftTime : bound.RightTime].Type.IsTimestamp ? 1 : System.TimeSpan.TicksPerMillisecond;
            string until = kept is null && join.Pick != JoinPick.All ? "until the next of the key counts" : kept is null && scan.Inner[side].Plan.IsUpdating ? "until they are taken back" : kept is null ? "until the input ends" : kept <= 0 ? "until the watermark reaches them" : $"until the watermark is {ExpressionPrinter.Duration(kept.Value * unit)} behind them";
            return $"rows of the {(side == 0 ? "left" : "right")} side, {columns.Sum(c => Bytes(c.Type)).ToString(CultureInfo.InvariantCulture)} bytes each, {until}";
        }

        return Side(0, join.Bound?.LeftKept) + "; " + Side(1, join.Bound?.RightKept);
    }

    /// <summary>What rows cost that wait to be put in order, and those that are looked back at.</summary>
    public static string State(OverNode node)
    {
        string bytes = node.Input.Columns.Sum(c => Bytes(c.Type)).ToString(CultureInfo.InvariantCulture) + " bytes each";
        if (node.Release == OverRelease.Changes)
        {
            string ties = node.Functions.Any(f => f.Name != "ROW_NUMBER") ? " and those of their rank" : string.Empty;
            return $"of each partition the first {(node.Skip + node.Take).ToString(CultureInfo.InvariantCulture)} rows{ties}, {bytes}, kept until the input ends";
        }

        if (node.Release == OverRelease.Steps)
        {
            return $"all rows of each partition and what is made of them, {bytes}, as long as they are there; a step works its partition out anew";
        }

        string time = node.Input.Columns[node.Time].Name;
        if (node.Release == OverRelease.Time)
        {
            string back = node.Frame is { Unit: FrameUnit.Range, From: { } from } && node.RowsBack is { } rows && rows <= 1
                ? $"those {ExpressionPrinter.Duration(-from * (node.Input.Columns[node.Time].Type.IsTimestamp ? 1 : System.TimeSpan.TicksPerMillisecond))} back"
                : node.RowsBack is { } count ? $"the last {count.ToString(CultureInfo.InvariantCulture)}" : "those that were looked back at";
            long unit = node.Input.Columns[node.Time].Type.IsTimestamp ? 1 : System.TimeSpan.TicksPerMillisecond;
            string until = node.StateTtl == 0 ? "until the input ends" : $"for {ExpressionPrinter.Duration(node.StateTtl * unit)} behind its last row";
            return $"rows until the watermark passes {time}, {bytes}; {back} of each partition {until}";
        }

        string most = node.Take == long.MaxValue ? "all rows of a partition" : $"of each partition the first {(node.Skip + node.Take).ToString(CultureInfo.InvariantCulture)} rows, and as many more or {LeastRowsKept.ToString(CultureInfo.InvariantCulture)} in all before the others are dropped";
        return $"{most}, {bytes}, kept until the watermark passes {time}";
    }

    private static string Direction(bool descending, bool nullsFirst) =>
        (descending ? " DESC" : string.Empty) + (nullsFirst == descending ? string.Empty : nullsFirst ? " NULLS FIRST" : " NULLS LAST");

    /// <summary>A key of an ORDER BY; where NULLs stand only when it isn't as usual.</summary>
    public static string Order(BoundOrder order) =>
        ExpressionPrinter.Print(order.Key) + Direction(order.Descending, order.NullsFirst);

    /// <summary>When results come, and how long they are corrected.</summary>
    public static string Emit(WindowAggregateNode node)
    {
        string text = node.Emit switch
        {
            EmitMode.Changes => "emit changes",
            EmitMode.OnUpdate => "emit on update",
            EmitMode.Every => "emit every " + Length(node.EmitInterval, node.Window),
            EmitMode.ByClock => $"emit every {ExpressionPrinter.Duration(node.EmitInterval)} of the wall clock",
            _ => node.StateTtl > 0 ? "emit when a group is forgotten" : node.Window.Kind == WindowKind.Whole && node.Closes is null ? "emit at the end of input" : "emit on window close",
        };
        return node.Lateness == 0 ? text : $"{text}, lateness {Length(node.Lateness, node.Window)}";
    }

    /// <summary>As <see cref="StateBytes"/>, where all of time is one pane.</summary>
    public static string BytesPerKey(WindowAggregateNode node) => StateBytes(node).Replace("per key and pane", "per key");

    /// <summary>What groups cost.</summary>
    public static string State(WindowAggregateNode node) =>
        node.Window.Kind switch
        {
            WindowKind.Whole when node.StateTtl > 0 => $"{BytesPerKey(node)}, kept for {Length(node.StateTtl, node.Window)} behind its last row",
            WindowKind.Whole when node.Closes is not null =>
                $"{StateBytes(node).Replace("per key and pane", "per key and window")}{(node.Aggregates.All(TakesBack) ? string.Empty : " and the rows of the group")}, kept until the watermark passes its end",
            WindowKind.Whole when node.DownToScan().OfType<ScanNode>().Single().Relation.IsUpdating =>
                $"{BytesPerKey(node)}{(node.Aggregates.All(TakesBack) ? string.Empty : " and the rows of the group")}, kept as long as it has rows",
            WindowKind.Whole => BytesPerKey(node) + ", kept until the input ends",
            WindowKind.Cumulate => StateBytes(node) + ", a running total and the panes still open",
            WindowKind.Session => StateBytes(node).Replace("per key and pane", "per session") + ", kept until the watermark passes its end",
            _ when PaneSharing.HasTwoStacks(node) => $"{StateBytes(node)}, {node.Window.Panes} panes per window, added up as two stacks",
            _ => $"{StateBytes(node)}, {node.Window.Panes} pane(s) per window{(node.Window.Panes > 1 && PaneSharing.Merges(node) ? ", merged when it closes" : string.Empty)}",
        };

    /// <summary>Whether an aggregate takes a row back without the others.</summary>
    private static bool TakesBack(BoundAggregate aggregate) =>
        !aggregate.Distinct && aggregate.OrderBy.Count == 0 && aggregate.Function.Name is "COUNT" or "SUM" or "AVG" && aggregate.Arguments.All(a => !a.Type.IsFloat || aggregate.Function.Name == "COUNT");

    /// <summary>
    /// A rough count of bytes that one key holds per pane: 8 per word, text by a guess of 24. It is a size to think with, not a promise.
    /// </summary>
    public static string StateBytes(WindowAggregateNode node)
    {
        int bytes = node.Keys.Sum(k => Bytes(k.Type)) + node.Aggregates.Sum(a => a.Function.Bytes(a));
        IEnumerable<string> beside = node.Aggregates.Select(a => a.Distinct ? "the distinct values" : a.Function.Beside).OfType<string>().Distinct();
        return "about " + bytes.ToString(CultureInfo.InvariantCulture) + " bytes per key and pane" + string.Concat(beside.Select(b => " and " + b));
    }

    /// <summary>Where the relation's time comes from.</summary>
    public static string Watermark(Relation relation)
    {
        if (relation.Watermark is { } watermark && watermark.ColumnIndex < relation.Columns.Count)
        {
            RelationColumn column = relation.Columns[watermark.ColumnIndex];
            if (watermark.Delay == 0)
            {
                return column.Name;
            }

            return column.Name + " - " + ExpressionPrinter.Duration(column.Type.IsTimestamp ? watermark.Delay : watermark.Delay * System.TimeSpan.TicksPerMillisecond);
        }

        return relation.Kind == RelationKind.Query ? "follows the query's closed windows or its source" : "none declared; AdvanceWatermark moves time";
    }

    private static string Offset(WindowSpec window)
    {
        bool isMonths = window.Calendar is { } calendar && (calendar.SizeMonths > 0 || calendar.SlideMonths > 0);
        long epoch = window.UnitsPerMillisecond == 1 ? 0 : Streaming.EventTime.UnixEpochTicks;
        long offset = window.Calendar?.Origin ?? window.Origin - epoch;
        return (isMonths && window.Calendar!.OriginMonths != 0 ? ", " + Months(window.Calendar.OriginMonths) : string.Empty)
            + (offset == 0 ? string.Empty : ", " + Length(offset, window));
    }

    /// <summary>Bytes of a value: 8 per word, text by a guess.</summary>
    internal static int Bytes(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Varchar or SqlTypeKind.Bytes or SqlTypeKind.Json => 24,
        SqlTypeKind.Decimal or SqlTypeKind.Uuid => 16,
        _ => 8,
    };
}
