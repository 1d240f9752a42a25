using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>ORDER BY ... LIMIT ... OFFSET of a query.</summary>
/// <param name="OrderBy">Over the query's rows.</param>
/// <param name="Skip">OFFSET.</param>
/// <param name="Take">LIMIT.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record BoundLimit(IReadOnlyList<BoundOrder> OrderBy, long Skip, long Take, TextSpan Span);

/// <summary>
/// Takes a query apart at its functions over partitions: what they read is computed by a query inside it, each order by an operator over that,
/// and what is made of their results by another.
/// </summary>
internal sealed class OverPlanner
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Func<IReadOnlyList<OutputItem>, QueryPlan?> _inner;
    private readonly IReadOnlyList<BoundExpression> _keys;
    private readonly long? _windowLag;
    private readonly List<BoundExpression> _columns = new();
    private readonly List<BoundOver> _overs = new();
    private readonly Dictionary<BoundOver, int> _places = new();

    /// <summary>Columns that are the bounds of a window.</summary>
    private readonly HashSet<int> _parts = new();

    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="keys">What the query groups by.</param>
    /// <param name="inner">The query with other columns, and without what is done here.</param>
    /// <param name="windowLag">How far event time may lie behind the end of the window that FROM puts a row in; null: there is no such window, or nobody knows.</param>
    public OverPlanner(DiagnosticBag diagnostics, IReadOnlyList<BoundExpression> keys, Func<IReadOnlyList<OutputItem>, QueryPlan?> inner, long? windowLag)
    {
        _windowLag = windowLag;
        _diagnostics = diagnostics;
        _keys = keys;
        _inner = inner;
    }

    /// <summary>How long partitions in the order of time are kept behind their last row, in ticks; 0: nothing is said.</summary>
    public long StateTtl { get; init; }

    /// <summary>Where that is said.</summary>
    public TextSpan TtlSpan { get; init; }

    public static bool IsIn(BoundExpression? expression) => expression?.DescendantsAndSelf().Any(e => e is BoundOver) == true;

    /// <param name="items">The columns of the result.</param>
    /// <param name="qualify">Keeps rows of the result; null: all.</param>
    /// <param name="limit">Of each window; null without.</param>
    /// <param name="window">The columns that tell the windows apart; what <paramref name="limit"/> is by.</param>
    public QueryPlan? Plan(IReadOnlyList<OutputItem> items, BoundExpression? qualify, BoundLimit? limit, IReadOnlyList<BoundExpression> window)
    {
        // What an item is made of, over the columns computed inside (from 0) and the functions (behind them, once their number is known).
        BoundExpression[] outputs = items.Select(i => Outer(i.Expression)).ToArray();
        BoundExpression? filter = qualify is null ? null : Outer(qualify);
        if (limit is not null)
        {
            foreach (BoundExpression column in limit.OrderBy.Select(o => o.Key).Where(k => k is not BoundLiteral).Concat(window))
            {
                Outer(column);
            }
        }

        _parts.UnionWith(window.Select(part => _columns.FindIndex(c => ExpressionComparer.Same(c, part))));
        var groups = new List<List<BoundOver>>();
        foreach (BoundOver over in _overs)
        {
            over.PartitionBy.Concat(over.OrderBy.Select(o => o.Key)).Concat(over.Arguments).ToList().ForEach(e => Column(e));
            List<BoundOver>? same = groups.Find(g => SameOrder(g[0], over) && g.TrueForAll(o => o.Frame is null || over.Frame is null || o.Frame == over.Frame));
            if (same is null)
            {
                groups.Add(same = new List<BoundOver>());
            }

            same.Add(over);
        }

        if (_inner(_columns.Select((c, i) => new OutputItem(Name(c, i), c)).ToArray()) is not { } inner)
        {
            return null;
        }

        ScanNode scan = InnerQueries.Scan(inner);
        PlanNode node = scan;
        foreach (List<BoundOver> group in groups)
        {
            if (node is OverNode below)
            {
                node = Inside(below);
            }

            if (Over(node, group) is not { } over)
            {
                return null;
            }

            group.ForEach(o => _places[o] = node.Columns.Count + group.IndexOf(o));
            node = over;
        }

        if (StateTtl > 0 && !Levels(node).Any(n => n is OverNode { StateTtl: > 0 }))
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, TtlSpan, "state_ttl is of groups, and of partitions in the order of event time; those of a window are forgotten with it");
            return null;
        }

        BoundExpression Placed(BoundExpression e) => e is BoundOver over
            ? new BoundColumn(_places[over], over.Name.ToLowerInvariant(), over.Type, over.Nullable, over.Span)
            : ExpressionRewriter.Children(e, Placed);
        outputs = outputs.Select(Placed).ToArray();
        filter = filter is null ? null : Placed(filter);
        bool isPlain = filter is null && outputs.All(o => o is BoundColumn);
        if (node is OverNode last && !(isPlain && limit is null))
        {
            node = Inside(last);
        }

        node = filter is null ? node : new FilterNode(node, filter);
        if (limit is not null)
        {
            if (filter is not null)
            {
                node = Inside(node);
            }

            node = Limited(node, limit, window);
            if (!isPlain)
            {
                node = Inside(node);
            }
        }

        PlanColumn[] columns = items.Select((item, i) => new PlanColumn(item.Name, outputs[i].Type, outputs[i].Nullable) { EventTimeLag = EventTimeAnalysis.LagOf(ConstantFolding.Fold(outputs[i]), node.Columns) }).ToArray();
        return Of(new ProjectNode(node, outputs, columns));
    }

    private static QueryPlan Of(PlanNode root) => new(root, root.DownToScan().OfType<ScanNode>().First().Relation, ChangedInputs.AreIn(root));

    /// <summary>The nodes down to the scan, and those of the queries inside.</summary>
    private static IEnumerable<PlanNode> Levels(PlanNode node) => node.DownToScan().SelectMany(n => n is ScanNode scan ? scan.Inner.SelectMany(i => Levels(i.Plan.Root)) : new[] { n });

    private static ScanNode Inside(PlanNode node) => InnerQueries.Scan(Of(node));

    private static bool SameOrder(BoundOver a, BoundOver b)
    {
        static BoundOver Bare(BoundOver over) => new(string.Empty, Array.Empty<BoundExpression>(), over.PartitionBy, over.OrderBy, SqlType.BigInt, false, over.Span);
        return ExpressionComparer.Same(Bare(a), Bare(b));
    }

    private static string Name(BoundExpression expression, int index) => expression switch
    {
        BoundColumn column => column.Name,
        BoundWindowReference window => GroupWindow.NameOf(window.Part),
        _ => "value_" + (index + 1).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What an item is made of behind the functions. Where none is in it, it is computed inside.</summary>
    private BoundExpression Outer(BoundExpression item) => IsIn(item) || item is BoundLiteral ? Apart(item) : Column(item);

    /// <summary>Of what is around a function only columns, groups' keys and aggregates are computed inside, so that nothing is that a CASE guards.</summary>
    private BoundExpression Apart(BoundExpression expression)
    {
        if (expression is BoundOver over)
        {
            int known = _overs.FindIndex(o => ExpressionComparer.Same(o, over));
            if (known < 0)
            {
                _overs.Add(over);
                return over;
            }

            return _overs[known];
        }

        bool isInside = expression is BoundColumn or BoundAggregateReference or BoundWindowReference or BoundGroupingReference || _keys.Any(k => ExpressionComparer.Same(k, expression));
        return isInside ? Column(expression) : ExpressionRewriter.Children(expression, Apart);
    }

    private BoundColumn Column(BoundExpression expression)
    {
        int index = _columns.FindIndex(c => ExpressionComparer.Same(c, expression));
        if (index < 0)
        {
            index = _columns.Count;
            _columns.Add(expression);
        }

        return new BoundColumn(index, Name(expression, index), expression.Type, expression.Nullable, expression.Span);
    }

    private int Ordinal(BoundExpression expression) => expression is BoundOver over ? _places[(BoundOver)Apart(over)] : Column(expression).Ordinal;

    private OverNode Limited(PlanNode input, BoundLimit limit, IReadOnlyList<BoundExpression> window)
    {
        int[] partition = window.Select(Ordinal).ToArray();
        OverOrder[] order = limit.OrderBy.Where(o => o.Key is not BoundLiteral).Select(o => new OverOrder(Ordinal(o.Key), o.Descending, o.NullsFirst)).ToArray();
        if (window.Count == 0 || ChangedInputs.AreIn(input))
        {
            return new OverNode(input, OverRelease.Changes, -1, partition, order, Array.Empty<OverFunction>(), Released(input, partition, null, keepsParts: false)) { Skip = limit.Skip, Take = limit.Take, Span = limit.Span };
        }

        return new OverNode(input, OverRelease.Window, Time(input, partition)!.Value, partition, order, Array.Empty<OverFunction>(), Released(input, partition, _windowLag)) { Skip = limit.Skip, Take = limit.Take };
    }

    /// <summary>
    /// The input's columns when rows come out: at their window's end, or at a time of theirs. Of the others nobody knows how far they are behind that.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="kept">Those that stay event time.</param>
    /// <param name="windowLag">How far others may lie behind; null: they aren't event time any more.</param>
    /// <param name="keepsParts">The bounds of windows stay event time.</param>
    private PlanColumn[] Released(PlanNode input, IReadOnlyList<int> kept, long? windowLag, bool keepsParts = true) =>
        input.Columns.Select((c, i) => c.EventTimeLag is null || kept.Contains(i) || (keepsParts && _parts.Contains(i)) ? c : c with { EventTimeLag = windowLag is null ? null : Math.Max(windowLag.Value, c.EventTimeLag.Value) }).ToArray();

    private OverNode? Over(PlanNode input, IReadOnlyList<BoundOver> functions)
    {
        BoundOver first = functions[0];
        int[] partition = first.PartitionBy.Select(Ordinal).ToArray();
        OverOrder[] order = first.OrderBy.Select(o => new OverOrder(Ordinal(o.Key), o.Descending, o.NullsFirst)).ToArray();
        OverFunction[] computed = functions.Select(Computed).ToArray();
        IEnumerable<PlanColumn> results = functions.Select((f, i) => new PlanColumn(f.Name.ToLowerInvariant() + "_" + (i + 1).ToString(CultureInfo.InvariantCulture), f.Type, f.Nullable));
        OverFrame? frame = functions.Select(f => f.Frame).FirstOrDefault(f => f is not null);
        bool isChanging = ChangedInputs.AreIn(input);
        bool isFirst = order.Length > 0 && functions.Count == 1 && first.Name is "ROW_NUMBER" or "RANK" or "DENSE_RANK";
        if (isChanging && !isFirst)
        {
            if (StateTtl > 0)
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, TtlSpan, "state_ttl of partitions of rows that change");
                return null;
            }

            return new OverNode(input, OverRelease.Steps, -1, partition, order, computed, Released(input, Array.Empty<int>(), null, keepsParts: false).Concat(results).ToArray()) { Frame = frame, Span = first.Span };
        }

        if (!isChanging && Time(input, partition) is { } window)
        {
            return new OverNode(input, OverRelease.Window, window, partition, order, computed, Released(input, partition, _windowLag).Concat(results).ToArray()) { Frame = frame };
        }

        if (isChanging || order.Length == 0 || order[0].Descending || input.Columns[order[0].Ordinal] is not { EventTimeLag: not null, Nullable: false })
        {
            if (isFirst)
            {
                PlanColumn[] changing = Released(input, Array.Empty<int>(), null, keepsParts: false).Concat(results).ToArray();
                return new OverNode(input, OverRelease.Changes, -1, partition, order, computed, changing) { Span = first.Span };
            }

            bool isTurned = order.Length > 0 && order[0].Descending && input.Columns[order[0].Ordinal].EventTimeLag is not null;
            _diagnostics.Report(SqlRules.OverWithoutEnd, first.Span, first.Name, 
                isTurned ? "let the earliest come first, or put window_start into PARTITION BY" : "order by the event time first, or put window_start into PARTITION BY");
            return null;
        }

        if (functions.FirstOrDefault(f => f.Name is "PERCENT_RANK" or "CUME_DIST" or "NTILE" || f.Frame is { To: null }) is { } whole)
        {
            _diagnostics.Report(SqlRules.OverWithoutEnd, whole.Span, whole.Name, whole.Frame is null ? "put window_start into PARTITION BY" : "end its frame, or put window_start into PARTITION BY");
            return null;
        }

        if (functions.FirstOrDefault(f => f is { Name: "NTH_VALUE", Frame.From: null }) is { } nth)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, nth.Span, "NTH_VALUE counted from the beginning of a stream; take the row whose ROW_NUMBER() is that in a subquery");
            return null;
        }

        var node = new OverNode(input, OverRelease.Time, order[0].Ordinal, partition, order, computed, Released(input, new[] { order[0].Ordinal }, null).Concat(results).ToArray())
        {
            Frame = frame,
            StateTtl = StateTtl == 0 ? 0 : Math.Max(1, StateTtl / (TimeSpan.TicksPerMillisecond / EventTime.UnitsPerMillisecond(input.Columns[order[0].Ordinal].Type))),
        };
        if (StateTtl > 0 && (node.RowsAhead != 0 || frame is { To: > 0 }))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, TtlSpan, "state_ttl beside LEAD, and beside frames that end behind their row");
            return null;
        }

        return node;
    }

    private OverFunction Computed(BoundOver over)
    {
        BoundColumn[] arguments = over.Arguments.Select(a => (BoundColumn)Column(a)).ToArray();
        return new OverFunction(over.Name, arguments.Select(a => a.Ordinal).ToArray(), over.Type, over.Nullable)
        {
            Number = over.Number,
            IgnoreNulls = over.IgnoreNulls,
            Aggregate = over.Aggregate?.Over(arguments),
        };
    }

    /// <summary>A column that is event time; null when there is none.</summary>
    private static int? Time(PlanNode input, IEnumerable<int> ordinals)
    {
        int[] times = ordinals.Where(o => input.Columns[o] is { EventTimeLag: not null, Nullable: false }).OrderBy(o => input.Columns[o].EventTimeLag).ToArray();
        return times.Length > 0 ? times[0] : null;
    }
}
